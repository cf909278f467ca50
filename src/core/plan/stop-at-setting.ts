import type { ValueCheck } from '../catalogue/catalogue.ts'
import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { refusedBy } from '../catalogue/value-checks.ts'
import { codeSpan } from '../model/code-span.ts'
import { optional } from '../model/defined.ts'
import type { State } from './preconditions-of.ts'
import type { PlannedRelease } from './releases.ts'
import type { Stop } from './step.ts'

/** A setting that the next release refuses, with what it takes instead. */
export function stopAtSetting(
  { release: from }: State,
  { tag }: PlannedRelease,
  check: ValueCheck,
  { set = new Map() }: ClusterNeeds,
): Stop {
  const { variable, accepts, path, line, message = '' } = check
  const setting = set.get(variable)
  const value = printed(setting?.value)
  const isNew = refusedBy(from.catalogue.valueChecks, set) === undefined
  const taken = accepts.map((each) => codeSpan(each)).join(', ')
  const said = message.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (all: string, name: string) =>
    name === variable ? value : all,
  )
  const says = said === '' || said.includes('{{') ? '' : ` (“${said}”)`
  return {
    code: 'setting-refused',
    message: `${tag} takes no ${codeSpan(`${variable}: ${value}`)}${isNew ? ' any more' : ''}: its own check stops the play${says}.`,
    release: tag,
    component: variable,
    evidence: [`${path}:${line}`],
    ...optional(setting, ({ at }) => ({ at })),
    opens: [
      `\`${variable}\` set to what ${tag} takes, before that step: ${taken}.`,
      ...(variable === 'kube_network_plugin' ? [NO_MOVE] : []),
    ],
  }
}

/** No playbook of any release replaces one plugin by another: docs/operations/upgrades.md speaks of versions alone. */
const NO_MOVE =
  'Kubespray does not move a running cluster from one network plugin to another: that takes a new cluster, or a plugin that you keep by yourself.'
