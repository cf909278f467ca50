import { expect, test } from 'vitest'
import { mergeWords } from '../../../src/core/text/merge-words.ts'

test.each([
  [
    'a URL whose version upstream changed and whose architecture the patch changed',
    'url: "https://get.example/v1.2.0/bin/linux/amd64/tool"',
    'url: "https://get.example/v1.3.1/bin/linux/amd64/tool"',
    'url: "https://get.example/v1.2.0/bin/linux/{{ image_arch }}/tool"',
    'url: "https://get.example/v1.3.1/bin/linux/{{ image_arch }}/tool"',
    [],
  ],
  [
    'an argument put in on each side, far apart',
    'run --one --two --three --four',
    'run --zero --one --two --three --four',
    'run --one --two --three --five --four',
    'run --zero --one --two --three --five --four',
    [],
  ],
  ['only upstream', 'a: one', 'a: two', 'a: one', 'a: two', []],
  ['only the patch', 'a: one', 'a: one', 'a: two', 'a: two', []],
  ['both the same', 'a: one', 'a: two', 'a: two', 'a: two', []],
  [
    'one word changed by both is the user’s override, upstream’s is told',
    'curl --output etcd-v3.2.18 "https://get.example/etcd"',
    'curl --output etcd-v3.2.24 "https://get.example/etcd"',
    'curl --output etcd-v3.3.0 "https://get.example/etcd"',
    'curl --output etcd-v3.3.0 "https://get.example/etcd"',
    ['v3.2.24'],
  ],
  [
    'a version is one word: no third one is made of the halves of two',
    'get tool 1.2.3 from here',
    'get tool 1.9.3 from here',
    'get tool 1.2.8 from here',
    'get tool 1.2.8 from here',
    ['1.9.3'],
  ],
])('merges %s', (_title, ...row) => {
  const [base, upstream, patch, text, overridden] = row
  expect(mergeWords({ base, upstream, patch })).toEqual({ text, overridden })
})

test.each([
  ['a word that one side took away and the other changed', 'run --one two', 'run --one', 'run --one three'],
  ['words both put in at one place', 'run --one', 'run --one --two', 'run --one --three'],
  [
    'one word of two: too little is left to say that this is the same line',
    'version: v1',
    'version: v2',
    'version: v3',
  ],
  [
    'a line that has become another line on both sides',
    'alpha beta gamma',
    'one two three',
    'first second third',
  ],
])('leaves open %s', (_title, base, upstream, patch) => {
  expect(mergeWords({ base, upstream, patch })).toBeUndefined()
})

/** Twenty words, of which some are others. */
function sentence(changes: Readonly<Record<number, string>>): string {
  return Array.from({ length: 20 }, (_, at) => changes[at] ?? `word${'abcdefghijklmnopqrst'[at]}`).join(' ')
}

// Of 20 words upstream changes so many; what both have is that share of what either has.
test.each([
  { changed: 6, share: 14 / 26, isSame: true },
  { changed: 7, share: 13 / 27, isSame: false },
])('a line of which $share is the same is the same line: $isSame', ({ changed, share, isSame }) => {
  expect(Math.abs(share - 0.5)).toBeLessThan(0.05)
  const others = Object.fromEntries(
    Array.from({ length: changed }, (_, at) => [at * 2, `other${'abcdefg'[at]}`]),
  )
  const sides = {
    base: sentence({}),
    upstream: sentence(others),
    patch: sentence({ 0: 'mine' }),
  }
  const merged = isSame ? { text: sentence({ ...others, 0: 'mine' }), overridden: ['othera'] } : undefined
  expect(mergeWords(sides)).toEqual(merged)
})
