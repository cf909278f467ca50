import { defined, optional } from '../../core/model/defined.ts'
import { upgrade, type KubernetesFirst, type NothingNewer } from '../../app/step/upgrade.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { paragraph } from '../../core/explain/blocks/block.ts'
import { sentence } from '../../core/explain/blocks/text.ts'
import { youngRelease } from '../../core/explain/found/young-release.ts'
import { nothingToDo } from '../../core/explain/texts/nothing-to-do.ts'
import { kubernetesFirstBlocks } from '../../core/explain/texts/kubernetes-first-blocks.ts'
import type { Progress } from '../../ports/progress.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { blockedJson, SCHEMA, upgradeJson, youngJson } from '../print/plan-json.ts'
import { nextOf } from '../delivery/next-of.ts'
import { finishedBlocks } from '../print/finished-blocks.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

interface UpgradeOptions extends StepOptions {
  readonly onto?: string
  readonly checkImages?: true
  readonly registry?: string
}

export async function upgradeStep(
  { store, upstreamRemotes, forkOf }: OpenClone,
  options: UpgradeOptions,
  progress: Progress | undefined,
): Promise<StepAnswer> {
  const done = await upgrade(store, {
    upstreamRemotes,
    ...defined({ forkOf }),
    ...stepRequest(options),
    ...defined({ onto: options.onto || undefined, progress }),
    ...optional(options.checkImages, () => ({ registry: openRegistry(options.registry) })),
    cache: catalogueCache(),
  })
  if (done.kind === 'nothing') return nothing(done)
  if (done.kind === 'kubernetes-first') return blocked(done)
  const { text, facts, plan, grid } = done
  const { architectures } = plan.architectures
  return {
    json: () => jsonFromTop(upgradeJson(done), facts.place?.pathOf),
    blocks: finishedBlocks(done),
    report: { title: text.title, step: facts, grid: { rows: grid, architectures } },
    waits: needsPerson(facts),
    next: nextOf(done),
  }
}

function blocked(done: KubernetesFirst): StepAnswer {
  const { step, plan } = done
  return {
    json: () => blockedJson(done),
    blocks: kubernetesFirstBlocks({ branch: plan.branch.name, base: plan.fork.base, step }),
    waits: true,
    next: { kind: 'command', name: 'bump' },
  }
}

function nothing({ young }: NothingNewer): StepAnswer {
  return {
    json: () => ({
      schema: SCHEMA,
      upToDate: true,
      ...optional(young.length > 0, () => ({ young: youngJson(young) })),
    }),
    blocks: [
      nothingToDo({ code: 'newest' }),
      ...young.map((each) => paragraph(sentence(youngRelease(each).message))),
    ],
    waits: false,
    next: { kind: 'nothing' },
  }
}
