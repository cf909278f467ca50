import type { Problem } from '../../model/problem.ts'
import type { Reason, Route, Step, Stop } from '../../plan/step.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { bold, say, sentence } from '../blocks/text.ts'
import { opensOn } from '../opens-on.ts'
import { plural } from '../plural.ts'
import type { Surface } from '../surface.ts'

/** The answer to whoever asks for a route: how far it goes, then its steps. */
export function titledRoute(route: Route, from: string): readonly Block[] {
  return [heading(2, [routeTitle(route, from)]), ...routeBlocks(route, 'terminal')]
}

/** A route, each step with its reasons, and why it ends where it ends early. */
export function routeBlocks({ steps, stopped }: Route, surface: Surface): readonly Block[] {
  const items = steps.map((step) => ({
    text: [stepTitle(step)],
    items: step.reasons
      .filter(({ code }) => RULES[code] === undefined)
      .map(({ message }) => ({ text: sentence(message) })),
  }))
  return [
    ...rulesOf(steps),
    ...(items.length > 0 ? [{ kind: 'list', items, isNumbered: true } as const] : []),
    ...(stopped ? stopBlocks(stopped, surface) : []),
  ]
}

/** Why a way ends before the newest release, and what would open it. */
export function stopBlocks(stop: Stop, surface: Surface): readonly Block[] {
  const opens = opensOn(stop, surface)
  return [
    wayEnds(stop),
    ...(opens.length > 0
      ? [paragraph(say`What would open it:`), list(opens.map((each) => sentence(each)))]
      : []),
  ]
}

/** Why it ends, in the words of whoever met it. */
export function wayEnds({ message }: Pick<Problem, 'message'>): Block {
  return paragraph(say`${bold`The way ends here`}: ${sentence(message)}`)
}

function routeTitle({ steps, stopped }: Route, from: string): string {
  const end = steps.at(-1)
  if (end)
    return `Route: ${plural(steps.length, 'step')} to ${end.kubespray.to} with Kubernetes ${end.kubernetes.to}`
  return stopped
    ? `Route: none from ${from}`
    : `Route: no step. ${from} is the newest I know, with its newest Kubernetes.`
}

/** What holds for every step with this reason, and is said once. */
export type Rules = Partial<Readonly<Record<Reason['code'], string>>>

/** What the numbers of a step show by themselves. */
export const RULES: Rules = {
  'next-minor-release': 'Kubespray goes up one minor at a time, each time to its last patch release.',
  'kubernetes-next-minor': 'Kubernetes goes up one minor at a time, as kubeadm demands.',
}

/** The rules that these steps follow, in one paragraph; `rules` where a list says less of a step than its reasons do. */
export function rulesOf(steps: readonly Step[], rules: Rules = RULES): readonly Block[] {
  const said = new Set(steps.flatMap(({ reasons }) => reasons.flatMap(({ code }) => rules[code] ?? [])))
  return said.size > 0 ? [paragraph([[...said].join(' ')])] : []
}

/** `Kubespray v2.24.1 → v2.24.3, Kubernetes v1.27.10 → v1.28.14`; what stays is named once. */
export function stepTitle({ kind, kubespray, kubernetes }: Step): string {
  const versions = kubernetes.from === kubernetes.to ? kubernetes.to : `${kubernetes.from} → ${kubernetes.to}`
  return kind === 'kubernetes'
    ? `Kubernetes ${versions}, on Kubespray ${kubespray.to}`
    : `Kubespray ${kubespray.from} → ${kubespray.to}, Kubernetes ${versions}`
}
