import { defined, optional } from '../../core/model/defined.ts'
import { auditCluster, imagesToAsk, openCluster, type Known } from '../../core/audit/whole/audit-tree.ts'
import { type Witnesses } from '../../core/audit/witnesses.ts'
import type { ClusterToAudit } from '../../core/audit/audited.ts'
import { blobsForAudit, blobsToCompare } from '../../core/audit/whole/blobs-for-audit.ts'
import { componentGrid, type GridRow } from '../../core/audit/whole/component-grid.ts'
import { type Finding } from '../../core/audit/finding.ts'
import { tellTogether } from '../../core/audit/whole/tell-together.ts'
import {
  missingImages,
  partsToAsk,
  withParts,
  type MissingImage,
} from '../../core/audit/whole/missing-images.ts'
import { preflight } from '../../core/preflight/preflight.ts'
import { ofCluster } from '../../core/explain/trouble/which-cluster.ts'
import { refuseLayout } from '../../core/explain/trouble/refuse-layout.ts'
import type { InsteadOf } from '../../core/explain/pull-request-facts.ts'
import { wordFindings } from '../../core/explain/found/word-findings.ts'
import type { InventorySettings } from '../../core/inventory/read-settings.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { findSeries, type Fork, type FoundSeries } from '../repository/find-series.ts'
import {
  architecturesOf,
  patchedArchitectures,
  type ArchitecturesFound,
} from '../repository/find-cluster-architectures.ts'
import { witnessesOf, type StandsOn } from './witnesses-of.ts'
import { chooseCluster } from '../repository/cluster/choose-cluster.ts'
import { findRevision } from './find-revision.ts'
import { configAt } from '../repository/read-config-at.ts'
import type { FindFork } from '../repository/own-fork.ts'
import { standingAt } from '../repository/read-standing.ts'
import { withSeen } from '../repository/standing.ts'
import { readInventories } from '../repository/read-inventories.ts'
import { readRepository, unlessRefused } from '../repository/read-repository.ts'
import { refuseWithoutKubespray } from './refuse-without-kubespray.ts'

/** What tells the architectures of a cluster. */
type ArchitecturesFrom = ArchitecturesFound['from']

export interface AuditOptions {
  /** Empty or absent: what the inventories tell, else what the patches are for, else what is assumed everywhere. */
  readonly architectures?: readonly Architecture[]
  /** Who named these; whoever asks where it is absent. */
  readonly architecturesFrom?: 'request' | 'config'
  /** The architectures that the fork's patches are for, by the patches' titles. */
  readonly patched?: ReadonlyMap<string, readonly Architecture[]>
  /** Folders or files of inventories; absent: those that are found. */
  readonly inventories?: readonly string[]
  /** Who named these; whoever asks where it is absent. */
  readonly inventoriesFrom?: 'request' | 'config'
  /** Files that only tell how playbooks are run: they are read for that, and not judged. */
  readonly callers?: ReadonlySet<string>
  /** The tree of the release that the patches are made on. */
  readonly release?: Tree
  /** Who is asked which architectures images exist for; nobody where it is absent. */
  readonly registry?: ImageRegistry
  /** What the releases beside the one the tree stands on say of the files it downloads. */
  readonly witnesses?: Witnesses
  readonly progress?: Progress
}

interface AuditRequest extends AuditOptions {
  /** A branch, or whatever git understands; where it is absent, the branch that a plan would take. */
  readonly rev?: string
  /** Which of several clusters in the repository is meant. */
  readonly cluster?: string
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes?: readonly string[]
  /** Opens a fork of the user's own in another repository. */
  readonly forkOf?: FindFork
}

/** What was looked at, and what was found. */
export interface Audit {
  /** The revision that was named or taken, and its commit; absent where files were judged that are no commit yet. */
  readonly of?: { readonly name: string; readonly commit: Oid; readonly insteadOf?: InsteadOf }
  readonly architectures: readonly Architecture[]
  /** Where the architectures come from. */
  readonly architecturesFrom: ArchitecturesFrom
  /** Hosts that sound like others, which is something to ask about. */
  readonly speaking: ArchitecturesFound['speaking']
  readonly inventories: readonly string[]
  /** Whether registries were asked which architectures the images exist for. */
  readonly images: 'asked' | 'not-asked'
  /** How people find a file that was judged, where that is not its path in the repository. */
  readonly pathOf?: (path: string) => string
  /** Heaviest first. */
  readonly findings: readonly Finding[]
  /** Components by architecture, as the first inventory has them. */
  readonly grid: readonly GridRow[]
  /** Images that lack an architecture by their registries, with what could be put together instead. */
  readonly missing: readonly MissingImage[]
}

/** Judges what a revision of a repository would run on every architecture. Nothing is written. */
export async function audit(store: ObjectStore, request: AuditRequest): Promise<Audit> {
  request.progress?.({ code: 'reading-fork' })
  const { head, name, insteadOf, fork, ...place } = await whatToAudit(store, request)
  const tree = place.elsewhere?.headTree ?? (await store.readTree(head))
  await refuseWithoutKubespray(store, tree)
  const options: AuditOptions = {
    ...request,
    ...withSeen(await wishesAt(store, head, request), place.elsewhere),
    ...defined({
      release: fork?.baseTree,
      callers: place.elsewhere?.standing.callers,
      patched: fork && (await patchedArchitectures(store, fork.series)),
      witnesses: place.stands && (await witnessesOf({ objects: store }, place.stands)),
    }),
  }
  return {
    ...(await auditFiles(store, tree, options)),
    of: { name, commit: head, ...defined({ insteadOf }) },
    ...defined({ pathOf: place.elsewhere?.standing.view.shownAt }),
  }
}

