import type { Waiting } from '../../core/explain/texts/stand-blocks.ts'
import { isOpenAt, nextOpening } from '../../core/config/read-window.ts'
import { defined } from '../../core/model/defined.ts'
import type { BotWorld } from './bot-world.ts'
import type { Built, Work } from '../engine/engine.ts'
import { closeSuperseded, closeWaiting, openSteps } from './open-steps.ts'
import { presentStep } from './present-step.ts'
import { readStepName, takesPlaceOf, titleOfStep, type StepName } from '../branch/step-name.ts'

/** What came of a step that is due. */
type Proposed =
  | { readonly kind: 'proposed'; readonly built: Built }
  /** As many steps are open as the config allows, or it is not the time to open one. */
  | { readonly kind: 'waiting'; readonly waiting: Waiting }

/** Builds a step's branch and presents it; steps that it takes the place of are closed. */
export async function proposeStep(work: Work, step: StepName, world: BotWorld): Promise<Proposed> {
  const { place, config } = work
  const open = await openSteps(place.forge)
  const others = open.filter(({ head }) => head.branch !== step.branch)
  const { maxOpen } = config.pullRequests
  const isOpen = open.length > others.length
  const superseded = others.filter(({ head, base }) => {
    const name = readStepName(head.branch, base.branch)
    return name && takesPlaceOf(step, name)
  })
  if (!isOpen && others.length - superseded.length >= maxOpen) {
    return { kind: 'waiting', waiting: { kind: 'open', steps: others, most: maxOpen } }
  }
  const now = world.clock.now()
  const { schedule } = config.pullRequests
  if (!isOpen && !isOpenAt(schedule, now)) {
    const title = titleOfStep(step)
    const next = nextOpening(schedule, now)
    return { kind: 'waiting', waiting: { kind: 'schedule', title, ...schedule, ...defined({ next }) } }
  }
  const built = await world.engine.build(work, step, 'update')
  const pull = await presentStep(place, built.proposal, work.config)
  await closeSuperseded(place, { step, pull, open: others })
  await closeWaiting(place, { step, pull, open: others.filter((each) => !superseded.includes(each)) })
  return { kind: 'proposed', built }
}
