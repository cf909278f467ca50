import { bareVersion, minorOf } from '../model/version.ts'
import { code, prose, table } from './markdown.ts'
import type { KubernetesFacts } from './pull-request-facts.ts'

/** Which Kubernetes the step brings, and whether each architecture gets it. */
export function renderKubernetes(facts: KubernetesFacts | undefined): string {
  if (!facts) return ''
  const rows = facts.architectures.map(({ architecture, installable, why }) => [
    code(architecture),
    installable ? code(bareVersion(facts.to)) : `**none**${why === undefined ? '' : `: ${prose(why)}`}`,
  ])
  return `## Kubernetes\n\n${moveSentence(facts)}${sourceSentence(facts)}\n\n${table(['architecture', 'gets'], rows)}`
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
