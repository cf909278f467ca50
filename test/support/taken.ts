import { converse } from '../../src/app/carry/converse.ts'
import { bagOf, sumOf } from '../../src/core/merge/line-bag.ts'
import { spelledLines } from '../../src/core/merge/spelled.ts'
import { findTaken } from '../../src/core/merge/taken/taken.ts'
import { Workspace } from '../../src/core/merge/workspace.ts'
import type { LoggedCommit } from '../../src/core/model/commit.ts'
import { blobOid, type Oid } from '../../src/core/model/oid.ts'
import type { Entry } from '../../src/core/model/tree.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'

type Texts = Readonly<Record<string, string>>

export interface TakenRow {
  readonly base: Texts
  readonly patch: Texts
  /** What each of upstream's commits changes, oldest first, by its subject. */
  readonly upstream: Readonly<Record<string, Texts>>
  readonly title?: string
  /** Upstream's author wrote it. */
  readonly isTheirs?: true
  /** The commits that the patch is the sum of: their titles and what each changes. */
  readonly parts?: Readonly<Record<string, Texts>>
  readonly brought?: string
}

const [ADA, BOB] = ['Ada Example', 'Bob Example'].map((name) => ({
  ...{ name, email: `${name.slice(0, 3)}@example.com`, time: 0, zone: '+0000' },
})) as [LoggedCommit['author'], LoggedCommit['author']]

/** What upstream has of a patch: of the whole, and piece by piece as `path first line: taken how`. */
export async function taken({
  base,
  patch,
  upstream,
  title = 'Mine',
  isTheirs,
  parts,
  brought = '',
}: TakenRow) {
  const workspace = new Workspace()
  const entry = (text: string | undefined): Entry | undefined =>
    text === undefined ? undefined : { mode: '100644', oid: workspace.put(splitLines(text)) }
  const changesTo = (before: Texts, after: Texts) =>
    Object.entries(after).map(([path, text]) => ({
      ...{ path, to: path, before: entry(before[path]), after: entry(text) },
    }))
  let now = base
  const commits = Object.entries(upstream).map(([message, files]): LoggedCommit => {
    const changes = changesTo(now, files)
    now = { ...now, ...files }
    return { oid: blobOid(Buffer.from(message)), parents: [], author: BOB, committer: BOB, message, changes }
  })
  const changes = changesTo(base, patch)
  const bag = (texts: readonly string[]) => sumOf(texts.map((text) => bagOf(spelledLines(splitLines(text)))))
  const paths = Object.keys(patch)
  const lines = {
    base: bag(paths.map((path) => base[path] ?? '')),
    release: bag(paths.map((path) => now[path] ?? '')),
    texts: new Map(paths.map((path) => [path, [splitLines(now[path] ?? '')]])),
  }
  const author = isTheirs ? BOB : ADA
  const sum = Object.entries(parts ?? {}).map(([message, files]) => ({
    ...{ message, author, changes: changesTo(base, files) },
  }))
  const asked = {
    ...{ changes, written: { message: title, author }, lines, later: new Map(), brought: bag([brought]) },
    history: { commits: commits.toReversed(), paths: new Set(paths) },
    ...(parts ? { parts: sum } : {}),
  }
  const world = {
    readBlobs: () => Promise.resolve(new Map<Oid, Uint8Array>()),
    log: () => Promise.resolve([]),
  }
  const found = await converse(findTaken(asked, workspace), world, undefined)
  const subjectOf = (oid: Oid) => commits.find((each) => each.oid === oid)?.message
  return (
    found && {
      ...{ isReviewed: found.isReviewed, share: Math.round(found.share * 100) / 100 },
      whole: found.whole && [
        ...[found.whole.verdict, found.whole.tie, ...found.whole.commits.map(subjectOf)],
        ...[...found.whole.rest].map((path) => `without ${path}`),
      ],
      reason: found.whole?.reason,
      pieces: found.fates.map(({ file, unit, taken: isTaken, how = '', by, undoneBy }) =>
        [file.change.path, unit.lines[0], ...(isTaken ? [how, by?.message] : []), undoneBy?.message]
          .filter((each) => each !== undefined)
          .join(': '),
      ),
    }
  )
}
