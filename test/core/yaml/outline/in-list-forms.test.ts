import { describe, expect, test } from 'vitest'
import { mergeFile } from '../../../../src/core/merge/file-merge.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { carryStory } from '../../../support/carry.ts'
import { mergeTexts } from '../../../support/file-merge.ts'
import type { Texts } from '../../../support/outline-merge.ts'

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
  string,
  string,
  string,
  string,
]

/** Maps and lists that upstream rewrote, what the patch put in, and what comes out. */
const rewritten: readonly (readonly [string, Texts, string])[] = [
  [
    'a version that is upstream’s by now, and a newer one of the user’s',
    [
      `x:\n  v0.16.0: ${A}\n`,
      `x:\n  0.17.0: sha256:${B}\n  0.16.0: sha256:${A}\n`,
      `x:\n  v0.18.0: ${C}\n  v0.17.0: ${B}\n  v0.16.0: ${A}\n`,
    ],
    `x:\n  0.18.0: sha256:${C}\n  0.17.0: sha256:${B}\n  0.16.0: sha256:${A}\n`,
  ],
  [
    'an older version does not become the first',
    [
      `x:\n  v0.16.0: ${A}\n`,
      `x:\n  0.18.0: sha256:${B}\n  0.16.0: sha256:${A}\n`,
      `x:\n  v0.17.0: ${C}\n  v0.16.0: ${A}\n`,
    ],
    `x:\n  0.18.0: sha256:${B}\n  0.17.0: sha256:${C}\n  0.16.0: sha256:${A}\n`,
  ],
  [
    'the oldest first',
    [
      `x:\n  v0.15.0: ${A}\n  v0.16.0: ${B}\n`,
      `x:\n  0.15.0: sha256:${A}\n  0.16.0: sha256:${B}\n  0.18.0: sha256:${D}\n`,
      `x:\n  v0.15.0: ${A}\n  v0.16.0: ${B}\n  v0.17.0: ${C}\n`,
    ],
    `x:\n  0.15.0: sha256:${A}\n  0.16.0: sha256:${B}\n  0.17.0: sha256:${C}\n  0.18.0: sha256:${D}\n`,
  ],
  [
    'one architecture beside another, and a map that upstream left alone',
    [
      `x:\n  arm64:\n    v1.0.0: ${A}\n  amd64:\n    v1.0.0: ${B}\ny:\n  v1.0.0: ${C}\n`,
      `x:\n  arm64:\n    1.0.0: sha256:${A}\n  amd64:\n    1.0.0: sha256:${B}\ny:\n  v1.0.0: ${C}\n`,
      `x:\n  arm64:\n    v1.1.0: ${D}\n    v1.0.0: ${A}\n  amd64:\n    v1.0.0: ${B}\ny:\n  v1.1.0: ${D}\n  v1.0.0: ${C}\n`,
    ],
    `x:\n  arm64:\n    1.1.0: sha256:${D}\n    1.0.0: sha256:${A}\n  amd64:\n    1.0.0: sha256:${B}\ny:\n  v1.1.0: ${D}\n  v1.0.0: ${C}\n`,
  ],
  [
    'the other way round: a `v` where there was none, and no algorithm any more',
    [
      `x:\n  1.0.0: sha256:${A}\n`,
      `x:\n  v1.0.0: ${A}\n`,
      `x:\n  1.1.0: sha256:${B}\n  1.0.0: sha256:${A}\n`,
    ],
    `x:\n  v1.1.0: ${B}\n  v1.0.0: ${A}\n`,
  ],
  [
    'an architecture of its own, with nothing but digests beside it',
    [
      `x:\n  amd64: ${A}\n  arm64: ${B}\n`,
      `x:\n  amd64: sha256:${A}\n  arm64: sha256:${B}\n`,
      `x:\n  amd64: ${A}\n  arm: ${C}\n  arm64: ${B}\n`,
    ],
    `x:\n  amd64: sha256:${A}\n  arm: sha256:${C}\n  arm64: sha256:${B}\n`,
  ],
  [
    'items in quotes',
    ['l:\n  - a\n  - b\n', 'l:\n  - "a"\n  - "b"\n', 'l:\n  - a\n  - b\n  - c\n'],
    'l:\n  - "a"\n  - "b"\n  - "c"\n',
  ],
  [
    'items without quotes, but for one that would mean something else',
    ['l:\n  - "a"\n  - "b"\n', 'l:\n  - a\n  - b\n', 'l:\n  - "a"\n  - "b"\n  - "c"\n  - "yes"\n'],
    'l:\n  - a\n  - b\n  - c\n  - "yes"\n',
  ],
  [
    'values in quotes, but for one that is no text',
    [
      'x:\n  a: one\n  b: two\n',
      'x:\n  a: "one"\n  b: "two"\n',
      'x:\n  a: one\n  b: two\n  c: three\n  d: 4\n',
    ],
    'x:\n  a: "one"\n  b: "two"\n  c: "three"\n  d: 4\n',
  ],
  [
    'items of versions',
    [
      'l:\n  - v1.1.0\n  - v1.0.0\n',
      'l:\n  - 1.1.0\n  - 1.0.0\n',
      'l:\n  - v1.2.0\n  - v1.1.0\n  - v1.0.0\n',
    ],
    'l:\n  - 1.2.0\n  - 1.1.0\n  - 1.0.0\n',
  ],
  [
    'keys in quotes, and a comment behind a value',
    [
      `x:\n  1.0.0: ${A}\n  1.1.0: ${B}\n`,
      `x:\n  '1.0.0': ${A}\n  '1.1.0': ${B}\n`,
      `x:\n  1.0.0: ${A}\n  1.1.0: ${B}\n  1.2.0: ${C}  # ours\n`,
    ],
    `x:\n  '1.0.0': ${A}\n  '1.1.0': ${B}\n  '1.2.0': ${C}  # ours\n`,
  ],
  [
    'another indentation',
    [
      `x:\n    - a one\n    - b two\n`,
      `x:\n  - a one\n  - b two\n`,
      `x:\n    - a one\n    - b two\n    - c three\n`,
    ],
    `x:\n  - a one\n  - b two\n  - c three\n`,
  ],
]

