import { defined, optional } from '../../core/model/defined.ts'
import { auditCluster, imagesToAsk, openCluster, type Known } from '../../core/audit/whole/audit-tree.ts'
import { type Witnesses } from '../../core/audit/witnesses.ts'
import type { ClusterToAudit } from '../../core/audit/audited.ts'
import { blobsForAudit, blobsToCompare } from '../../core/audit/whole/blobs-for-audit.ts'
import { componentGrid, type GridRow } from '../../core/audit/whole/component-grid.ts'
import { inOrder, type Finding } from '../../core/audit/finding.ts'
import {
  missingImages,
  partsToAsk,
  withParts,
  type MissingImage,
} from '../../core/audit/whole/missing-images.ts'
import { wordFindings } from '../../core/explain/word-findings.ts'
import { findArchitectures } from '../../core/inventory/find-architectures.ts'
import { filesOf, findInventories, type Inventory } from '../../core/inventory/find-inventories.ts'
import { noText } from '../../core/inventory/no-text.ts'
import { readSettings, type InventorySettings } from '../../core/inventory/read-settings.ts'
import { ARCHITECTURES, type Architecture } from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import { nearest } from '../../core/model/nearest.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { findSeries, type Fork } from '../repository/find-series.ts'
import { patchedArchitectures } from '../repository/find-cluster-architectures.ts'
import { witnessesOf, type StandsOn } from './witnesses-of.ts'
import { configAt } from '../repository/read-config-at.ts'
import { readRepository } from '../repository/read-repository.ts'
import { refuseWithoutKubespray } from './refuse-without-kubespray.ts'

/** What tells the architectures of a cluster. */
export type ArchitecturesFrom = 'request' | 'config' | 'inventory' | 'patches' | 'assumed'

export interface AuditOptions {
  /** Empty or absent: what the inventories tell, else what the patches are for, else amd64 and arm64. */
  readonly architectures?: readonly Architecture[]
  /** Who named these; whoever asks where it is absent. */
  readonly architecturesFrom?: 'request' | 'config'
  /** The architectures that the fork's patches are for. */
  readonly patched?: readonly Architecture[]
  /** Folders of inventories; absent: those that are found. */
  readonly inventories?: readonly string[]
  /** The tree of the release that the patches are made on. */
  readonly release?: Tree
  /** Who is asked which architectures images exist for; nobody where it is absent. */
  readonly registry?: ImageRegistry
  /** What the releases beside the one the tree stands on say of the files it downloads. */
  readonly witnesses?: Witnesses
}

interface AuditRequest extends AuditOptions {
  /** A branch, or whatever git understands; the default branch where it is absent. */
  readonly rev?: string
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes?: readonly string[]
}

/** What was looked at, and what was found. */
export interface Audit {
  readonly architectures: readonly Architecture[]
  /** Where the architectures come from. */
  readonly architecturesFrom: ArchitecturesFrom
  readonly inventories: readonly string[]
  /** Whether registries were asked which architectures the images exist for. */
  readonly images: 'asked' | 'not-asked'
  /** Heaviest first. */
  readonly findings: readonly Finding[]
  /** Components by architecture, as the first inventory has them. */
  readonly grid: readonly GridRow[]
  /** Images that lack an architecture by their registries, with what could be put together instead. */
  readonly missing: readonly MissingImage[]
}

/** Judges what a revision of a repository would run on every architecture. Nothing is written. */
export async function audit(store: ObjectStore, request: AuditRequest): Promise<Audit> {
  const { head, fork, ...place } = await whatToAudit(store, request)
  const tree = await store.readTree(head)
  await refuseWithoutKubespray(store, tree)
  const options: AuditOptions = {
    ...request,
    ...(await wishesAt(store, head, request)),
    ...defined({
      release: fork?.baseTree,
      patched: fork && (await patchedArchitectures(store, fork.series)),
      witnesses: place.stands && (await witnessesOf(store, place.stands)),
    }),
  }
  return auditFiles(store, tree, options)
}

/** What the settings at a commit say of architectures and inventories, where the request does not. */
export async function wishesAt(
  store: ObjectReader,
  head: Oid,
  { architectures = [], inventories = [] }: AuditOptions,
): Promise<Pick<AuditOptions, 'architectures' | 'architecturesFrom' | 'inventories'>> {
  const config = await configAt(store, head)
  const isAsked = architectures.length > 0
  return {
    architectures: isAsked ? architectures : config.architectures,
    architecturesFrom: isAsked ? 'request' : 'config',
    inventories: inventories.length > 0 ? inventories : config.inventories,
  }
}

