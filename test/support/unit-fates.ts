import { deltaOf, effectOf } from '../../src/core/merge/delta-of.ts'
import { bagOf } from '../../src/core/merge/line-bag.ts'
import { matchLines } from '../../src/core/merge/match-lines.ts'
import { spelledLines } from '../../src/core/merge/spelled.ts'
import { ownFiles } from '../../src/core/merge/taken/own-files.ts'
import { unitFates, type UnitFate } from '../../src/core/merge/taken/unit-fates.ts'
import { Workspace } from '../../src/core/merge/workspace.ts'
import type { LoggedCommit } from '../../src/core/model/commit.ts'
import { blobOid } from '../../src/core/model/oid.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example', time: 0, zone: '+0000' }

/** Something upstream did: the lines that it put in and took away, and the files that it touched. */
export interface Done {
  readonly by: string
  readonly added?: string
  readonly removed?: string
  readonly touched?: readonly string[]
  /** What took it back. */
  readonly undone?: string
}

export interface FateRow {
  readonly path?: string
  readonly to?: string
  readonly before?: string
  readonly after: string
  readonly release: string
  /** Reviewed forms of the patch. */
  readonly reviewed?: readonly Done[]
  readonly commits?: readonly Done[]
  /** What earlier patches of the series brought. */
  readonly brought?: string
  /** Lines of the patch that the series itself takes away again. */
  readonly later?: string
}

/** Texts of words, each a line, parted by `|`. */
function text(words: string): string {
  return words === '' ? '' : `${words.split('|').join('\n')}\n`
}

function bag(words = '') {
  return bagOf(spelledLines(splitLines(text(words))))
}

function commit({ by, touched = [] }: Done): LoggedCommit {
  const changes = touched.map((path) => ({ path, before: undefined, after: undefined }))
  const oid = blobOid(Buffer.from(by))
  return { oid, parents: [], author: SOMEBODY, committer: SOMEBODY, message: by, changes }
}

/** What is made of each piece of a patch of one file. */
export function fatesOf({
  path = 'a.conf',
  to = path,
  before = '',
  release,
  ...row
}: FateRow): readonly UnitFate[] {
  const workspace = new Workspace()
  const entry = (words: string) => ({ mode: '100644' as const, oid: workspace.put(splitLines(text(words))) })
  const change = { path, to, before: entry(before), after: entry(row.after) }
  const whole = effectOf([deltaOf(change.before, change.after, workspace)])
  const later = bag(row.later)
  const wanted = { ...whole, added: new Map([...whole.added].filter(([line]) => !later.has(line))) }
  return unitFates(ownFiles([change], workspace), {
    wanted,
    candidates: (row.commits ?? []).map((done) => {
      const effect = { added: bag(done.added), removed: bag(done.removed), dropped: new Map(), weight: 1 }
      return { commit: commit(done), effect, cover: 1, focus: 1, paths: new Set(done.touched) }
    }),
    reviewed: (row.reviewed ?? []).map((done) => ({
      ...{ commit: commit(done), of: wanted.added, removed: bag(done.removed) },
      matches: matchLines(wanted.added, bag(done.added)),
      ...(done.undone === undefined ? {} : { undoneBy: commit({ by: done.undone }) }),
    })),
    lines: {
      base: bag(before),
      release: bag(release),
      texts: new Map([[path, [splitLines(text(release))]]]),
    },
    brought: bag(row.brought),
  })
}

/** What is made of each piece: `own`, or how upstream has it and by which commit; what is still to go is `pending`. */
export function said(row: FateRow): readonly string[] {
  return fatesOf(row).map(({ taken, how, by, undoneBy, pending }) =>
    [
      ...(pending ? ['pending'] : []),
      ...(taken === false
        ? ['own']
        : [how, by?.message, undoneBy?.message].filter((each) => each !== undefined)),
    ].join(' '),
  )
}
