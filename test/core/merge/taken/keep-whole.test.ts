import { expect, test } from 'vitest'
import { converse } from '../../../../src/app/carry/converse.ts'
import { keepWhole } from '../../../../src/core/merge/taken/keep-whole.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { Entry, Mode } from '../../../../src/core/model/tree.ts'
import type { Verdict } from '../../../../src/core/model/verdict.ts'

/** A file by its text; `[mode, text]` where it is no plain one. */
type File = string | readonly [Mode, string]

interface Row {
  readonly before?: File
  readonly after?: File
  readonly there?: File
  readonly verdict?: Verdict
  /** What merging has put there already. */
  readonly put?: File
  readonly comes?: File
  readonly kept?: 'mode' | 'ends' | 'both'
}

const [RUN, LINK, MODULE] = ['100755', '120000', '160000'] as const
const crlf = (text: string): string => text.replaceAll('\n', '\r\n')

/** A patch of which upstream has the lines, and what stands there then: its mode and line ends are carried, as far as the release left them alone. */
const ROWS: Readonly<Record<string, Row>> = {
  'nothing but lines': { before: 'a\n', after: 'a\nb\n', there: 'a\nb\nc\n' },
  'it may be run': {
    before: 'a\n',
    after: [RUN, 'a\nb\n'],
    there: 'a\nb\n',
    comes: [RUN, 'a\nb\n'],
    kept: 'mode',
  },
  'it may be run, as the release says too': { before: 'a\n', after: [RUN, 'a\nb\n'], there: [RUN, 'a\nb\n'] },
  'it may be run no more': {
    before: [RUN, 'a\n'],
    after: 'a\nb\n',
    there: [RUN, 'a\nb\n'],
    comes: 'a\nb\n',
    kept: 'mode',
  },
  'the release alone lets it be run': { before: 'a\n', after: 'a\nb\n', there: [RUN, 'a\nb\n'] },
  'ends as on Windows': {
    before: 'a\n',
    after: crlf('a\nb\n'),
    there: 'a\nb\nc\n',
    comes: crlf('a\nb\nc\n'),
    kept: 'ends',
  },
  'ends as on Windows no more': {
    before: crlf('a\n'),
    after: 'a\nb\n',
    there: crlf('a\nb\n'),
    comes: 'a\nb\n',
    kept: 'ends',
  },
  'the release alone changed the ends': { before: 'a\n', after: 'a\nb\n', there: crlf('a\nb\n') },
  'both of it': {
    ...{
      before: 'a\n',
      after: [RUN, crlf('a\nb\n')],
      there: 'a\nb\n',
      comes: [RUN, crlf('a\nb\n')],
      kept: 'both',
    },
  },
  'the end of the last line is nobody’s wish': { before: 'a\n', after: 'a\nb', there: 'a\nb\n' },
  'nor is that it has none': {
    before: 'a\n',
    after: crlf('a\nb\n'),
    there: 'a\nb',
    comes: 'a\r\nb',
    kept: 'ends',
  },
  'nor is it of several lines': {
    before: 'a\n',
    after: crlf('a\nb\nc\n'),
    there: 'a\nb\nc',
    comes: 'a\r\nb\r\nc',
    kept: 'ends',
  },
  'a file that the release emptied': { before: 'a\n', after: crlf('a\nb\n'), there: '' },
  'no text of the patch’s': {
    before: 'a\n',
    after: [RUN, 'b\0'],
    there: 'b\n',
    comes: [RUN, 'b\n'],
    kept: 'mode',
  },
  'none of the base’s': {
    before: 'a\0',
    after: [RUN, 'b\n'],
    there: 'b\n',
    comes: [RUN, 'b\n'],
    kept: 'mode',
  },
  'none of the release’s': {
    before: 'a\n',
    after: [RUN, 'b\n'],
    there: 'b\0',
    comes: [RUN, 'b\0'],
    kept: 'mode',
  },
  'a file that the patch adds': { after: [RUN, 'a\n'], there: 'a\n' },
  'a file that it deletes': { before: [RUN, 'a\n'], there: 'a\n' },
  'a file that the release has no more': { before: 'a\n', after: [RUN, 'a\nb\n'] },
  'a link': { before: 'a\n', after: [LINK, 'b'], there: 'a\n' },
  'a submodule': { before: [MODULE, 'a'], after: [RUN, 'b\n'], there: 'b\n' },
  'no text': { before: 'a\0', after: [RUN, 'b\0'], there: 'b\0', comes: [RUN, 'b\0'], kept: 'mode' },
  'what was carried otherwise': {
    before: 'a\n',
    after: [RUN, 'a\nb\n'],
    there: 'a\nb\n',
    verdict: 'adapted',
  },
  'what stands there already': {
    before: 'a\n',
    after: [RUN, 'a\nb\n'],
    there: 'a\nb\n',
    put: 'a\nb\nc\n',
    comes: 'a\nb\nc\n',
  },
}

test.each(Object.entries(ROWS))('%s', async (_what, row) => {
  const { verdict = 'upstreamed', kept } = row
  const blobs = new Map<Oid, Uint8Array>()
  const entryOf = (file: File | undefined): Entry | undefined => {
    if (file === undefined) return undefined
    const [mode, text] = typeof file === 'string' ? (['100644', file] as const) : file
    const bytes = Buffer.from(text)
    blobs.set(blobOid(bytes), bytes)
    return { mode, oid: blobOid(bytes) }
  }
  const [before, after, there, put] = [row.before, row.after, row.there, row.put].map(entryOf)
  const world = {
    readBlobs: (oids: readonly Oid[]) =>
      Promise.resolve(
        new Map(oids.flatMap((oid) => (blobs.has(oid) ? [[oid, blobs.get(oid) as Uint8Array]] : []))),
      ),
    log: () => Promise.resolve([]),
  }
  const outcome = { path: 'f', to: 'f', verdict, reasons: [], upstream: [] }
  const merged = { changes: new Map(put ? [['f', put]] : []), outcomes: [outcome] }
  const asked = {
    changes: [
      { path: 'other', to: 'other', before, after: before },
      { path: 'f', to: 'f', before, after },
    ],
    onto: new Map(there ? [['f', there]] : []),
  }
  const { changes, outcomes } = await converse(keepWhole(merged, asked, new Workspace()), world, undefined)
  expect(changes.get('f')).toEqual(entryOf(row.comes))
  expect(outcomes).toEqual([
    kept
      ? {
          ...outcome,
          verdict: 'adapted',
          reasons: [{ code: 'whole-kept', mode: kept !== 'ends', ends: kept !== 'mode' }],
        }
      : outcome,
  ])
})
