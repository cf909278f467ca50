import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeTexts } from '../support/file-merge.ts'
import { runs } from '../support/fast-check.ts'

/** What one side does to the lines of a text: puts some in, takes some away, moves one. */
type Edit =
  | { readonly do: 'put'; readonly at: number; readonly lines: readonly string[] }
  | { readonly do: 'take'; readonly at: number; readonly count: number }
  | { readonly do: 'move'; readonly at: number; readonly to: number }

function edits(lines: fc.Arbitrary<readonly string[]>): fc.Arbitrary<readonly Edit[]> {
  const at = fc.nat(24)
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), at, lines }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('take' as const), at, count: fc.integer({ min: 1, max: 2 }) }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), at, to: at }) },
    ),
    { minLength: 1, maxLength: 4 },
  )
}

/** The pieces of a text after one side's edits; a piece is a line, or a key with all that stands below it. */
function edited(pieces: readonly string[], all: readonly Edit[], isOnce: boolean): readonly string[] {
  const result = [...pieces]
  const keyOf = (piece: string): string => /^\s*[^:=\n]+/.exec(piece)?.[0] ?? piece
  for (const edit of all) {
    const at = edit.at % (result.length + 1)
    if (edit.do === 'take') result.splice(at, edit.count)
    else if (edit.do === 'put') {
      const known = new Set(result.map(keyOf))
      // A side of its own has no key twice.
      result.splice(at, 0, ...edit.lines.filter((line) => !isOnce || !known.has(keyOf(line))))
    } else if (result.length > 1) {
      const [moved] = result.splice(edit.at % result.length, 1)
      if (moved !== undefined) result.splice(edit.to % (result.length + 1), 0, moved)
    }
  }
  return isOnce
    ? result.filter((piece, index) => result.findIndex((other) => keyOf(other) === keyOf(piece)) === index)
    : result
}

type Three = readonly [string, string, string]

function threeSides(
  pieces: readonly string[],
  put: fc.Arbitrary<string>,
  isOnce: boolean,
): fc.Arbitrary<Three> {
  const lines = fc.array(put, { minLength: 1, maxLength: 2 })
  return fc
    .tuple(edits(lines), edits(lines))
    .map(([theirs, mine]) => [
      pieces.join(''),
      edited(pieces, theirs, isOnce).join(''),
      edited(pieces, mine, isOnce).join(''),
    ])
}

/** How often each thing stands in a text, counted here without the code that is tested. */
type Count = (text: string) => ReadonlyMap<string, number>

function counted(things: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1)
  return counts
}

/** Lines of six letters or digits and more. */
const linesOf: Count = (text) =>
  counted(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.replace(/[^A-Za-z0-9]/g, '').length >= 6),
  )

/** Names behind their section. */
const namesOf: Count = (text) => {
  let section = ''
  return counted(
    text.split('\n').flatMap((line) => {
      if (line.startsWith('[')) section = line
      const name = /^(\w+)=/.exec(line)?.[1]
      return name === undefined ? [] : [`${section} ${name}`.trim()]
    }),
  )
}

/** Keys behind the keys that they stand below, in a text without lists. */
const keysOf: Count = (text) => {
  const above: { readonly indent: number; readonly key: string }[] = []
  return counted(
    text.split('\n').flatMap((line) => {
      const [, room = '', key] = /^(\s*)(\w+):/.exec(line) ?? []
      if (key === undefined) return []
      while ((above.at(-1)?.indent ?? -1) >= room.length) above.pop()
      above.push({ indent: room.length, key })
      return [above.map((each) => each.key).join('.')]
    }),
  )
}

/** What the result has more often than any of the three. */
function twice(count: Count, result: string, sides: Three): readonly string[] {
  const known = sides.map(count)
  return [...count(result)]
    .filter(([thing, times]) => times > 1 && known.every((side) => (side.get(thing) ?? 0) < times))
    .map(([thing]) => thing)
}

const WORDS = Array.from({ length: 12 }, (_, at) => `line ${at} of the text\n`)
const text = threeSides(
  WORDS,
  fc.oneof(
    fc.nat(3).map((each) => `shared words ${each}\n`),
    fc.nat(99).map((each) => `own words ${each}\n`),
    fc.constantFrom('fi\n', '}\n', '\n'),
  ),
  false,
)