describe('what a patch puts in comes into the form that its map or list has now', () => {
  test.each(rewritten)('%s', (_title, sides, result) => {
    const merged = mergeTexts('a.yml', sides)
    expect(merged.open).toEqual([])
    expect(merged.text).toBe(result)
  })

  test.each(rewritten)('once more onto the result nothing changes: %s', (_title, [base, , patch], result) => {
    expect(mergeTexts('a.yml', [base, result, patch]).text).toBe(result)
  })
})

test('that is told with the map and an entry of the release’s', () => {
  const [, sides] = rewritten[0] as (typeof rewritten)[0]
  expect(mergeTexts('a.yml', sides).told).toEqual([
    { code: 'list-form', key: 'x', like: `0.17.0: sha256:${B}` },
  ])
})

test('another digest for a version that stays is the user’s, in the form of now', () => {
  const merged = mergeTexts('a.yml', [
    `x:\n  v1.0.0: ${A}\n`,
    `x:\n  1.0.0: sha256:${A}\n`,
    `x:\n  v1.0.0: ${B}\n`,
  ])
  expect(merged.text).toBe(`x:\n  1.0.0: sha256:${B}\n`)
})

test('a version that both put in with two digests stands once', () => {
  const merged = mergeTexts('a.yml', [
    `x:\n  v1.0.0: ${A}\n`,
    `x:\n  1.1.0: sha256:${B}\n  1.0.0: sha256:${A}\n`,
    `x:\n  v1.1.0: ${C}\n  v1.0.0: ${A}\n`,
  ])
  expect(merged.open.length > 0 || merged.text.match(/1\.1\.0/g)?.length === 1).toBe(true)
  expect(merged.open.length + merged.told.length).toBeGreaterThan(0)
})

