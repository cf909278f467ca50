import { bareVersion } from '../../model/release-tag.ts'
import { fold, heading, paragraph, type Block, type WayStop } from '../blocks/block.ts'
import { code, say, sentence, type Text } from '../blocks/text.ts'
import type { RouteFacts } from '../pull-request-facts.ts'

/** Where a step stands on the way, and why it is as it is; the picture opens on a click. */
export function renderRoutePicture(route: RouteFacts): readonly Block[] {
  const { steps, at } = route
  const [first] = steps
  if (!first) return []
  const start: WayStop = {
    release: first.kubespray.from,
    kubernetes: bareVersion(first.kubernetes.from),
    state: 'done',
  }
  const rest = steps.map(({ kubespray, kubernetes }, index): WayStop => {
    const state = index < at ? 'done' : 'ahead'
    return {
      release: kubespray.to,
      kubernetes: bareVersion(kubernetes.to),
      state: index === at ? 'now' : state,
    }
  })
  return [
    heading(2, say`Where it stands`),
    paragraph(whereSentence(route)),
    fold(say`The whole way`, [{ kind: 'way', stops: [start, ...rest] }]),
  ]
}

/** `Step 2 of 7.`, and where the way ends. */
function whereSentence({ steps, at, stopped }: RouteFacts): Text {
  const end = steps.at(-1)
  const goal = end
    ? say` The way ends at Kubespray ${code(end.kubespray.to)} with Kubernetes ${code(bareVersion(end.kubernetes.to))}.`
    : ''
  const stop = stopped ? say` It goes no further for now: ${sentence(stopped.message)}` : ''
  const why = steps[at]?.reasons[0]?.message
  const because = why === undefined ? '' : say` ${sentence(why)}`
  return say`This is step ${at + 1} of ${steps.length}.${because}${goal}${stop}`
}
