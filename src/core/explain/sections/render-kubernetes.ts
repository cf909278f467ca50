import { whatGets, type Gets, type Remark } from '../../judge/judge-step.ts'
import { bareVersion, minorOf } from '../../model/release-tag.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code, prose, table } from '../plain.ts'
import type { KubernetesFacts, PullRequestFacts } from '../pull-request-facts.ts'

/** Which Kubernetes the step brings, and whether each architecture gets it: by the one judge. */
export function renderKubernetes(facts: PullRequestFacts): string {
  const { kubernetes } = facts
  if (!kubernetes) return ''
  const version = code(bareVersion(kubernetes.to))
  const rows = kubernetes.architectures.map((architecture) => [
    code(architecture),
    cellOf(version, whatGets(facts, architecture)),
  ])
  return `## Kubernetes\n\n${moveSentence(kubernetes)}${sourceSentence(kubernetes)}\n\n${table(['architecture', 'gets'], rows)}`
}

function cellOf(version: string, { stops, without }: Gets): string {
  if (stops.length > 0) return `**none**: ${prose(whyNone(stops))}`
  if (without.length === 0) return version
  return `${version}, but ${prose(enumerated(subjectsOf(without)))} would not run there`
}

/** Each in a few words, by whose doing it is; what needs your eyes has the sentences. */
function whyNone(stops: readonly Remark[]): string {
  const byCause = (...kinds: readonly string[]): readonly Remark[] =>
    stops.filter(
      ({ architectures, cause }) => architectures !== undefined && kinds.includes(cause?.kind ?? 'unknown'),
    )
  const lacks = subjectsOf(byCause('release'))
  const broken = subjectsOf(byCause('patch', 'patch-and-setting'))
  const set = byCause('setting')
  const names = set.flatMap(({ cause }) => (cause?.kind === 'setting' ? [`\`${cause.name}\``] : []))
  const unknown = subjectsOf(byCause('unknown'))
  const parts = [
    ...(stops.some(({ architectures }) => architectures === undefined) ? ['the play stops'] : []),
    ...(lacks.length > 0 ? [`the release lacks ${enumerated(lacks)}`] : []),
    ...(broken.length > 0 ? [`your patches break ${enumerated(broken)}`] : []),
    ...(set.length > 0
      ? [`your ${enumerated([...new Set(names)])} breaks ${enumerated(subjectsOf(set))}`]
      : []),
    ...(unknown.length > 0 ? [`${enumerated(unknown)} cannot be had`] : []),
  ]
  return `${parts.join('; ')}.`
}

function subjectsOf(remarks: readonly Remark[]): readonly string[] {
  return [...new Set(remarks.map(({ subject = '' }) => `\`${subject}\``))]
}

function moveSentence({ from, to }: KubernetesFacts): string {
  if (from === undefined) return `Kubernetes will be ${code(bareVersion(to))}.`
  const [before, after] = [bareVersion(from), bareVersion(to)]
  if (before === after) return `Kubernetes stays ${code(after)}.`
  const how = minorOf(before) === minorOf(after) ? 'within its minor' : 'one minor up'
  return `Kubernetes goes from ${code(before)} to ${code(after)}, ${how}.`
}

function sourceSentence({ told }: KubernetesFacts): string {
  if (told === 'inventory')
    return ' I read the architectures out of your inventory; `architectures` in the settings says otherwise.'
  if (told === 'patches')
    return ' I took the architectures that your patches are for; `architectures` in the settings says otherwise.'
  if (told === 'assumed')
    return ' Nothing says which architectures your nodes have, so I took these; name yours with `architectures` in the settings.'
  return ''
}
