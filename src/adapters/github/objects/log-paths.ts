import { addAllTo, addTo } from '../../../core/model/collections/grouped.ts'
import { createHash } from 'node:crypto'
import type { Commit, LoggedCommit, PathChange } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { sameEntry, type Entry, type Mode } from '../../../core/model/tree.ts'
import type { Cache } from '../../../ports/cache.ts'
import type { LogRange } from '../../../ports/object-store.ts'
import { childrenFirst } from './log-commits.ts'
import type { KnownObjects } from './known-objects.ts'
import { readMode } from './fetch-commits.ts'
import { unread } from '../api/failure-of.ts'
import { notShown } from '../api/not-shown.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage, askInBatches } from '../api/sizes.ts'

/**
 * The log of some paths, by GitHub's history of each path: a range of a thousand commits between two releases costs as
 * many requests as one of ten. Like `git log -- path` it leaves out what a merge has made void, and merges that only bring
 * a change from one parent.
 */
export async function logPaths(
  { api, cache, known }: PathSources,
  { to, not, paths = [] }: LogRange,
): Promise<LoggedCommit[]> {
  const name = createHash('sha256')
    .update([to, ...[...not].sort()].join(' '))
    .digest('hex')
  const keyOf = (path: string) => `path-history:${name}:${path}`
  const kept = await cache.read(paths.map(keyOf))
  const changes = new Map<Oid, PathChange[]>()
  for (const path of paths) {
    const bytes = kept.get(keyOf(path))
    if (bytes) note(changes, decodeChanges(path, bytes))
  }
  const open = paths.filter((path) => !kept.has(keyOf(path)))
  for (const batch of inBatches(open, PATHS_AT_ONCE)) {
    const touching = await findTouching(api, { to, not, paths: batch })
    // Asked for in one turn, both travel in one query; the commits are wanted below.
    const [found] = await Promise.all([
      readChanges(api, touching),
      known.commits([...touching.values()].flat()),
    ])
    note(changes, found)
    await cache.write(new Map(batch.map((path) => [keyOf(path), encodeChanges(path, found)])))
  }
  const commits = await known.commits([...changes.keys()])
  return childrenFirst([...commits.values()]).map(({ oid, parents, author, committer, message }: Commit) => ({
    oid,
    parents,
    author,
    committer,
    message,
    changes: changes.get(oid) ?? [],
  }))
}

interface PathSources {
  readonly api: RepositoryApi
  readonly cache: Cache
  readonly known: KnownObjects
}

/** A history is the dearest thing one can ask of GitHub; so many of them in one query stay well under its ten seconds. */
const PATHS_AT_ONCE = 20

interface Listing {
  readonly oids: Oid[]
  next: string | undefined
}

async function findTouching(
  api: RepositoryApi,
  { to, not, paths = [] }: LogRange,
): Promise<Map<string, readonly Oid[]>> {
  const found = new Map<string, readonly Oid[]>()
  const listings = new Map(
    paths.map((path) => [path, [to, ...not].map((): Listing => ({ oids: [], next: '' }))]),
  )
  for (let open = [...paths]; open.length > 0;) {
    await extend(
      api,
      [to, ...not],
      open.map((path) => ({ path, listings: listings.get(path) ?? [] })),
    )
    open = open.filter((path) => {
      const [wanted, ...others] = listings.get(path) ?? []
      const outside = new Set(others.flatMap(({ oids }) => oids))
      const inside = wanted?.oids.filter((oid) => !outside.has(oid)) ?? []
      found.set(path, inside)
      // Once both meet, everything older is common; a list that has ended needs no more either.
      const haveMet = inside.length < (wanted?.oids.length ?? 0)
      return !haveMet && wanted?.next !== undefined
    })
  }
  return found
}

interface PathListings {
  readonly path: string
  /** One for each tip. */
  readonly listings: readonly Listing[]
}

/** Reads the next page of every list that has one, all in one query where that is not too much. */
async function extend(
  api: RepositoryApi,
  tips: readonly Oid[],
  open: readonly PathListings[],
): Promise<void> {
  await askInBatches(api.sizes, 'path', {
    items: open,
    ask: (batch) => extendBy(api, { tips, open: batch, size: COMMITS_A_PAGE }),
    // A single path with all its tips may still be too much; then its pages get shorter.
    alone: (one) =>
      askForPage(api.sizes, 'history', {
        what: `the history of \`${one.path}\` in ${api.repository.owner}/${api.repository.name}`,
        ask: (size) => extendBy(api, { tips, open: [one], size: Math.ceil(size / SHORTER) }),
      }),
  })
}

const COMMITS_A_PAGE = 100
const SHORTER = 4

