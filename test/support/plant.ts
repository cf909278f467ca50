import { blobOid, type Oid } from '../../src/core/model/oid.ts'
import { sameEntry, withChanges, type Tree } from '../../src/core/model/tree.ts'
import { groupPaths } from '../../src/core/series/account/accounted-trees.ts'
import {
  accountFor,
  blobsForAccount,
  type Account,
  type AccountRequest,
} from '../../src/core/series/account/account.ts'
import { diffLines, type Hunk } from '../../src/core/text/diff-lines.ts'
import { isTelling } from '../../src/core/text/line-weight.ts'
import { bareLine, decodeText, splitLines } from '../../src/core/text/split-lines.ts'
import type { ObjectReader } from '../../src/ports/object-store.ts'
import type { Random } from './random.ts'

export const FAULTS = ['dropped', 'doubled', 'brought back'] as const
type Fault = (typeof FAULTS)[number]

/** A fault put into a result, and the lines that an account of it has to name. */
interface Planted {
  readonly request: AccountRequest
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
  readonly file: string
  /** Sorted. */
  readonly expected: readonly string[]
}

/** An account with what it was made of. */
export interface Accounted {
  readonly request: AccountRequest
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
  readonly account: Account
}

export async function accounted(
  store: Pick<ObjectReader, 'readBlobs'>,
  request: AccountRequest,
): Promise<Accounted> {
  const blobs = await store.readBlobs(blobsForAccount(request))
  return { request, blobs, account: accountFor(request, blobs) }
}

/** Puts a fault into one hunk of what carrying did; `undefined` where it did nothing that could be wrong so. */
export function plant(
  { request, blobs, account }: Accounted,
  fault: Fault,
  random: Random,
): Planted | undefined {
  const { head, release, result, patches } = request
  // Of a file that went to another name the release has the lines under the old one.
  const renamed = new Set(
    patches.flatMap(({ files }) => files.flatMap(({ path, to }) => (path === to ? [] : [to]))),
  )
  const text = (tree: Tree, path: string): readonly string[] => {
    const entry = tree.get(path)
    const bytes = entry && entry.mode.startsWith('100') ? blobs.get(entry.oid) : undefined
    return splitLines((bytes && decodeText(bytes)) ?? '')
  }
  const ofFork = new Set([...head.keys()].flatMap((path) => text(head, path).map(bareLine)))
  const hunks = [...result].flatMap(([path, { oid, mode }]) => {
    if (release.get(path)?.oid === oid || !mode.startsWith('100') || !blobs.has(oid)) return []
    if (!release.has(path) && renamed.has(path)) return []
    const [a, b] = [text(release, path), text(result, path)]
    const standing = new Set(b.map(bareLine))
    return diffLines(a, b).flatMap((hunk) => {
      const added = telling(b.slice(hunk.start, hunk.end))
      const removed = telling(a.slice(hunk.from, hunk.to))
      // Lines that moved are taken for such that were changed: what is dropped with them stands elsewhere.
      if (fault === 'dropped' && removed.some((line) => isTelling(line) && standing.has(line))) return []
      // A line that a patch brought and a later one, left open, takes away is nobody's.
      if (fault !== 'brought back' && !added.every((line) => ofFork.has(line))) return []
      // Line ends are no lines: they are planted with whole files.
      if (added.join('\n') === removed.join('\n')) return []
      const has = {
        dropped: added.length + removed.length,
        doubled: added.length,
        'brought back': removed.length,
      }
      return has[fault] > 0 ? [{ path, a, b, hunk }] : []
    })
  })
  if (hunks.length === 0) return undefined
  const { path, a, b, hunk } = hunks[random.below(hunks.length)] as (typeof hunks)[number]
  const bytes = Buffer.from(faulty(a, b, hunk, fault).join(''))
  const oid = blobOid(bytes)
  const entry = { mode: result.get(path)?.mode ?? ('100644' as const), oid }
  return {
    request: { ...request, result: withChanges(result, new Map([[path, entry]])) },
    blobs: new Map([...blobs, [oid, bytes]]),
    file: path,
    expected: expectedOf({ path, a, b, hunk }, fault, { account, ofFork }),
  }
}

function faulty(a: readonly string[], b: readonly string[], hunk: Hunk, fault: Fault): readonly string[] {
  const { from, to, start, end } = hunk
  const [put, gone] = [b.slice(start, end), a.slice(from, to)]
  const middle = { dropped: gone, doubled: [...put, ...put], 'brought back': [...put, ...gone] }
  const lines = [...b.slice(0, start), ...middle[fault], ...b.slice(end)]
  const isOpen = b.length > 0 && !b.at(-1)?.endsWith('\n')
  const last = lines.length - 1
  return lines.map((line, at) => (at === last && isOpen ? line : `${line.replace(/\n$/, '')}\n`))
}

