import type { FindingFacts } from '../../audit/finding.ts'
import { codeSpan } from '../../model/code-span.ts'

/** A check of the release's own that stops the play: at the setting that decides it, in the release's words, with what it takes. */
export function sayReleaseCheck({
  path,
  line,
  conditions,
  message,
  hosts,
  setting,
  accepted,
}: Extract<FindingFacts, { kind: 'release-check' }>): string {
  const on = hosts.length > 0 ? ` on ${someOf(hosts)}` : ''
  const value = setting?.value === undefined ? '' : ` is ${codeSpan(setting.value)}`
  const since = setting ? `\`${setting.name}\`${value}` : 'with the defaults'
  const says = message === undefined ? '' : ` It says: “${message}”${/[.!?]$/.test(message) ? '' : '.'}`
  const takes = accepted ? ` It takes ${listedOf(accepted)}.` : ''
  const asked = conditions.map((each) => codeSpan(each.replaceAll(/\s+/g, ' '))).join(', ')
  const head = setting
    ? `${since}${value === '' ? '' : ','} and the release’s own check${on} stops the play for that`
    : `The release’s own check${on} stops the play ${since}`
  return `${head} (${codeSpan(`${path}:${line}`)}: ${asked}).${says}${takes}`
}

function listedOf(values: readonly string[]): string {
  return values.map((each) => (each === '' ? 'nothing' : codeSpan(each))).join(', ')
}

/** The first few of many. */
function someOf(hosts: readonly string[]): string {
  const shown = hosts.slice(0, 3).map(codeSpan)
  return hosts.length > 3 ? `${shown.join(', ')} and ${hosts.length - 3} more` : shown.join(', ')
}