async function extendBy(
  api: RepositoryApi,
  { tips, open, size }: { tips: readonly Oid[]; open: readonly PathListings[]; size: number },
): Promise<void> {
  const ofTip = (tip: number) =>
    open.flatMap(({ path, listings }, index) => {
      const next = listings[tip]?.next
      if (next === undefined) return []
      const after = next === '' ? '' : `, after: ${JSON.stringify(next)}`
      return [
        `p${index}: history(first: ${size}, path: ${JSON.stringify(path)}${after}) { nodes { oid } pageInfo { hasNextPage endCursor } }`,
      ]
    })
  const selections = tips.map(
    (oid, tip) => `t${tip}: object(oid: "${oid}") { oid ... on Commit { oid ${ofTip(tip).join(' ')} } }`,
  )
  const answer = await api.select<Record<string, Record<string, HistoryPage | undefined> | null>>(
    selections.join(' '),
  )
  for (const [tip, oid] of tips.entries()) {
    const given = answer[`t${tip}`]
    if (!given?.oid) throw notShown(api, `commit ${oid}`)
    open.forEach(({ listings, path }, index) => {
      const page = given[`p${index}`]
      const listing = listings[tip]
      if (listing?.next === undefined) return
      // Without its page nothing is known of the path, least of all that nothing touched it.
      if (!page) throw unread(`the history of ${path}`, api.now())
      listing.oids.push(...page.nodes.map((node) => node.oid))
      listing.next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined
    })
  }
}

interface HistoryPage {
  readonly nodes: readonly { readonly oid: Oid }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}

type GivenFile = { readonly mode: number; readonly oid: Oid } | null | undefined
type GivenFiles = Readonly<Record<string, GivenFile>>

/** What each commit did at the paths it touched, against its first parent. */
async function readChanges(
  api: RepositoryApi,
  byPath: ReadonlyMap<string, readonly Oid[]>,
): Promise<Map<Oid, PathChange[]>> {
  const touched = new Map<Oid, string[]>()
  for (const [path, oids] of byPath) for (const oid of oids) addTo(touched, oid, path)
  const changes = new Map<Oid, PathChange[]>()
  await askInBatches(api.sizes, 'change', {
    items: [...touched],
    ask: async (batch) => {
      const selections = batch.map(([oid, paths], index) => {
        const files = paths
          .map((path, at) => `f${at}: file(path: ${JSON.stringify(path)}) { mode oid }`)
          .join(' ')
        return `c${index}: object(oid: "${oid}") { oid ... on Commit { ${files} parents(first: 1) { nodes { ${files} } } } }`
      })
      const answer = await api.select<
        Record<string, (GivenFiles & { parents?: { nodes: readonly GivenFiles[] } }) | null>
      >(selections.join(' '))
      batch.forEach(([oid, paths], index) => {
        const given = answer[`c${index}`]
        if (!given?.parents) throw unread(`the files of ${oid}`, api.now())
        const [parent = {}] = given.parents.nodes
        const all = paths.map((path, at) => ({
          path,
          before: readFile(parent[`f${at}`]),
          after: readFile(given[`f${at}`]),
        }))
        changes.set(
          oid,
          all.filter(({ before, after }) => !sameEntry(before, after)),
        )
      })
    },
    alone: ([oid], error) => {
      throw api.sizes.alone(`${oid} of ${api.repository.owner}/${api.repository.name}`, error)
    },
  })
  return changes
}

function note(into: Map<Oid, PathChange[]>, found: ReadonlyMap<Oid, readonly PathChange[]>): void {
  for (const [oid, changes] of found) addAllTo(into, oid, changes)
}

/** A line a commit: its id, and mode and id before and after (`-` where the file was not there). */
function encodeChanges(path: string, found: ReadonlyMap<Oid, readonly PathChange[]>): Uint8Array {
  const text = (entry: Entry | undefined) => (entry ? `${entry.mode} ${entry.oid}` : '- -')
  const lines = [...found].flatMap(([oid, changes]) =>
    changes
      .filter((each) => each.path === path)
      .map(({ before, after }) => `${oid} ${text(before)} ${text(after)}\n`),
  )
  return Buffer.from(lines.join(''))
}

function decodeChanges(path: string, bytes: Uint8Array): Map<Oid, readonly PathChange[]> {
  const entry = (mode = '-', oid = '-') =>
    mode === '-' ? undefined : { mode: mode as Mode, oid: oid as Oid }
  const lines = Buffer.from(bytes).toString().split('\n').slice(0, -1)
  return new Map(
    lines.map((line) => {
      const [oid, ...rest] = line.split(' ')
      return [oid as Oid, [{ path, before: entry(rest[0], rest[1]), after: entry(rest[2], rest[3]) }]]
    }),
  )
}

function readFile(given: GivenFile): Entry | undefined {
  if (!given) return undefined
  const mode = readMode(given.mode.toString(8))
  return mode === '040000' ? undefined : { mode, oid: given.oid }
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
