import { opensOn } from '../../core/explain/opens-on.ts'
import { plural } from '../../core/explain/plural.ts'
import type { Reason, Route, Step, Stop } from '../../core/plan/step.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** A route for the terminal: each step with its reasons, and why it ends where it ends early. */
export function routeLines({ steps, stopped }: Route): readonly string[] {
  const lines = steps.flatMap((step, index) => stepLines(step, index + 1))
  const rules = steps.some(({ reasons }) => reasons.some(isRule)) ? wrap(RULES, '') : []
  return [...rules, ...lines, ...(stopped ? stopLines(stopped) : [])]
}

/** How far a route goes, in one line. */
export function routeTitle({ steps, stopped }: Route, from: string): string {
  const end = steps.at(-1)
  if (end)
    return `Route: ${plural(steps.length, 'step')} to ${end.kubespray.to} with Kubernetes ${end.kubernetes.to}`
  return stopped
    ? `Route: none from ${from}`
    : `Route: no step. ${from} is the newest I know, with its newest Kubernetes.`
}

/** What holds for nearly every step is said once, above them. */
const RULES =
  'Kubespray goes up one minor at a time, to its last patch release; Kubernetes one minor at a time, as kubeadm demands. ' +
  'What else decides a step stands under it.'

function isRule({ code }: Reason): boolean {
  return code === 'next-minor-release' || code === 'kubernetes-next-minor'
}

/** `Kubespray v2.24.1 → v2.24.3, Kubernetes v1.27.10 → v1.28.14`; what stays is named once. */
export function stepTitle({ kind, kubespray, kubernetes }: Step): string {
  const versions = kubernetes.from === kubernetes.to ? kubernetes.to : `${kubernetes.from} → ${kubernetes.to}`
  return kind === 'kubernetes'
    ? `Kubernetes ${versions}, on Kubespray ${kubespray.to}`
    : `Kubespray ${kubespray.from} → ${kubespray.to}, Kubernetes ${versions}`
}

function stepLines(step: Step, number: number): readonly string[] {
  const reasons = step.reasons.filter((reason) => !isRule(reason)).map(({ message }) => message)
  return [`${String(number).padStart(3)}  ${stepTitle(step)}`, ...wrap(reasons.join(' '), INDENT)]
}

export function stopLines(stop: Stop): readonly string[] {
  const opens = opensOn(stop, 'terminal')
  const lines = ['', ...wrap(`The way ends here: ${stop.message}`, '')]
  if (opens.length === 0) return lines
  return [...lines, 'What would open it:', ...opens.flatMap((each) => bullet(each))]
}

function bullet(text: string): readonly string[] {
  const [first = '', ...rest] = wrap(text, '    ')
  return [`  - ${first.trimStart()}`, ...rest]
}

const INDENT = '       '