interface Place {
  readonly head: Oid
  readonly fork?: Fork
  /** The release that it is, or stands on. */
  readonly stands?: StandsOn
}

/** The commit in question, and the fork it belongs to where that can be found out. */
async function whatToAudit(store: ObjectStore, { rev, upstreamRemotes = [] }: AuditRequest): Promise<Place> {
  const repository = await unlessRefused(readRepository(store, upstreamRemotes))
  const wanted = rev ?? repository?.defaultBranch ?? 'HEAD'
  const head = repository?.branches.get(wanted) ?? (await store.resolve(wanted))?.oid
  if (!head)
    throw new Refusal({
      code: 'unknown-revision',
      message: `I find no \`${wanted}\` in this repository: name a branch, a tag or a commit.`,
    })
  if (!repository) return { head }
  const { releases } = repository
  const release = [...releases].find(([, commit]) => commit === head)?.[0]
  if (release !== undefined) return { head, stands: { release, releases } }
  if ((await store.resolve(head))?.type !== 'commit') return { head }
  const fork = await unlessRefused(findSeries(store, { ...repository, head }))
  return fork ? { head, fork, stands: { release: fork.base.release, releases } } : { head }
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

/** Judges a tree, be it in the store or only about to be. Refuses one that holds no Kubespray. */
export async function auditFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  options: AuditOptions,
): Promise<Audit> {
  await refuseWithoutKubespray(store, tree)
  const { clusters, ...told } = await readClusters(store, tree, options)
  const { release, witnesses } = options
  const compared = release ? [...blobsForAudit(release), ...blobsToCompare(tree, release)] : []
  const wanted = [...blobsForAudit(tree), ...compared]
  const blobs = await store.readBlobs([...new Set(wanted)])
  const read = new Map<Oid, FileValues>()
  const open = clusters.map((cluster) => openCluster({ tree, blobs, read }, cluster))
  const images = await options.registry?.ask(imagesToAsk(open))
  const known: Known = {
    ...optional(release, (release) => ({ release: { tree: release, blobs, read } })),
    ...defined({ images }),
    ...defined({ witnesses }),
  }
  const found = open.map((cluster) => auditCluster(cluster, known))
  const [first] = open
  const missing = images ? missingImages(open, images) : []
  return {
    ...told,
    images: images ? 'asked' : 'not-asked',
    findings: wordFindings(inOrder(found.flat())),
    grid: first ? componentGrid(first, found[0] ?? [], images) : [],
    missing: await withTheirParts(missing, told.architectures, options.registry),
  }
}

/** Registries are asked a second time only where something is missing. */
async function withTheirParts(
  missing: readonly MissingImage[],
  architectures: readonly Architecture[],
  registry: ImageRegistry | undefined,
): Promise<readonly MissingImage[]> {
  if (!registry || missing.length === 0) return missing
  return withParts(missing, architectures, await registry.ask(partsToAsk(missing)))
}

/** The clusters of a tree, one for each inventory, or one of nothing but defaults. */
interface Clusters extends Omit<Audit, 'findings' | 'grid' | 'images' | 'missing'> {
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
  const settings = inventories.map((each) => settingsOf(each, tree, blobs))
  const { architectures, from } = architecturesOf(settings, options)
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

function settingsOf(
  inventory: Inventory,
  tree: Tree,
  blobs: ReadonlyMap<Oid, Uint8Array>,
): InventorySettings {
  const settings = readSettings(inventory, textsOf(inventory, tree, blobs))
  const binary = filesOf(inventory).flatMap((path) => {
    const bytes = blobs.get(tree.get(path)?.oid as Oid)
    return bytes && decodeText(bytes) === undefined ? [noText(path, bytes)] : []
  })
  return { ...settings, problems: [...settings.problems, ...binary] }
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
  { architectures = [], architecturesFrom = 'request', patched = [] }: AuditOptions,
): { readonly architectures: readonly Architecture[]; readonly from: ArchitecturesFrom } {
  if (architectures.length > 0) return { architectures, from: architecturesFrom }
  const told = settings.flatMap((each) => findArchitectures(each).architectures)
  // One that is named says nothing of the nodes that are not: amd64 goes without saying.
  if (told.length > 0) return { architectures: withAmd64(told), from: 'inventory' }
  if (patched.length > 0) return { architectures: withAmd64(patched), from: 'patches' }
  return { architectures: ['amd64', 'arm64'], from: 'assumed' }
}

function withAmd64(architectures: readonly Architecture[]): readonly Architecture[] {
  return ARCHITECTURES.filter((each) => each === 'amd64' || architectures.includes(each))
}