describe('nothing stands twice in the result and in no side, but what is told', () => {
  test.each(['x.sh', 'README.md', 'x.conf.j2', 'Dockerfile'])('lines of %s', (path) => {
    const seen = { told: 0, settled: 0 }
    fc.assert(
      fc.property(text, (sides) => {
        const merged = mergeTexts(path, sides)
        if (merged.open.length > 0) return
        seen.settled++
        const found = twice(linesOf, merged.text, sides)
        const told = merged.told.flatMap((note) => (note.code === 'line-twice' ? note.names : []))
        expect([...told].sort()).toEqual([...found].sort())
        if (found.length > 0) seen.told++
      }),
      runs(500),
    )
    expect(seen.settled).toBeGreaterThan(100)
    expect(seen.told).toBeGreaterThan(10)
  })

  test('names in the sections of an INI file', () => {
    const pieces = ['a', 'b', 'c'].flatMap((name) => [
      `[${name}]\n`,
      ...[1, 2, 3].map((at) => `key_${name}${at}=${at}\n`),
    ])
    const put = fc.tuple(fc.nat(2), fc.nat(2)).map(([name, value]) => `shared_${name}=${value}\n`)
    let told = 0
    fc.assert(
      fc.property(threeSides(pieces, put, false), (sides) => {
        const merged = mergeTexts('x.ini', sides)
        if (merged.open.length > 0) return
        const names = merged.told.flatMap((note) => (note.code === 'key-twice' ? note.names : []))
        const found = twice(namesOf, merged.text, sides)
        expect(names).toEqual(expect.arrayContaining([...found]))
        if (found.length > 0) told++
      }),
      runs(500),
    )
    expect(told).toBeGreaterThan(5)
  })

  test('no key stands twice at one level of YAML, and a value that gave way is told', () => {
    const pieces = [
      ...[1, 2, 3, 4].map((at) => `setting_${at}: ${at}\n`),
      ...['one', 'two'].map((name) => `${name}:\n  first: 1\n  second: 2\n  third: 3\n`),
      ...[5, 6, 7].map((at) => `setting_${at}: ${at}\n`),
    ]
    const put = fc.oneof(
      fc.tuple(fc.nat(2), fc.nat(2)).map(([name, value]) => `shared_${name}: value${value}\n`),
      fc.tuple(fc.nat(1), fc.nat(2)).map(([name, value]) => `map_${name}:\n  key_a: a${value}\n  key_b: b\n`),
      fc.nat(99).map((each) => `own_${each}: ${each}\n`),
    )
    const seen = { settled: 0, told: 0 }
    fc.assert(
      fc.property(threeSides(pieces, put, true), (sides) => {
        const merged = mergeTexts('x.yml', sides)
        if (merged.open.length > 0) return
        seen.settled++
        expect([...keysOf(merged.text)].filter(([, times]) => times > 1)).toEqual([])
        const words = (from: string): string[] => from.match(/(?:value|a)\d\b/g) ?? []
        const [base, , patch] = sides
        const said = merged.text + JSON.stringify([merged.told, merged.adapted, merged.gone])
        for (const word of words(patch)) if (!base.includes(word)) expect(said).toContain(word)
        if (merged.told.length > 0) seen.told++
      }),
      runs(800),
    )
    expect(seen.settled).toBeGreaterThan(100)
    expect(seen.told).toBeGreaterThan(20)
  })

  test('an item that both put into a list stands there once, or that is told', () => {
    const pieces = Array.from({ length: 6 }, (_, at) => `  - item number ${at}\n`)
    const put = fc.oneof(
      fc.nat(2).map((each) => `  - shared item ${each}\n`),
      fc.nat(99).map((each) => `  - own item ${each}\n`),
    )
    let settled = 0
    fc.assert(
      fc.property(threeSides(pieces, put, false), (sides) => {
        const lists = sides.map((side) => `list:\n${side}end: 1\n`) as [string, string, string]
        const merged = mergeTexts('x.yml', lists)
        if (merged.open.length > 0) return
        settled++
        const told = merged.told.flatMap((note) => (note.code === 'line-twice' ? note.names : []))
        expect(told).toEqual(expect.arrayContaining([...twice(linesOf, merged.text, lists)]))
      }),
      runs(500),
    )
    expect(settled).toBeGreaterThan(50)
  })
})
