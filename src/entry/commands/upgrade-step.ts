import { defined, optional } from '../../core/model/defined.ts'
import { upgrade } from '../../app/step/upgrade.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { blockedJson, SCHEMA, upgradeJson } from '../print/plan-json.ts'
import { printKubernetesFirst, printUpgrade } from '../print/print-upgrade.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

interface UpgradeOptions extends StepOptions {
  readonly onto?: string
  readonly checkImages?: true
}

export async function upgradeStep(
  { store, upstreamRemotes }: OpenClone,
  options: UpgradeOptions,
): Promise<StepAnswer> {
  const done = await upgrade(store, {
    upstreamRemotes,
    ...stepRequest(options),
    ...defined({ onto: options.onto || undefined }),
    ...optional(options.checkImages, () => ({ registry: openRegistry() })),
    cache: catalogueCache(),
  })
  if (!done) return NOTHING
  if (done.kind === 'kubernetes-first')
    return { json: blockedJson(done), text: printKubernetesFirst(done), waits: true }
  const { text, facts, plan, grid } = done
  const { architectures } = plan.architectures
  return {
    json: upgradeJson(done),
    text: printUpgrade(done),
    report: { title: text.title, step: facts, grid: { rows: grid, architectures } },
    waits: needsPerson(facts),
  }
}

const NOTHING: StepAnswer = {
  json: { schema: SCHEMA, upToDate: true },
  text: 'Nothing to do: the fork stands on this release already, or on the newest I know.\n',
  waits: false,
}
