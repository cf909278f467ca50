import { bareVersion } from '../../model/release-tag.ts'
import type { Step } from '../../plan/step.ts'
import { heading, list, paragraph, type Block, type WayStop } from '../blocks/block.ts'
import { bold, code, say, sentence, type Text } from '../blocks/text.ts'
import { opensOn } from '../opens-on.ts'
import type { RouteFacts } from '../pull-request-facts.ts'

/** Where a step stands on the way: a picture, and one sentence for whoever sees none. */
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
    { kind: 'way', stops: [start, ...rest] },
    paragraph(whereSentence(route)),
  ]
}

/** `Step 2 of 7.`, and where the way ends. */
function whereSentence({ steps, at, stopped }: RouteFacts): Text {
  const end = steps.at(-1)
  const goal = end
    ? say` The way ends at Kubespray ${code(end.kubespray.to)} with Kubernetes ${code(bareVersion(end.kubernetes.to))}.`
    : ''
  const stop = stopped ? say` It goes no further for now: ${sentence(stopped.message)}` : ''
  return say`This is step ${at + 1} of ${steps.length}.${goal}${stop}`
}

/** The whole way as a list, each step with its reasons: the answer to `plan`, and what a dashboard shows. */
export function renderRouteList({ steps, stopped }: Pick<RouteFacts, 'steps' | 'stopped'>): readonly Block[] {
  const items = steps.map((step) => ({
    text: moveOf(step),
    items: step.reasons.map(({ message }) => ({ text: sentence(message) })),
  }))
  const opens = stopped ? opensOn(stopped, 'pull-request') : []
  return [
    ...(items.length > 0 ? [{ ...list(items), isNumbered: true } as const] : []),
    ...(stopped ? [paragraph(say`${bold`The way ends here.`} ${sentence(stopped.message)}`)] : []),
    ...(opens.length > 0 ? [list(opens.map(sentence))] : []),
  ]
}

function moveOf({ kubespray, kubernetes }: Step): Text {
  const move =
    kubespray.from === kubespray.to
      ? say`stay on ${code(kubespray.to)}`
      : say`Kubespray ${code(kubespray.to)}`
  const to = bareVersion(kubernetes.to)
  const stays = bareVersion(kubernetes.from) === to ? ' stays' : ''
  return say`${move}, Kubernetes${stays} ${code(to)}`
}