/** What the settings at a commit say of architectures and inventories, where the request does not. */
export async function wishesAt(
  store: ObjectReader,
  head: Oid,
  { architectures = [], inventories = [], cluster }: AuditOptions & Pick<AuditRequest, 'cluster'>,
): Promise<Pick<AuditOptions, 'architectures' | 'architecturesFrom' | 'inventories' | 'inventoriesFrom'>> {
  const config = chooseCluster(await configAt(store, head), cluster)
  const isAsked = architectures.length > 0
  const isNamed = inventories.length > 0
  return {
    architectures: isAsked ? architectures : config.architectures,
    architecturesFrom: isAsked ? 'request' : 'config',
    inventories: isNamed ? inventories : config.inventories,
    inventoriesFrom: isNamed ? 'request' : 'config',
  }
}

interface Place {
  readonly head: Oid
  /** As it was named, or the branch that was taken. */
  readonly name: string
  readonly insteadOf?: InsteadOf
  readonly fork?: FoundSeries
  /** Kubespray as it is run from the repository, where its files do not stand at the top. */
  readonly elsewhere?: Fork
  /** The release that it is, or stands on. */
  readonly stands?: StandsOn
}

/** The commit in question, and the fork it belongs to where that can be found out. */
export async function whatToAudit(
  store: ObjectStore,
  {
    rev,
    upstreamRemotes = [],
    forkOf,
    cluster,
  }: Pick<AuditRequest, 'rev' | 'upstreamRemotes' | 'forkOf' | 'cluster'>,
): Promise<Place> {
  // What no release is known of, or of another layout, can be audited as well; only what it stands on is not known then.
  const reading = readRepository(store, upstreamRemotes)
  // What is one cluster's own is not to be told from the rest without upstream's releases.
  const repository = cluster === undefined ? await unlessRefused(reading) : await reading
  const { head, ...called } = await findRevision(store, repository, rev)
  if (!repository) return { head, ...called }
  const { releases } = repository
  const release = [...releases].find(([, commit]) => commit === head)?.[0]
  if (release !== undefined) return { head, ...called, stands: { release, releases } }
  if ((await store.resolve(head))?.type !== 'commit') return { head, ...called }
  const config = chooseCluster(await configAt(store, head, { releases: [...releases.keys()] }), cluster)
  const found = await standingAt(store, repository, { head, config, forkOf })
  if (found.kind === 'elsewhere') {
    const { fork } = found
    return { head, ...called, fork, elsewhere: fork, stands: { release: fork.base.release, releases } }
  }
  if (found.kind === 'unclear') {
    const problem = refuseLayout(found.choice, found.places)
    throw new Refusal(ofCluster(problem, config.cluster?.name))
  }
  const fork = await unlessRefused(findSeries(store, { ...repository, head }))
  return fork
    ? { head, ...called, fork, stands: { release: fork.base.release, releases } }
    : { head, ...called }
}

/** Judges a tree, be it in the store or only about to be. Refuses one that holds no Kubespray. */
export async function auditFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  options: AuditOptions,
): Promise<Audit> {
  await refuseWithoutKubespray(store, tree)
  const { clusters, ...told } = await readClusters(store, tree, options)
  const { release, witnesses, callers = new Set() } = options
  const judged = withChanges(tree, new Map([...callers].map((path) => [path, undefined])))
  const compared = release ? [...blobsForAudit(release), ...blobsToCompare(judged, release)] : []
  const wanted = [...blobsForAudit(judged), ...compared]
  const blobs = await store.readBlobs([...new Set(wanted)])
  const read = new Map<Oid, FileValues>()
  const open = clusters.map((cluster) => openCluster({ tree: judged, blobs, read }, cluster))
  const asked = imagesToAsk(open)
  if (options.registry) options.progress?.({ code: 'asking-registries', images: asked.length })
  const images = await options.registry?.ask(asked)
  options.progress?.({ code: 'auditing' })
  const known: Known = {
    ...optional(release, (release) => ({ release: { tree: release, blobs, read } })),
    ...defined({ images }),
    ...defined({ witnesses }),
  }
  const found = open.map((cluster) => [...preflight(cluster.source), ...auditCluster(cluster, known)])
  const [first] = open
  const missing = images ? missingImages(open, images) : []
  return {
    ...told,
    images: images ? 'asked' : 'not-asked',
    findings: wordFindings(
      tellTogether(found.map((each, at) => ({ inventory: told.inventories[at] ?? '', found: each }))),
    ),
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
  const { inventories } = await readInventories(store, {
    tree,
    base: options.release,
    wanted: options.inventories ?? [],
    wantedBy: options.inventoriesFrom ?? 'request',
  })
  // What cannot be read is told with the rest, and what can is judged.
  const settings = inventories.map((each): InventorySettings => {
    return { ...each.settings, problems: [...each.settings.problems, ...each.noTexts] }
  })
  const { architectures, from, speaking } = architecturesOf({
    wanted: options.architectures ?? [],
    wantedBy: options.architecturesFrom ?? 'request',
    inventories: settings,
    patched: options.patched ?? new Map(),
  })
  const files = settings.map((each) => each.settings.map(({ at }) => at.file))
  const clusters = settings.map((each, at) => ({
    architectures,
    settings: each,
    others: new Set(files.flatMap((own, index) => (index === at ? [] : own))),
  }))
  return {
    architectures,
    architecturesFrom: from,
    speaking,
    inventories: inventories.map(({ inventory }) => inventory.path),
    clusters: clusters.length > 0 ? clusters : [{ architectures }],
  }
}
