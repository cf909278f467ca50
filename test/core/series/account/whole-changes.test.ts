import { expect, test } from 'vitest'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { Entry, Mode, Tree } from '../../../../src/core/model/tree.ts'
import { FileReader } from '../../../../src/core/series/account/accounted-trees.ts'
import { wholeChanges } from '../../../../src/core/series/account/whole-changes.ts'

/** Texts; one that begins with `x ` is executable. */
type Files = Readonly<Record<string, string>>

/** What the fork did to files of one group as a whole: what, and whether result and release have it. */
function told(base: Files, head: Files, release: Files, result: Files): readonly string[] {
  const blobs = new Map<Oid, Uint8Array>()
  const tree = (files: Files): Tree =>
    new Map(
      Object.entries(files).map(([path, text]): [string, Entry] => {
        const mode: Mode = text.startsWith('x ') ? '100755' : '100644'
        const bytes = Buffer.from(text)
        const oid = blobOid(bytes)
        blobs.set(oid, bytes)
        return [path, { mode, oid }]
      }),
    )
  const trees = {
    base: tree(base),
    head: tree(head),
    release: tree(release),
    result: tree(result),
    patches: [],
  }
  const paths = [...new Set([base, head, release, result].flatMap((files) => Object.keys(files)))]
  return wholeChanges(paths, trees, new FileReader(blobs)).map(({ file, text, inResult, inRelease }) =>
    [file, text, ...(inResult ? ['result'] : []), ...(inRelease ? ['release'] : [])].join(' '),
  )
}

const A = 'one\n'

test.each<[string, readonly [base: Files, head: Files, release: Files, result: Files], readonly string[]]>([
  ['a new name', [{ a: A }, { b: A }, { a: A }, { b: A }], ['b (renamed from a) result']],
  [
    'a new name beside the old one is none',
    [{ a: A }, { b: A }, { a: A }, { a: A, b: A }],
    ['b (renamed from a)'],
  ],
  [
    'a new name that upstream gives it too',
    [{ a: A }, { b: A }, { b: A }, { b: A }],
    ['b (renamed from a) result release'],
  ],
  ['one of two that went is no new name', [{ a: A, c: A }, { b: A }, { a: A }, { b: A }], []],
  ['nor is one of two that came', [{ a: A }, { b: A, c: A }, { a: A }, { b: A, c: A }], []],
  [
    'nor one of two that came where another stays',
    [{ a: A, d: A }, { d: A, b: A, c: A }, { d: A }, { d: A }],
    [],
  ],
  [
    'a mode with a new name',
    [{ a: A }, { b: 'x one\n' }, { a: A }, { b: 'x one\n' }],
    ['b (mode 100644 → 100755) result', 'b (renamed from a) result'],
  ],
  [
    'a mode in one of the files that it may have gone to',
    [{ a: A }, { a: 'x one\n' }, {}, { b: A, c: 'x one\n' }],
    ['a (mode 100644 → 100755) result'],
  ],
  [
    'a mode in the file itself and no other',
    [{ a: A }, { a: 'x one\n' }, { a: A }, { a: A, c: 'x one\n' }],
    ['a (mode 100644 → 100755)'],
  ],
  ['a file without a line', [{}, { a: '' }, {}, { a: '' }], ['a (an empty file) result']],
  ['with blanks alone', [{}, { a: ' \n\n' }, {}, {}], ['a (an empty file)']],
  ['a file with one is none', [{}, { a: '\none\n' }, {}, {}], []],
  ['nor is one that was emptied', [{ a: A }, { a: '' }, { a: A }, { a: '' }], []],
  ['nor one that was empty', [{ a: '' }, { a: 'one' }, { a: '' }, { a: 'one' }], []],
  ['nor one of bytes', [{ a: 'one' }, { a: 'o\0e\n' }, { a: 'one' }, { a: 'o\0e\n' }], []],
  ['line ends', [{ a: A }, { a: 'one\r\n' }, { a: A }, { a: 'one\r\n' }], ['a (line ends: CRLF) result']],
  [
    'line ends of Unix',
    [{ a: 'one\r\n' }, { a: A }, { a: A }, { a: 'one\r\n' }],
    ['a (line ends: LF) release'],
  ],
  [
    'line ends in one of the files that it may have gone to',
    [{ a: A }, { a: 'one\r\n' }, {}, { b: A, c: 'one\r\n' }],
    ['a (line ends: CRLF) result'],
  ],
  [
    'no end of the last line',
    [{ a: A }, { a: 'one' }, { a: A }, { a: 'one' }],
    ['a (no end of the last line) result'],
  ],
  [
    'an end of the last line',
    [{ a: 'one' }, { a: A }, { a: 'one' }, { a: 'one' }],
    ['a (an end of the last line)'],
  ],
  [
    'another last line has an end of its own',
    [{ a: A }, { a: 'one' }, { a: 'one\ntwo\n' }, { a: 'one\ntwo\n' }],
    ['a (no end of the last line) result release'],
  ],
  [
    'the same one below others has not',
    [{ a: A }, { a: 'one' }, { a: 'two\none\n' }, { a: 'two\none\n' }],
    ['a (no end of the last line)'],
  ],
  [
    'nor above none',
    [{ a: 'two\none\n' }, { a: 'two\none' }, { a: A }, { a: '\n' }],
    ['a (no end of the last line) result'],
  ],
])('%s', (_what, trees, expected) => {
  expect(told(...trees)).toEqual(expected)
})
