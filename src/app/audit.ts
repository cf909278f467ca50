import { auditTree } from '../core/audit/audit.ts'
import { audited, type ClusterToAudit } from '../core/audit/audited.ts'
import { blobsForAudit } from '../core/audit/blobs-for-audit.ts'
import { componentGrid, type GridRow } from '../core/audit/component-grid.ts'
import type { Finding } from '../core/audit/finding.ts'
import { findArchitectures } from '../core/inventory/architectures.ts'
import { filesOf, findInventories, type Inventory } from '../core/inventory/locate.ts'
import { readSettings, type InventorySettings } from '../core/inventory/variables.ts'
import type { Architecture } from '../core/model/arch.ts'
import type { Oid } from '../core/model/oid.ts'
import { nearest } from '../core/model/nearest.ts'
import { Refusal } from '../core/model/problem.ts'
import type { Tree } from '../core/model/tree.ts'
import { decodeText } from '../core/text/lines.ts'
import type { FileValues } from '../core/yaml/read-values.ts'
import type { ObjectReader, ObjectStore } from '../ports/objects.ts'
import { findSeries } from './find-series.ts'
import { readRepository } from './read-repository.ts'

export interface AuditOptions {
  /** Empty or absent: what the inventories tell, else amd64 and arm64. */
  readonly architectures?: readonly Architecture[]
  /** Folders of inventories; absent: those that are found. */
  readonly inventories?: readonly string[]
  /** The tree of the release that the patches are made on. */
  readonly release?: Tree
}

export interface AuditRequest extends AuditOptions {
  /** A branch, or whatever git understands; the default branch where it is absent. */
  readonly rev?: string
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes?: readonly string[]
}

/** What was looked at, and what was found. */
export interface Audit {
  readonly architectures: readonly Architecture[]
  /** Where the architectures come from. */
  readonly architecturesFrom: 'request' | 'inventory' | 'assumed'
  readonly inventories: readonly string[]
  /** Heaviest first. */
  readonly findings: readonly Finding[]
  /** Components by architecture, as the first inventory has them. */
  readonly grid: readonly GridRow[]
}

/** Judges what a revision of a repository would run on every architecture. Nothing is written. */
export async function audit(store: ObjectStore, request: AuditRequest): Promise<Audit> {
  const { head, release } = await whatToAudit(store, request)
  const options = release ? { ...request, release } : request
  return auditFiles(store, await store.readTree(head), options)
}

/** The commit in question, and the release it stands on where that can be found out. */
async function whatToAudit(
  store: ObjectStore,
  { rev, upstreamRemotes = [] }: AuditRequest,
): Promise<{ readonly head: Oid; readonly release?: Tree }> {
  const repository = await unlessRefused(readRepository(store, upstreamRemotes))
  const wanted = rev ?? repository?.defaultBranch ?? 'HEAD'
  const head = repository?.branches.get(wanted) ?? (await store.resolve(wanted))?.oid
  if (!head)
    throw new Refusal({
      code: 'unknown-revision',
      message: `I find no \`${wanted}\` in this repository: name a branch, a tag or a commit.`,
    })
  const isRelease = repository && [...repository.releases.values()].includes(head)
  if (!repository || isRelease || (await store.resolve(head))?.type !== 'commit') return { head }
  const fork = await unlessRefused(findSeries(store, { ...repository, head }))
  return fork ? { head, release: fork.baseTree } : { head }
}

/** What no release is known of, or of another layout, can be audited as well; only what it stands on is not known then. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Judges a tree, be it in the store or only about to be. */
export async function auditFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  options: AuditOptions,
): Promise<Audit> {
  const { clusters, ...told } = await readClusters(store, tree, options)
  const { release } = options
  const wanted = [...blobsForAudit(tree), ...(release ? blobsForAudit(release) : [])]
  const blobs = await store.readBlobs([...new Set(wanted)])
  const read = new Map<Oid, FileValues>()
  const findings = auditTree({
    tree: { tree, blobs, read },
    clusters,
    ...(release ? { release: { tree: release, blobs, read } } : {}),
  })
  const [first] = clusters
  return { ...told, findings, grid: first ? componentGrid(audited({ tree, blobs, read }, first)) : [] }
}

/** The clusters of a tree, one for each inventory, or one of nothing but defaults. */
export interface Clusters extends Omit<Audit, 'findings' | 'grid'> {
  readonly clusters: readonly ClusterToAudit[]
}

/** Reads the inventories that were asked for, or all there are. */
export async function readClusters(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  options: AuditOptions,
): Promise<Clusters> {
  const inventories = chooseInventories(findInventories(tree, options.release), options.inventories)
  const oids = inventories.flatMap(filesOf).map((path) => tree.get(path)?.oid)
  const blobs = await store.readBlobs([...new Set(oids.filter((oid) => oid !== undefined))])
  const settings = inventories.map((each) => readSettings(each, textsOf(each, tree, blobs)))
  const { architectures, from } = architecturesOf(settings, options.architectures ?? [])
  const clusters = settings.map((each) => ({ architectures, settings: each }))
  return {
    architectures,
    architecturesFrom: from,
    inventories: inventories.map(({ path }) => path),
    clusters: clusters.length > 0 ? clusters : [{ architectures }],
  }
}

function chooseInventories(
  found: readonly Inventory[],
  wanted: readonly string[] | undefined,
): readonly Inventory[] {
  if (!wanted || wanted.length === 0) return found
  return wanted.map((path) => {
    const inventory = found.find((each) => each.path === path)
    if (inventory) return inventory
    const meant = nearest(
      path,
      found.map((each) => each.path),
    )
    throw new Refusal({
      code: 'unknown-inventory',
      message: `There is no inventory in \`${path}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
    })
  })
}

function textsOf(
  inventory: Inventory,
  tree: Tree,
  blobs: ReadonlyMap<Oid, Uint8Array>,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const path of filesOf(inventory)) {
    const bytes = blobs.get(tree.get(path)?.oid as Oid)
    const text = bytes && decodeText(bytes)
    if (text !== undefined) texts.set(path, text)
  }
  return texts
}

/** A cluster of whose nodes nobody says anything is taken for what Kubespray is mostly used for in a mix. */
function architecturesOf(
  settings: readonly InventorySettings[],
  wanted: readonly Architecture[],
): { architectures: readonly Architecture[]; from: Audit['architecturesFrom'] } {
  if (wanted.length > 0) return { architectures: wanted, from: 'request' }
  const told = [...new Set(settings.flatMap((each) => findArchitectures(each).architectures))]
  // One that is named says nothing of the nodes that are not: amd64 goes without saying.
  if (told.length > 0)
    return { architectures: [...new Set<Architecture>(['amd64', ...told])], from: 'inventory' }
  return { architectures: ['amd64', 'arm64'], from: 'assumed' }
}
