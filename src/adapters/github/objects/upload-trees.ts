import { defined } from '../../../core/model/defined.ts'
import { hashObject, type Oid } from '../../../core/model/oid.ts'
import { Refusal } from '../../../core/model/problem.ts'
import { notShown } from '../api/not-shown.ts'
import { findExisting } from './fetch-commits.ts'
import type { Folder } from './folder.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

/** What the trees to be written are made of, and what of that GitHub has. */
export interface Stock {
  /** Folders GitHub has. What turns out missing is taken out. */
  readonly remote: Set<Oid>
  /** Contents made here that GitHub does not have yet. */
  readonly pending: Map<Oid, Uint8Array>
  /** Contents that were sent in this sitting. */
  readonly sent: Set<Oid>
  /** Contents of blobs that turn out missing. */
  supply(this: void, oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>>
}

/** Contents that stand in several trees are sent once, before, when that saves more than a request costs. */
const WORTH_A_REQUEST = 32 * 1024
/** GitHub failed above 40 MB a request; far below it a request stays quick. */
const MOST_AT_ONCE = 4 * 1024 * 1024

/**
 * Writes trees in as few requests as can be: one for all of them, with new contents in it and everything GitHub has named
 * by id. Several trees travel as folders of one tree, which nothing ever points to.
 */
export async function uploadTrees(api: RepositoryApi, roots: readonly Folder[], stock: Stock): Promise<void> {
  const open = roots.filter((root) => !stock.remote.has(root.oid))
  if (open.length === 0) return
  await sendContents(api, open, stock)
  try {
    await postTrees(api, open, stock)
  } catch (error) {
    if (!isUnreachable(error)) throw error
    await supplyMissing(api, open, stock)
    await sendContents(api, open, stock)
    const named = open.flatMap((root) => namedIn(root, stock)).map(({ sha }) => sha)
    await postTrees(api, open, stock).catch((again) =>
      lateOr(api, again, { named, isOurs: (oid) => stock.sent.has(oid) }),
    )
  }
  for (const root of open) settle(root, stock)
}

/** Writes contents, several as files of one tree that nothing points to, what is no text one by one. */
export async function uploadContents(api: RepositoryApi, oids: readonly Oid[], stock: Stock): Promise<void> {
  let batch: TreeEntry[] = []
  let size = 0
  const send = async () => {
    if (batch.length > 0) await api.request('POST /git/trees', { tree: batch })
    batch = []
    size = 0
  }
  for (const oid of oids) {
    const bytes = stock.pending.get(oid)
    if (!bytes) continue
    const content = textOf(bytes)
    if (content === undefined) await postBlob(api, { oid, bytes })
    else {
      if (size + bytes.length > MOST_AT_ONCE) await send()
      batch.push({ path: oid, mode: '100644', type: 'blob', content })
      size += bytes.length
    }
  }
  await send()
  for (const oid of oids) {
    stock.pending.delete(oid)
    stock.sent.add(oid)
  }
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof Refusal && error.problems.some(({ code }) => code === 'object-not-reachable')
}

/** Waits between tries where a replica may not show yet what was just written; milliseconds. */
const LAG = [300, 1_000, 3_000]

/** Tries again while GitHub does not find what was written a moment ago. */
export async function despiteLag<T>(api: RepositoryApi, attempt: () => Promise<T>): Promise<T> {
  for (const wait of LAG) {
    try {
      return await attempt()
    } catch (error) {
      if (!isUnreachable(error)) throw error
      await api.pause(wait)
    }
  }
  return attempt()
}

/** Fails for what was to be written: where GitHub lacks nothing but what we sent, that is only late; it is anything else that it does not have. */
export async function lateOr(
  api: RepositoryApi,
  error: unknown,
  { named, isOurs }: { readonly named: readonly Oid[]; isOurs(this: void, oid: Oid): boolean },
): Promise<never> {
  if (!isUnreachable(error)) throw error
  const existing = await findExisting(api, [...new Set(named)])
  const missing = named.filter((oid) => !existing.has(oid))
  throw missing.every(isOurs) ? notShown(api, named.join(', ')) : error
}

interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly sha?: Oid
  readonly content?: string
}

/** Sends on their own the contents that cannot, or should not, travel inside the trees. */
async function sendContents(api: RepositoryApi, roots: readonly Folder[], stock: Stock): Promise<void> {
  const uses = new Map<Oid, number>()
  for (const root of roots) for (const oid of newBlobs(root, stock)) uses.set(oid, (uses.get(oid) ?? 0) + 1)
  const sizeOf = (oid: Oid) => stock.pending.get(oid)?.length ?? 0
  const oids = [...uses.keys()]
  const total = sum(oids.map((oid) => sizeOf(oid) * (uses.get(oid) ?? 1)))
  const repeated = sum(oids.map((oid) => sizeOf(oid) * ((uses.get(oid) ?? 1) - 1)))
  const isApart = (oid: Oid) =>
    total > MOST_AT_ONCE ||
    (repeated > WORTH_A_REQUEST && (uses.get(oid) ?? 1) > 1) ||
    textOf(stock.pending.get(oid)) === undefined
  await uploadContents(api, oids.filter(isApart), stock)
}

