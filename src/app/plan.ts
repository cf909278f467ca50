import type { Catalogue } from '../core/catalogue/catalogue.ts'
import type { Config } from '../core/config/resolve.ts'
import type { Setting } from '../core/inventory/setting.ts'
import { Refusal, type Problem } from '../core/model/problem.ts'
import { compareReleases, compareVersions, minorNumber, type ReleaseTag } from '../core/model/version.ts'
import type { LintFinding } from '../core/plan/lint.ts'
import type { KubernetesChoice } from '../core/plan/releases.ts'
import type { Route, Stop } from '../core/plan/step.ts'
import type { ObjectStore } from '../ports/objects.ts'
import type { ValueCache } from '../ports/value-cache.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import { findClusterArchitectures, type ArchitecturesFound } from './plan-architectures.ts'
import { cacheOfRun } from './plan-catalogues.ts'
import { readClusters, type Cluster } from './plan-clusters.ts'
import { routeOfFork } from './plan-fork-route.ts'
import { lintForStep } from './plan-lint.ts'
import { readFork, type ForkRequest, type ReadFork } from './read-fork.ts'

export interface PlanRequest extends ForkRequest {
  /** The Kubernetes that runs, where the inventory is elsewhere or says something else. */
  readonly kubernetes?: string
  /** The release to end at; the newest, or as far as the config follows, where it is not given. */
  readonly target?: ReleaseTag
  /** Keeps what releases were found to hold. */
  readonly cache?: ValueCache
}

/** Where a fork stands, what it carries, and the whole way up. */
export interface ForkPlan extends ReadFork {
  readonly clusters: readonly Cluster[]
  readonly architectures: ArchitecturesFound
  readonly route: Route
  /** What the next step changes for the inventories. */
  readonly lint: readonly LintFinding[]
}

/** Reads a fork and plans its way to the newest release; nothing is written. */
export async function planFork(objects: ObjectStore, request: PlanRequest): Promise<ForkPlan> {
  return planRead(objects, await readFork(objects, request), request)
}

/** Plans for a fork that is read already. */
export async function planRead(
  objects: ObjectStore,
  read: ReadFork,
  request: Pick<PlanRequest, 'kubernetes' | 'target' | 'cache'>,
): Promise<ForkPlan> {
  const { config, fork } = read
  const store = { objects, cache: cacheOfRun(request.cache) }
  const catalogue = await loadCatalogue(store, fork.head.tree)
  const clusters = await readClusters(objects, {
    tree: fork.headTree,
    base: fork.baseTree,
    catalogue,
    folders: config.inventories,
  })
  const architectures = await findClusterArchitectures(objects, { config, clusters, series: fork.series })
  const state = stateOf(clusters, catalogue, request.kubernetes)
  const planned = { ...read, clusters, architectures }
  const route = await routeFor(store, planned, { ...state, target: request.target })
  const lint = route.steps[0] ? await lintForStep(store, planned, route.steps[0]) : []
  return { ...planned, route, lint }
}

/** What runs, as far as the planner minds. */
interface RunningState {
  readonly kubernetes: string | undefined
  readonly setting?: Setting | undefined
  readonly containerManager: string | undefined
  readonly containerManagerFrom: 'default' | undefined
  readonly networkPlugin: string | undefined
}

/** The cluster that runs the oldest Kubernetes decides what comes next; without any inventory the roles' own defaults do. */
function stateOf(
  clusters: readonly Cluster[],
  { kubernetes, containerManager }: Catalogue,
  running: string | undefined,
): RunningState {
  const facts = furthestBehind(clusters)?.facts
  return {
    kubernetes: running ?? (facts ? facts.kubernetes.value : kubernetes.default),
    setting: running === undefined ? facts?.kubernetes.setting : undefined,
    containerManager: facts?.containerManager.value ?? containerManager.default,
    containerManagerFrom: facts?.containerManager.setting ? undefined : 'default',
    networkPlugin: facts?.networkPlugin.setting && facts.networkPlugin.value,
  }
}

function furthestBehind(clusters: readonly Cluster[]): Cluster | undefined {
  const versionOf = ({ facts }: Cluster): string => facts.kubernetes.value ?? ''
  const known = clusters.filter((cluster) => /^v?\d+\.\d+/.test(versionOf(cluster)))
  return known.toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)))[0] ?? clusters[0]
}

async function routeFor(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { config, fork, repository, architectures }: Omit<ForkPlan, 'route' | 'lint'>,
  { kubernetes, setting, target, ...state }: RunningState & { readonly target: ReleaseTag | undefined },
): Promise<Route> {
  if (kubernetes === undefined) return { steps: [], stopped: kubernetesUnknown(setting) }
  const { follow, max } = config.kubernetes
  try {
    const route = await routeOfFork(store, {
      ...state,
      fork,
      releases: repository.releases,
      from: { release: fork.base.release, kubernetes },
      architectures: architectures.architectures,
      target: target ?? lastToFollow(fork.base.release, config, repository.releases.keys()),
      kubernetesMax: max,
      kubernetesChoice: choiceOf(follow, kubernetes),
    })
    return follow === 'pinned' && route.stopped ? { ...route, stopped: pinned(route, kubernetes) } : route
  } catch (error) {
    throw placedAt(error, setting)
  }
}

function choiceOf(follow: Config['kubernetes']['follow'], kubernetes: string): KubernetesChoice {
  if (follow === 'pinned') return { only: kubernetes }
  return follow === 'release' ? 'default' : 'newest'
}

/** With `follow: v2.29` the last release up to that minor; a fork that is beyond it already stays where it is. */
function lastToFollow(
  from: ReleaseTag,
  { stayOn }: Config,
  releases: Iterable<ReleaseTag>,
): ReleaseTag | undefined {
  if (stayOn === undefined) return undefined
  const upTo = [...releases].filter((tag) => minorNumber(tag) <= minorNumber(stayOn))
  return (
    upTo
      .filter((tag) => compareReleases(tag, from) > 0)
      .sort(compareReleases)
      .at(-1) ?? from
  )
}

function kubernetesUnknown(setting: Setting | undefined): Stop {
  const where = setting
    ? `\`kube_version\` is a template or encrypted (\`${setting.at.file}\`, line ${setting.at.line})`
    : 'neither the inventory nor the roles name a `kube_version`'
  const message = `I cannot tell which Kubernetes runs: ${where}.`
  const opens = ['`kube_version` written out in the inventory, or `--kubernetes` with the version that runs.']
  return { code: 'kubernetes-unknown', message, component: 'kubelet', opens }
}

function pinned({ steps, stopped }: Route, kubernetes: string): Stop {
  const { release } = stopped as Stop
  const at = steps.at(-1)?.kubespray.to
  const after = at ? ` after ${at}` : ''
  return {
    code: 'kubernetes-pinned',
    message: `Kubernetes stays at ${kubernetes}, since the config says \`kubernetes.follow: pinned\`, and${after} ${release ?? 'the next release'} cannot install that version.`,
    ...(release && { release }),
    component: 'kubelet',
    opens: ['`kubernetes: { follow: step }` in the config.'],
  }
}

/** A refusal of what stands in an inventory points there. */
function placedAt(error: unknown, setting: Setting | undefined): unknown {
  if (!(error instanceof Refusal) || !setting) return error
  const isAboutVersion = ({ code }: Problem): boolean => code === 'unknown-kubernetes'
  return new Refusal(
    error.problems.map((problem) => (isAboutVersion(problem) ? { ...problem, at: setting.at } : problem)),
  )
}
