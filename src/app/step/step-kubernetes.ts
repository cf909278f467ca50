import type { KubernetesFacts } from '../../core/explain/pull-request-facts.ts'
import { faultsOfCluster } from '../../core/catalogue/usable.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Architecture } from '../../core/model/arch.ts'
import { bareVersion } from '../../core/model/version.ts'
import type { Step } from '../../core/plan/step.ts'
import type { CarriedSeries } from '../../core/series/carried.ts'
import type { ObjectReader } from '../../ports/objects.ts'
import type { ForkPlan } from '../plan/plan.ts'
import { catalogueOfTree } from '../plan/plan-catalogues.ts'
import { furthestBehind, runningState } from '../plan/plan-running.ts'

export interface KubernetesQuestion {
  readonly plan: ForkPlan
  readonly step: Step
  readonly carried: Pick<CarriedSeries, 'tree' | 'newBlobs'>
}

/** What each architecture of the cluster gets of the release with the fork's patches on it. */
export async function kubernetesFactsOf(
  objects: ObjectReader,
  { plan, step, carried }: KubernetesQuestion,
): Promise<KubernetesFacts> {
  const catalogue = await catalogueOfTree(objects, carried)
  const { from, to } = step.kubernetes
  const { containerManager, networkPlugin } = runningState(
    furthestBehind(plan.clusters),
    catalogue,
    plan.told,
  )
  const needs = { containerManager, networkPlugin }
  const architectures = plan.architectures.architectures.map((architecture) => {
    const why = whyNot(architecture, { catalogue, needs, kubernetes: to })
    return { architecture, installable: why === undefined, ...(why !== undefined && { why }) }
  })
  const told = TOLD[plan.architectures.from]
  return { from, to, architectures, told }
}

const TOLD = { config: 'config', inventory: 'inventory', patches: 'patches', nothing: 'assumed' } as const

interface Wanted {
  readonly catalogue: Catalogue
  readonly needs: {
    readonly containerManager: string | undefined
    readonly networkPlugin: string | undefined
  }
  readonly kubernetes: string
}

/** What an architecture lacks; `undefined` where all can be had. */
function whyNot(architecture: Architecture, { catalogue, needs, kubernetes }: Wanted): string | undefined {
  const wanted = bareVersion(kubernetes)
  const faults = faultsOfCluster(catalogue, { ...needs, architectures: [architecture] }).filter(
    (fault) => !fault.kubernetes || fault.kubernetes.map(bareVersion).includes(wanted),
  )
  const missing = [...new Set(faults.map(({ component }) => `\`${component}\``))]
  if (missing.length > 0) return `the release lacks ${missing.join(', ')}.`
  const offered = (catalogue.kubernetes.versions[architecture] ?? []).map(bareVersion)
  return offered.includes(wanted) ? undefined : 'the release has no checksum of it.'
}