async function postTrees(api: RepositoryApi, roots: readonly Folder[], stock: Stock): Promise<void> {
  const [only] = roots
  const names = roots.map((_, index) => `t${String(index).padStart(3, '0')}`)
  const isOne = roots.length === 1
  const tree = roots.flatMap((root, index) => entriesOf(root, isOne ? '' : `${names[index]}/`, stock))
  const wanted = isOne && only ? only.oid : bundleOid(roots, names)
  const { data } = await despiteLag(api, () => api.request<{ sha: Oid }>('POST /git/trees', { tree }))
  // Every id below goes into this one, so that it alone tells whether GitHub understood us.
  if (data.sha !== wanted) throw new Error(`GitHub made tree ${data.sha} of what is ${wanted}`)
}

function entriesOf(folder: Folder, prefix: string, stock: Stock): TreeEntry[] {
  return folder.rows.flatMap(({ name, mode, oid }): TreeEntry[] => {
    const path = prefix + name
    const inner = folder.folders.get(name)
    if (inner && mode === '040000')
      return stock.remote.has(oid)
        ? [{ path, mode, type: 'tree', sha: oid }]
        : entriesOf(inner, `${path}/`, stock)
    if (mode === '160000') return [{ path, mode, type: 'commit', sha: oid }]
    const content = textOf(stock.pending.get(oid))
    return [
      { path, mode, type: 'blob', ...defined({ sha: content === undefined ? oid : undefined, content }) },
    ]
  })
}

/** The id of the tree that holds these under these names, which are in git's order. */
function bundleOid(roots: readonly Folder[], names: readonly string[]): Oid {
  const lines = roots.flatMap(({ oid }, index) => [
    Buffer.from(`40000 ${names[index]}\0`),
    Buffer.from(oid, 'hex'),
  ])
  return hashObject('tree', Buffer.concat(lines))
}

/** Finds out what GitHub lacks of all that the trees name, and has it supplied; so does a copy that is no fork. */
async function supplyMissing(api: RepositoryApi, roots: readonly Folder[], stock: Stock): Promise<void> {
  for (let isComplete = false; !isComplete;) {
    const named = roots.flatMap((root) => namedIn(root, stock))
    const oids = [...new Set(named.map(({ sha }) => sha))]
    const existing = await findExisting(api, oids)
    const missing = new Set(oids.filter((oid) => !existing.has(oid)))
    const folders = named.filter((each) => each.type === 'tree' && missing.has(each.sha))
    for (const { sha } of folders) stock.remote.delete(sha)
    const blobs = named.filter((each) => each.type === 'blob' && missing.has(each.sha)).map(({ sha }) => sha)
    for (const [oid, bytes] of await stock.supply([...new Set(blobs)])) stock.pending.set(oid, bytes)
    // A folder that was opened names others, which may be missing as well.
    isComplete = folders.length === 0
  }
}

/** What a tree names by id, and GitHub has to have. */
function namedIn(root: Folder, stock: Stock): readonly (TreeEntry & { readonly sha: Oid })[] {
  return entriesOf(root, '', stock).flatMap((each) =>
    each.sha !== undefined && each.type !== 'commit' ? [{ ...each, sha: each.sha }] : [],
  )
}

function newBlobs(folder: Folder, stock: Stock, found = new Set<Oid>()): Set<Oid> {
  for (const { name, mode, oid } of folder.rows) {
    const inner = folder.folders.get(name)
    if (inner && mode === '040000') {
      if (!stock.remote.has(oid)) newBlobs(inner, stock, found)
    } else if (stock.pending.has(oid)) found.add(oid)
  }
  return found
}

/** GitHub has these now. */
function settle(folder: Folder, stock: Stock): void {
  stock.remote.add(folder.oid)
  for (const { oid } of folder.rows) stock.pending.delete(oid)
  for (const inner of folder.folders.values()) if (!stock.remote.has(inner.oid)) settle(inner, stock)
}

async function postBlob(api: RepositoryApi, { oid, bytes }: { oid: Oid; bytes: Uint8Array }): Promise<void> {
  const content = Buffer.from(bytes).toString('base64')
  const { data } = await api.request<{ sha: Oid }>('POST /git/blobs', { content, encoding: 'base64' })
  if (data.sha !== oid) throw new Error(`GitHub made blob ${data.sha} of what is ${oid}`)
}

/** The text these bytes are the UTF-8 of; `undefined` where they are none. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