test('the same entries in another form are upstream’s, and nothing is said of them', () => {
  const upstream = `x:\n  1.1.0: sha256:${B}\n  1.0.0: sha256:${A}\n`
  const merged = mergeTexts('a.yml', [
    `x:\n  v1.0.0: ${A}\n`,
    upstream,
    `x:\n  v1.1.0: ${B}\n  v1.0.0: ${A}\n`,
  ])
  expect(merged).toMatchObject({ text: upstream, open: [], adapted: [], told: [], gone: [], taken: true })
})

/** Nothing was rewritten here, or not all of it: then nobody can say what an entry is meant to look like. */
const left: readonly (readonly [string, string, string, string])[] = [
  [
    'upstream has both forms',
    `x:\n  v1.0.0: ${A}\n`,
    `x:\n  v1.1.0: ${B}\n  1.0.0: ${A}\n`,
    `x:\n  v1.2.0: ${C}\n  v1.0.0: ${A}\n`,
  ],
  [
    'the base has both forms',
    `x:\n  v1.1.0: ${B}\n  1.0.0: ${A}\n`,
    `x:\n  1.1.0: ${B}\n  1.0.0: ${A}\n`,
    `x:\n  v1.2.0: ${C}\n  v1.1.0: ${B}\n  1.0.0: ${A}\n`,
  ],
  [
    'another map was rewritten',
    `x:\n  v1.0.0: ${A}\ny:\n  v1.0.0: ${A}\n`,
    `x:\n  v1.0.0: ${A}\ny:\n  1.0.0: ${A}\n`,
    `x:\n  v1.1.0: ${B}\n  v1.0.0: ${A}\ny:\n  v1.0.0: ${A}\n`,
  ],
  ['one value of many lost its quotes', 'a: "1"\nb: x\n', 'a: 1\nb: x\n', 'a: "1"\nb: x\nc: "2"\n'],
  [
    'it is a variable of the user’s own among others',
    'a_version: v1.0.0\nb_version: v1.0.0\nz: 1\n',
    'a_version: 1.0.0\nb_version: 1.0.0\nz: 1\n',
    'a_version: v1.0.0\nb_version: v1.0.0\nz: 1\nown_version: v2.0.0\n',
  ],
]

test.each(left)('an entry stays as it is where %s', (_title, base, upstream, patch) => {
  const merged = mergeTexts('a.yml', [base, upstream, patch])
  const added = splitLines(patch).filter((line) => !splitLines(base).includes(line))
  if (merged.open.length === 0) expect(splitLines(merged.text)).toEqual(expect.arrayContaining(added))
  else expect(JSON.stringify(merged.open)).toContain((added[0] as string).trim())
})

test('a file whose lines end in CRLF is rewritten as well', () => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
  const merged = mergeFile('a.yml', {
    base: splitLines(crlf(`x:\n  v1.0.0: ${A}\n`)),
    upstream: splitLines(crlf(`x:\n  1.0.0: ${A}\n`)),
    patch: splitLines(crlf(`x:\n  v1.1.0: ${B}\n  v1.0.0: ${A}\n`)),
  })
  expect(merged.lines.join('')).toBe(crlf(`x:\n  1.1.0: ${B}\n  1.0.0: ${A}\n`))
})

test('carried over history, too, an entry in its new form is not left out, and upstream’s own is named', async () => {
  const file = 'roles/x/defaults/checksums.yml'
  const carried = await carryStory({
    author: { name: 'Somebody Else', email: 'else@example.org' },
    base: { [file]: `x:\n  v0.16.0: ${A}\n` },
    patch: { [file]: `x:\n  v0.18.0: ${C}\n  v0.17.0: ${B}\n  v0.16.0: ${A}\n` },
    upstream: {
      'a new version': { [file]: `x:\n  v0.17.0: ${B}\n  v0.16.0: ${A}\n` },
      'another form': { [file]: `x:\n  0.17.0: sha256:${B}\n  0.16.0: sha256:${A}\n` },
    },
  })
  expect(carried.text(file)).toBe(`x:\n  0.18.0: sha256:${C}\n  0.17.0: sha256:${B}\n  0.16.0: sha256:${A}\n`)
  const { leftOut = [] } = carried.file(file)
  expect(leftOut.map(({ text }) => text.trim())).toEqual([`v0.17.0: ${B}`])
})
