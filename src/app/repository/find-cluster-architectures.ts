import type { ArchitectureEvidence } from '../../core/inventory/find-architectures.ts'
import type { InventorySettings } from '../../core/inventory/read-settings.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import { ARCHITECTURES, readArchitecture, type Architecture } from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Series } from '../../core/series/series.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from './read-clusters.ts'

/** The architectures a plan counts on, and what tells them. */
export interface ArchitecturesFound {
  /** In the order of `ARCHITECTURES`. */
  readonly architectures: readonly Architecture[]
  /** `nothing`: nothing tells any, and amd64 is what Kubespray takes then as well. */
  readonly from: 'config' | 'inventory' | 'patches' | 'nothing'
  /** Names of variables and groups, or titles of patches, as they are written. */
  readonly evidence: readonly string[]
}

interface ArchitecturesQuestion {
  readonly config: Pick<Config, 'architectures'>
  readonly clusters: readonly Cluster[]
  readonly series: Series
}

/** The config says which architectures there are, else the inventories, else the patches: whoever patches for ARM has ARM nodes. */
export async function findClusterArchitectures(
  store: Pick<ObjectReader, 'readBlobs'>,
  { config, clusters, series }: ArchitecturesQuestion,
): Promise<ArchitecturesFound> {
  if (config.architectures.length > 0) return found('config', config.architectures, [])
  const told = clusters.map(inInventory)
  if (told.some(({ names }) => names.length > 0)) {
    const architectures = told.flatMap((each) => each.architectures)
    return found(
      'inventory',
      architectures,
      told.flatMap(({ names }) => names),
    )
  }
  const patched = await inPatches(store, series)
  if (patched.size === 0) return found('nothing', ['amd64'], [])
  // Kubespray began on amd64; a patch adds the others.
  const architectures: readonly Architecture[] = ['amd64', ...[...patched.values()].flat()]
  return found('patches', architectures, [...patched.keys()])
}

/** The architectures beside amd64 that patches are for. */
export async function patchedArchitectures(
  store: Pick<ObjectReader, 'readBlobs'>,
  series: Series,
): Promise<readonly Architecture[]> {
  return [...(await inPatches(store, series)).values()].flat()
}

function found(
  from: ArchitecturesFound['from'],
  architectures: readonly Architecture[],
  evidence: readonly string[],
): ArchitecturesFound {
  const sorted = ARCHITECTURES.filter((each) => architectures.includes(each))
  return { from, architectures: sorted, evidence: [...new Set(evidence)] }
}

interface Told {
  readonly architectures: readonly Architecture[]
  readonly names: readonly string[]
}

/** Where some hosts are said to be of another architecture and the rest are not mentioned, the rest are amd64. */
function inInventory({ settings, facts }: Cluster): Told {
  const { architectures, evidence } = facts.architectures
  const names = evidence.map(({ because }) => because)
  if (evidence.length === 0) return { architectures, names }
  const told = new Set(evidence.flatMap((each) => hostsToldBy(each, settings)))
  const rest = hostsBelow('all', settings).some((host) => !told.has(host))
  return { architectures: rest ? [...architectures, 'amd64'] : architectures, names }
}

/** The hosts a piece of evidence speaks of: one host, or all of a group. */
function hostsToldBy({ scope }: ArchitectureEvidence, settings: InventorySettings): readonly string[] {
  return scope.kind === 'host' ? [scope.name] : hostsBelow(scope.name, settings)
}

/** `k8s_cluster` has what its nodes' groups have, whether the inventory says so or not. */
function hostsBelow(group: string, { hosts, children }: InventorySettings): readonly string[] {
  if (group === 'all' || group === 'k8s_cluster') return [...new Set([...hosts.values()].flat())]
  const groups = new Set([group])
  // A set is walked in the order of insertion, what is added on the way included.
  for (const each of groups) for (const child of children.get(each) ?? []) groups.add(child)
  return [...groups].flatMap((each) => hosts.get(each) ?? [])
}

/** By the title of each patch: the architectures that lines of it name. */
async function inPatches(
  store: Pick<ObjectReader, 'readBlobs'>,
  { patches }: Series,
): Promise<ReadonlyMap<string, readonly Architecture[]>> {
  const changes = patches.flatMap((patch) => patch.changes.map((change) => ({ patch, ...change })))
  const texts = changes.filter(({ after }) => after && after.mode !== '160000')
  const oids = texts.flatMap(({ before, after }) => [before, after]).flatMap((entry) => entry?.oid ?? [])
  const blobs = await store.readBlobs([...new Set(oids)])
  const told = new Map<string, readonly Architecture[]>()
  for (const { patch, before, after } of texts) {
    const named = namedIn(addedLines(blobs, before?.oid, after?.oid))
    if (named.length > 0) told.set(patch.title, [...(told.get(patch.title) ?? []), ...named])
  }
  return told
}

function addedLines(
  blobs: ReadonlyMap<Oid, Uint8Array>,
  before: Oid | undefined,
  after: Oid | undefined,
): readonly string[] {
  const known = new Set(linesOf(blobs, before))
  return linesOf(blobs, after).filter((line) => !known.has(line))
}

function linesOf(blobs: ReadonlyMap<Oid, Uint8Array>, oid: Oid | undefined): readonly string[] {
  const bytes = oid && blobs.get(oid)
  return splitLines((bytes && decodeText(bytes)) ?? '').map((line) => line.trim())
}

/** Other architectures than amd64, as whole words: `linux-arm64`, `image_arch == 'arm'`, but not `alarm`. */
function namedIn(lines: readonly string[]): readonly Architecture[] {
  const words = lines.flatMap((line) => line.match(WORDS) ?? [])
  const named = words.flatMap((word) => readArchitecture(word) ?? [])
  return [...new Set(named)].filter((each) => each !== 'amd64')
}

const WORDS = /(?<![a-z0-9])(?:arm64|aarch64|arm|armhf|armv[67]l?|ppc64le|ppc64el|s390x)(?![a-z0-9])/gi
