import { expect, test } from 'vitest'
import { mergedText, openPlaces, outlineMerge, type Texts } from '../../../support/outline-merge.ts'

const URL = 'url: "https://get.example/v1.2.0/bin/linux/amd64/tool"\n'
const LOOP = 'when: a in groups and b is defined\n'

test.each([
  [
    'an address whose version upstream changed and whose architecture the patch changed has both',
    [URL, URL.replace('v1.2.0', 'v1.3.0'), URL.replace('amd64', '{{ image_arch }}')],
    URL.replace('v1.2.0', 'v1.3.0').replace('amd64', '{{ image_arch }}'),
    ['`url`: both changed it, in different words; both changes are in.'],
  ],
  [
    'a condition of which each side changed another part',
    [LOOP, LOOP.replace('a in', 'c in'), LOOP.replace('b is defined', 'b is defined and d')],
    'when: c in groups and b is defined and d\n',
    ['`when`: both changed it, in different words; both changes are in.'],
  ],
  [
    'one value, changed by both, is the user’s own: it stays, and upstream’s is told',
    ['a: 1\n', 'a: 2\n', 'a: 3\n'],
    'a: 3\n',
    ['`a`: your value is kept; the release now has `a: 2`.'],
  ],
  [
    'a long text, of whose one line both changed other words',
    [
      'a: |\n  get v1 for amd64\n  two\n',
      'a: |\n  get v2 for amd64\n  two\n',
      'a: |\n  get v1 for arm64\n  two\n',
    ],
    'a: |\n  get v2 for arm64\n  two\n',
    ['`a`: both changed it, in different words; both changes are in.'],
  ],
  [
    'a version that the release has since raised further',
    ['v: 1.2.0\n', 'v: 1.10.0\n', 'v: 1.3.0\n'],
    'v: 1.3.0\n',
    ['`v`: your value is kept; the release now has `v: 1.10.0`, which is newer.'],
  ],
  [
    'a comment behind the value, changed by the one, beside the value, changed by the other',
    ['a: 1 # why it is one\n', 'a: 1 # why it is one now\n', 'a: 2 # why it is one\n'],
    'a: 2 # why it is one now\n',
    ['`a`: both changed it, in different words; both changes are in.'],
  ],
  [
    'a mapping’s own line beside its children',
    ['a:\n  b: 1\n', 'a: # now with a reason\n  b: 1\n', 'a:\n  b: 2\n'],
    'a: # now with a reason\n  b: 2\n',
    [],
  ],
  [
    'a value below settings that upstream moved in: an override stands where the setting now stands',
    ['a:\n  b: 1\n', 'a:\n    b: 2\n', 'a:\n  b: 3\n'],
    'a:\n    b: 3\n',
    ['`a.b`: your value is kept; the release now has `b: 2`.'],
  ],
] as [string, Texts, string, string[]][])('%s', (_title, texts, expected, notes) => {
  expect(mergedText(texts)).toBe(expected)
  expect(outlineMerge(texts).notes).toEqual(notes)
})

test.each([
  ['a value where the other made a mapping of it', ['a: 1\n', 'a: 2\n', 'a:\n  b: 1\n']],
  [
    'a long text, of which both changed one line',
    ['a: |\n  one\n  two\n', 'a: |\n  ONE\n  two\n', 'a: |\n  uno\n  two\n'],
  ],
  [
    'a word put into a long value, of which upstream replaced the rest',
    [
      'run: "/bin/ctr -n k8s.io images pull all of them"\n',
      'run: "/bin/nerdctl fetch"\n',
      'run: "/bin/ctr -n k8s.io images pull --quiet all of them"\n',
    ],
  ],
  ['a value where the other took the mapping away', ['a:\n  b: 1\n', 'a: 1\n', 'a: 2\n']],
] as [string, Texts][])('is no override: %s', (_title, texts) => {
  expect(openPlaces(texts)).toHaveLength(1)
  expect(outlineMerge(texts).text).toBe(texts[1])
})

/** A command of so many words, of which so many at the beginning are others. */
function command(words: number, others = 0, put: readonly string[] = []): string {
  const all = Array.from(
    { length: words },
    (_, at) => `${at < others ? 'new' : 'word'}${'abcdefghijklmnopqrst'[at]}`,
  )
  return `cmd: ${[...all.slice(0, 1), ...put, ...all.slice(1)].join(' ')}\n`
}

// With its key a command of four words has five.
test.each([
  { words: 4, isLong: true },
  { words: 3, isLong: false },
])(
  'a word put into a value of five words that upstream replaced stays open ($words and the key)',
  (given) => {
    const { words, isLong } = given
    const texts: Texts = [command(words), command(words, words), command(words, 0, ['mine'])]
    expect(openPlaces(texts).length > 0).toBe(isLong)
  },
)

// Of 20 words with the key upstream has others; the share is of what either has.
test.each([
  { others: 7, isReplaced: true },
  { others: 6, isReplaced: false },
])('a value is replaced where less than half of it is left ($others of 20 words are others)', (given) => {
  const { others, isReplaced } = given
  const texts: Texts = [command(19), command(19, others), command(19, 0, ['mine', 'more'])]
  expect(openPlaces(texts).length > 0).toBe(isReplaced)
})
