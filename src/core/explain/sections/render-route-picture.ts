import { bareVersion, minorOf } from '../../model/release-tag.ts'
import type { Step } from '../../plan/step.ts'
import { code, prose } from '../plain.ts'
import type { RouteFacts } from '../pull-request-facts.ts'

/** Where a step stands on the way: a picture that GitHub draws, and one sentence for whoever sees none. */
export function renderRoutePicture(route: RouteFacts): string {
  const { steps, at } = route
  if (steps.length === 0) return ''
  const states = [startOf(steps[0] as Step), ...steps.map(endOf)]
  const lines = ['```mermaid', 'flowchart LR']
  const shown = placesShown(states.length, at)
  for (const [index, place] of shown.entries()) {
    lines.push(`  s${place}["${states[place]}"]${kindOf(place, at)}`)
    const before = shown[index - 1]
    if (before !== undefined) lines.push(`  s${before} ${arrow(place - before)} s${place}`)
  }
  lines.push(
    '  classDef now fill:#2da44e,color:#fff,stroke:#1a7f37',
    '  classDef done fill:#eaeef2,color:#57606a',
    '```',
  )
  return `## Where it stands\n\n${lines.join('\n')}\n\n${whereSentence(route)}`
}

/** `Step 2 of 7.`, and where the way ends. */
export function whereSentence({ steps, at, stopped }: RouteFacts): string {
  const end = steps.at(-1)
  const goal = end
    ? ` The way ends at Kubespray ${code(end.kubespray.to)} with Kubernetes ${code(bareVersion(end.kubernetes.to))}.`
    : ''
  const stop = stopped ? ` It goes no further for now: ${prose(stopped.message)}` : ''
  return `This is step ${at + 1} of ${steps.length}.${goal}${stop}`
}

/** The whole way as a list, each step with its reasons: the answer to `plan`, and what a dashboard shows. */
export function renderRouteList({ steps, stopped }: Pick<RouteFacts, 'steps' | 'stopped'>): string {
  const lines = steps.map(({ kubespray, kubernetes, reasons }, index) => {
    const move =
      kubespray.from === kubespray.to ? `stay on ${code(kubespray.to)}` : `Kubespray ${code(kubespray.to)}`
    const to = bareVersion(kubernetes.to)
    const also =
      bareVersion(kubernetes.from) === to ? `Kubernetes stays ${code(to)}` : `Kubernetes ${code(to)}`
    const why = reasons.map(({ message }) => `   - ${prose(message)}`)
    return [`${index + 1}. ${move}, ${also}`, ...why].join('\n')
  })
  if (stopped) {
    const opens = (stopped.opens ?? []).map((each) => `   - ${prose(each)}`)
    lines.push([`**The way ends here.** ${prose(stopped.message)}`, ...opens].join('\n'))
  }
  return lines.join('\n')
}

function startOf({ kubespray, kubernetes }: Step): string {
  return label(kubespray.from, kubernetes.from)
}

function endOf({ kubespray, kubernetes }: Step): string {
  return label(kubespray.to, kubernetes.to)
}

function label(release: string, kubernetes: string): string {
  return `${release}<br/>Kubernetes ${minorOf(kubernetes)}`
}

/** Few enough to be read on a telephone: the start, this step with its neighbours, and the end. */
function placesShown(count: number, at: number): readonly number[] {
  const near = [0, at - 1, at, at + 1, at + 2, at + 3, count - 1]
  return [...new Set(near.filter((place) => place >= 0 && place < count))].sort((a, b) => a - b)
}

function kindOf(place: number, at: number): string {
  if (place === at + 1) return ':::now'
  return place <= at ? ':::done' : ''
}

function arrow(steps: number): string {
  if (steps === 1) return '-->'
  return `-. ${steps} steps .->`
}
