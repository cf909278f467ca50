import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, play } from '../../../src/core/text/diff-lines.ts'
import { yaml } from '../../support/yaml.ts'
import { splitLines } from '../../../src/core/text/split-lines.ts'
import { runs } from '../../support/fast-check.ts'

/** `from-to>start-end`, a hunk each; elements are single letters. */
function hunks(a: string, b: string): string {
  return diffLines([...a], [...b])
    .map(({ from, to, start, end }) => `${from}-${to}>${start}-${end}`)
    .join(' ')
}

test.each([
  ['two empty texts', '', '', ''],
  ['equal texts', 'abc', 'abc', ''],
  ['all put in', '', 'ab', '0-0>0-2'],
  ['all taken away', 'ab', '', '0-2>0-0'],
  ['a line replaced', 'abc', 'axc', '1-2>1-2'],
  ['a line put in at the start', 'ab', 'xab', '0-0>0-1'],
  ['a line put in at the end', 'ab', 'abx', '2-2>2-3'],
  ['a line taken away in the middle', 'abc', 'ac', '1-2>1-1'],
  ['two changes apart', 'abcde', 'axcye', '1-2>1-2 3-4>3-4'],
  ['a removal and an insertion with nothing between are one change', 'abcd', 'axyd', '1-3>1-3'],
  ['nothing in common', 'abc', 'xyz', '0-3>0-3'],
  ['a line moved down', 'xabc', 'abcx', '0-1>0-0 4-4>3-4'],
])('%s', (_title, a, b, expected) => {
  expect(hunks(a, b)).toBe(expected)
})

test('hunks turn the one into the other, in order, with an unchanged line between them, and nothing smaller is missed', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ' d', ''), { maxLength: 14 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const built: string[] = []
      let at = 0
      let last = -1
      for (const { from, to, start, end } of diffLines(a, b)) {
        expect(from > last).toBe(true)
        expect(to > from || end > start).toBe(true)
        built.push(...a.slice(at, from), ...b.slice(start, end))
        expect(built.length).toBe(end)
        at = last = to
      }
      expect([...built, ...a.slice(at)]).toEqual(b)
    }),
    runs(500),
  )
})

/** Where a pure insertion (or removal) among its like is seen: the lines put in. */
function putIn(a: string, b: string): string[] {
  const lines = splitLines(b)
  return diffLines(splitLines(a), lines).flatMap(({ start, end }) => lines.slice(start, end))
}

const TWO_TASKS = yaml`
  - name: one
    when: a

  - name: two
    when: a

`
const THREE_TASKS = yaml`
  - name: one
    when: a

  - name: new
    when: a

  - name: two
    when: a

`

test('a task put in among its like is seen as a whole task, from its first line to the blank below it', () => {
  expect(putIn(TWO_TASKS, THREE_TASKS)).toEqual(['- name: new\n', '  when: a\n', '\n'])
})

test('a task taken away is seen as a whole task, too', () => {
  const lines = splitLines(THREE_TASKS)
  const gone = diffLines(lines, splitLines(TWO_TASKS)).flatMap(({ from, to }) => lines.slice(from, to))
  expect(gone).toEqual(['- name: new\n', '  when: a\n', '\n'])
})

test('a block put in before one that begins like it is cut where it is least indented', () => {
  const before = yaml`
    a:
      x: 1
    c:
      x: 1
  `
  const after = yaml`
    a:
      x: 1
    b:
      x: 1
    c:
      x: 1
  `
  expect(putIn(before, after)).toEqual(['b:\n', '  x: 1\n'])
})

test('how far a change can slide: as long as the line it leaves equals the line it takes', () => {
  const [a, b] = [[...'axxb'], [...'axxxb']]
  const hunk = { from: 3, to: 3, start: 3, end: 4 }
  expect(play(hunk, { a, b }, { low: 0, high: 4 })).toEqual({ up: 2, down: 0 })
  expect(play(hunk, { a, b }, { low: 2, high: 4 })).toEqual({ up: 1, down: 0 })
  const first = { from: 1, to: 1, start: 1, end: 2 }
  expect(play(first, { a, b }, { low: 0, high: 4 })).toEqual({ up: 0, down: 2 })
  expect(play(first, { a, b }, { low: 0, high: 2 })).toEqual({ up: 0, down: 1 })
})

test('a replacement never slides: it is about those very lines', () => {
  const a = [...'axxb']
  const b = [...'ayxb']
  expect(play({ from: 1, to: 2, start: 1, end: 2 }, { a, b }, { low: 0, high: 4 })).toEqual({
    up: 0,
    down: 0,
  })
})

// Two parts of a text change places; the shorter one is taken away there and put in here.
test.each([
  { moved: 1000, isFound: true },
  { moved: 1001, isFound: false },
])(
  'the way between two texts is looked for up to two thousand edits ($moved lines moved)',
  ({ moved, isFound }) => {
    const [first, second] = [moved, 1500].map((count, part) =>
      Array.from({ length: count }, (_, at) => `line ${at} of part ${part}`),
    )
    if (!first || !second) throw new Error('there are two parts')
    const hunks = diffLines([...first, ...second], [...second, ...first])
    expect(hunks).toHaveLength(isFound ? 2 : 1)
  },
)