/** A change of a file as a whole undone: its mode, its place, or what is no text. */
export function plantWhole(
  { request, blobs }: Accounted,
  random: Random,
): Pick<Planted, 'request' | 'blobs' | 'file'> | undefined {
  const { base, head, release, result } = request
  const undone = [...new Set([...head.keys(), ...base.keys()])].filter((path) => {
    const [was, is, there, now] = [base, head, release, result].map((tree) => tree.get(path))
    // The fork's alone, and carried: anything else may be told in another way.
    const isOwn = !sameEntry(was, is) && sameEntry(was, there) && sameEntry(is, now)
    return isOwn && (!was || !is || was.mode !== is.mode || !isText(blobs.get(is.oid)))
  })
  if (undone.length === 0) return undefined
  const file = undone[random.below(undone.length)] as string
  const changes = new Map([[file, release.get(file)]])
  return { request: { ...request, result: withChanges(result, changes) }, blobs, file }
}

function isText(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && decodeText(bytes) !== undefined
}

/** Whether an account names more than it did, and something of this file. */
export function namesFile(whole: Accounted, { request, blobs, file }: Omit<Planted, 'expected'>): boolean {
  const known = new Set(whole.account.unplaced.map(({ file: at, text }) => `${at}\0${text}`))
  const paths = groupPaths(request).find((group) => group.includes(file)) ?? [file]
  return accountFor(request, blobs).unplaced.some(
    ({ file: at, text }) => paths.includes(at) && !known.has(`${at}\0${text}`),
  )
}

function telling(lines: readonly string[]): readonly string[] {
  return lines.map(bareLine).filter((line) => line.trim() !== '')
}

interface Place {
  readonly path: string
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly hunk: Hunk
}

function expectedOf(
  { path, a, b, hunk }: Place,
  fault: Fault,
  { account, ofFork }: { readonly account: Account; readonly ofFork: ReadonlySet<string> },
): readonly string[] {
  const removed = telling(a.slice(hunk.from, hunk.to))
  // Of a line that was merged with upstream's words, what the fork wrote is missing.
  const written = new Map(
    account.lines.flatMap(({ side, text, place }) =>
      side === 'added' && place.at === 'result' && place.file === path ? [[place.line, text] as const] : [],
    ),
  )
  const added = b
    .slice(hunk.start, hunk.end)
    .flatMap((line, at) => (line.trim() === '' ? [] : [written.get(hunk.start + at + 1) ?? bareLine(line)]))
  // Upstream's form of what the fork replaced takes its place again: what is missing is the fork's.
  const byFork = new Set(account.lines.flatMap(({ side, text }) => (side === 'removed' ? [text] : [])))
  if (fault === 'doubled') return telling(b.slice(hunk.start, hunk.end)).toSorted()
  // Where nothing is put in its place, upstream's form of it is back, which the fork has nowhere.
  const isBack = (line: string): boolean => byFork.has(line) || (added.length === 0 && !ofFork.has(line))
  const back = fault === 'dropped' ? [...added, ...removed.filter(isBack)] : removed
  return back.toSorted()
}

type Naming = 'exact' | 'ambiguous' | 'more' | 'less' | 'missed'

/**
 * How an account names a plant. `ambiguous`: but for lines that stand in many places, and of which by the account's own reckoning more
 * than one number would be right before the plant or after it, it is named exactly: nothing in the four texts tells them apart.
 */
export function naming(
  whole: Accounted,
  planted: Planted,
): { readonly how: Naming; readonly named: readonly string[] } {
  const after = accountFor(planted.request, planted.blobs)
  const named = namedBeyond(whole.account, after)
    .map(plain)
    .filter((text) => !/^\(.*\)$/.test(text))
    .sort()
  const { expected } = planted
  if (named.join('\n') === expected.join('\n')) return { how: 'exact', named }
  const isTold = (text: string): boolean => !whole.account.ambiguous.has(text) && !after.ambiguous.has(text)
  const telling = expected.filter(isTold)
  if (telling.length > 0 && named.filter(isTold).join('\n') === telling.join('\n'))
    return { how: 'ambiguous', named }
  if (named.length === 0) return { how: 'missed', named }
  return { how: expected.every((text) => named.includes(text)) ? 'more' : 'less', named }
}

/** A line without the mark of an end that most of its file has not; the ends of lines are named beside, in brackets. */
function plain(text: string): string {
  return text.replace(/[\r␊]$/, '')
}

/** What an account names beyond what it named without the plant, sorted. */
function namedBeyond(before: Account, after: Account): readonly string[] {
  const known = new Map<string, number>()
  for (const { text } of before.unplaced) known.set(text, (known.get(text) ?? 0) + 1)
  return after.unplaced
    .flatMap(({ text }) => {
      const left = known.get(text) ?? 0
      known.set(text, left - 1)
      return left > 0 ? [] : [text]
    })
    .sort()
}
