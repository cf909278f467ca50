import { addAllTo } from '../../core/model/collections/grouped.ts'
import { hostsOf } from '../../core/inventory/as-run/hosts-of.ts'
import { expandHosts } from '../../core/inventory/hosts/expand-hosts.ts'
import { speakingHosts, type SpeakingHost } from '../../core/inventory/as-run/speaking-hosts.ts'
import { findArchitectures, type ArchitectureEvidence } from '../../core/inventory/find-architectures.ts'
import type { InventorySettings } from '../../core/inventory/read-settings.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import {
  ARCHITECTURES,
  ASSUMED_ARCHITECTURES,
  readArchitecture,
  type Architecture,
} from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Series } from '../../core/series/series.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from './read-clusters.ts'

/** The architectures that plans, audits and steps count on, and what tells them. */
export interface ArchitecturesFound {
  /** In the order of `ARCHITECTURES`. */
  readonly architectures: readonly Architecture[]
  /** `assumed`: nothing tells any. */
  readonly from: 'request' | 'config' | 'inventory' | 'patches' | 'assumed'
  /** Names of variables and groups, or titles of patches, as they are written. */
  readonly evidence: readonly string[]
  /** Hosts that sound like an architecture which is not among these, or of which nothing is told: something to ask about. */
  readonly speaking: readonly SpeakingHost[]
}

interface ArchitecturesQuestion {
  readonly config: Pick<Config, 'architectures'>
  readonly clusters: readonly Pick<Cluster, 'settings'>[]
  readonly series: Series
}

/** The same with what is known of the patches, by their titles. */
interface ArchitecturesAsked {
  readonly wanted: readonly Architecture[]
  /** Who wants these. */
  readonly wantedBy: 'request' | 'config'
  readonly inventories: readonly InventorySettings[]
  readonly patched: ReadonlyMap<string, readonly Architecture[]>
}

/** The config says which architectures there are, else the inventories, else the patches: whoever patches for ARM has ARM nodes. */
export async function findClusterArchitectures(
  store: Pick<ObjectReader, 'readBlobs'>,
  { config, clusters, series }: ArchitecturesQuestion,
): Promise<ArchitecturesFound> {
  const inventories = clusters.map(({ settings }) => settings)
  const asked = { wanted: config.architectures, wantedBy: 'config', inventories } as const
  const first = architecturesOf({ ...asked, patched: new Map() })
  if (first.from !== 'assumed') return first
  return architecturesOf({ ...asked, patched: await patchedArchitectures(store, series) })
}

/** The one answer to which architectures there are; nothing is read for it. */
export function architecturesOf({
  wanted,
  wantedBy,
  inventories,
  patched,
}: ArchitecturesAsked): ArchitecturesFound {
  const spoken = inventories.flatMap(speakingHosts)
  if (wanted.length > 0) return found(wantedBy, wanted, { evidence: [], spoken: [] })
  const told = inventories.map(inInventory)
  const evidence = told.flatMap(({ names }) => names)
  if (evidence.length > 0) {
    return found(
      'inventory',
      told.flatMap((each) => each.architectures),
      { evidence, spoken },
    )
  }
  if (patched.size === 0) return found('assumed', ASSUMED_ARCHITECTURES, { evidence, spoken })
  // Kubespray began on amd64; a patch adds the others.
  return found('patches', ['amd64', ...[...patched.values()].flat()], {
    evidence: [...patched.keys()],
    spoken,
  })
}

function found(
  from: ArchitecturesFound['from'],
  architectures: readonly Architecture[],
  { evidence, spoken }: { readonly evidence: readonly string[]; readonly spoken: readonly SpeakingHost[] },
): ArchitecturesFound {
  const sorted = ARCHITECTURES.filter((each) => architectures.includes(each))
  const isNews = (each: SpeakingHost): boolean => from === 'assumed' || !sorted.includes(each.architecture)
  return { from, architectures: sorted, evidence: [...new Set(evidence)], speaking: spoken.filter(isNews) }
}

interface Told {
  readonly architectures: readonly Architecture[]
  readonly names: readonly string[]
}

/** Where some hosts are said to be of another architecture and the rest are not mentioned, the rest are amd64. */
function inInventory(settings: InventorySettings): Told {
  const { architectures, evidence } = findArchitectures(settings)
  const names = evidence.map(({ because }) => because)
  if (evidence.length === 0) return { architectures, names }
  const told = new Set(evidence.flatMap((each) => hostsToldBy(each, settings)))
  const rest = hostsBelow('all', settings).some((host) => !told.has(host))
  return { architectures: rest ? [...architectures, 'amd64'] : architectures, names }
}

/** The hosts a piece of evidence speaks of: one host or a range of them, or all of a group. */
function hostsToldBy({ scope }: ArchitectureEvidence, settings: InventorySettings): readonly string[] {
  return scope.kind === 'host' ? expandHosts(scope.name) : hostsBelow(scope.name, settings)
}

/** `k8s_cluster` has what its nodes' groups have, whether the inventory says so or not. */
function hostsBelow(group: string, settings: InventorySettings): readonly string[] {
  return hostsOf(settings, group === 'k8s_cluster' ? 'all' : group)
}

/**
 * By the title of each patch: the architectures beside amd64 that its lines in upstream's files name, and the names of the files it
 * adds. What stands in a file that it adds is told of no node: a second copy of the release and a list of downloads name them all.
 */
export async function patchedArchitectures(
  store: Pick<ObjectReader, 'readBlobs'>,
  { patches }: Series,
): Promise<ReadonlyMap<string, readonly Architecture[]>> {
  const changes = patches.flatMap((patch) => patch.changes.map((change) => ({ patch, ...change })))
  const texts = changes.filter(({ after }) => after && after.mode !== '160000')
  const oids = texts.flatMap(({ before, after }) => (before && after ? [before.oid, after.oid] : []))
  const blobs = await store.readBlobs([...new Set(oids)])
  const told = new Map<string, Architecture[]>()
  for (const { patch, path, before, after } of texts) {
    const named = namedIn(before ? addedLines(blobs, before.oid, after?.oid) : [path])
    if (named.length > 0) addAllTo(told, patch.title, named)
  }
  return told
}

function addedLines(
  blobs: ReadonlyMap<Oid, Uint8Array>,
  before: Oid,
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
