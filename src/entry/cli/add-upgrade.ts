import type { Command } from 'commander'
import { defined, optional } from '../../core/model/defined.ts'
import { upgrade } from '../../app/step/upgrade.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { blockedJson, SCHEMA, upgradeJson } from '../print/plan-json.ts'
import { printKubernetesFirst, printUpgrade } from '../print/print-upgrade.ts'
import { addStep, type StepAnswer } from './add-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { OPTION, stepRequest, type StepOptions } from './step-options.ts'

interface Options extends StepOptions {
  readonly onto?: string
  readonly checkImages?: true
}

/** `multiarch upgrade`: carries the fork onto the next or a named release and writes the branch. */
export function addUpgrade(program: Command, setCode: (code: number) => void): void {
  const options = [
    ['--onto <tag>', "the release to go to (default: the plan's next)"],
    OPTION.patches,
    ['--as <name>', 'the branch to write (default: multiarch/kubespray-X.Y.Z)'],
    ...[OPTION.kubernetes, OPTION.upstream, OPTION.checkImages, OPTION.dryRun, OPTION.report, OPTION.json],
  ] as const
  const description =
    "carry a fork's patches onto a release and edit its inventories, as a new branch of the clone"
  addStep({ name: 'upgrade', description, options, take }, program, setCode)
}

async function take({ store, upstreamRemotes }: OpenClone, options: Options): Promise<StepAnswer> {
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
