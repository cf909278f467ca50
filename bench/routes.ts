import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { MemoryValueCache } from '../src/adapters/memory/memory-value-cache.ts'
import { loadOffers } from '../src/app/plan/load-catalogue.ts'
import type { Offer } from '../src/core/catalogue/catalogue.ts'
import type { Architecture } from '../src/core/model/architecture.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { compareReleases, readReleaseTag, type ReleaseTag } from '../src/core/model/release-tag.ts'
import { planRoute, type RouteRequest } from '../src/core/plan/plan-route.ts'
import { clusterOf, differenceOf, readCases, type Case } from './planner-truth.ts'

/**
 * Plans every worked route of a file of truths and prints those that differ, and how long planning took.
 * Usage: `tsx bench/routes.ts CLONE PLANNER-TRUTH.JSON [verbose]`
 */
async function main([clone, truth, verbose]: readonly string[]): Promise<void> {
  if (clone === undefined || truth === undefined)
    throw new Error('usage: routes.ts CLONE PLANNER-TRUTH.JSON [verbose]')
  const catalogues = await loadAll(clone)
  const cases = readCases(truth)
  let [wrong, planned, slowest] = [0, 0, 0]
  for (const each of cases) {
    for (const [set, expected] of Object.entries(each.plans)) {
      const request = requestOf(each, set, catalogues)
      const from = performance.now()
      const route = planRoute(request)
      slowest = Math.max(slowest, performance.now() - from)
      planned++
      const difference = differenceOf(route, expected, each)
      if (difference !== undefined) wrong++
      if (difference !== undefined) console.log(`${each.name} (${set}): ${difference}`)
      if (verbose !== undefined) console.log(JSON.stringify({ case: each.name, set, route }, undefined, 1))
    }
  }
  console.log(`${wrong} of ${planned} routes differ, the slowest took ${slowest.toFixed(1)} ms`)
  for (const architectures of SETS) console.log(everyStart(catalogues, architectures))
}

const SETS: readonly (readonly Architecture[])[] = [
  ['amd64'],
  ['amd64', 'arm64'],
  ['amd64', 'arm64', 'ppc64le'],
  ['amd64', 'arm64', 'arm', 'ppc64le', 's390x'],
]

/**
 * How long planning takes from every release with every version it offers: by the clock, and in processor time, which a busy
 * machine stretches less.
 */
function everyStart(
  catalogues: ReadonlyMap<ReleaseTag, Offer>,
  architectures: readonly Architecture[],
): string {
  const [clock, processor]: [number[], number[]] = [[], []]
  for (const [release, { kubernetes }] of catalogues) {
    for (const version of kubernetes.versions.amd64 ?? []) {
      const [from, used] = [performance.now(), process.cpuUsage()]
      planRoute({ from: { release, kubernetes: version }, architectures, catalogues })
      clock.push(performance.now() - from)
      const { user, system } = process.cpuUsage(used)
      processor.push((user + system) / 1000)
    }
  }
  return `${architectures.join('+')}: ${clock.length} starts; clock: ${spread(clock)}; processor: ${spread(processor)}`
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, 99 % under ${at(0.99)} ms, slowest ${at(1)} ms`
}

async function loadAll(clone: string): Promise<ReadonlyMap<ReleaseTag, Offer>> {
  const store = new GitObjectStore({ gitDir: clone })
  const refs = await store.listRefs('refs/tags/')
  const commits = await store.readCommits([...refs.values()])
  const trees = [...refs].flatMap(([ref, commit]): (readonly [ReleaseTag, Oid])[] => {
    const tag = readReleaseTag(ref.replace('refs/tags/', ''))
    // The truths start at v2.8; before that there was no kubeadm to plan for.
    if (!tag || compareReleases(tag, 'v2.8.0') < 0) return []
    return [[tag, (commits.get(commit) as { tree: Oid }).tree]]
  })
  const catalogues = await loadOffers({ objects: store, cache: new MemoryValueCache() }, new Map(trees))
  await store.close()
  return catalogues
}

function requestOf(each: Case, set: string, catalogues: ReadonlyMap<ReleaseTag, Offer>): RouteRequest {
  const { architectures, containerManager } = clusterOf(set)
  return {
    from: { release: each.start.kubespray as ReleaseTag, kubernetes: each.start.kube },
    architectures,
    catalogues,
    target: each.target.kubespray as ReleaseTag,
    containerManager,
  }
}

await main(process.argv.slice(2))
