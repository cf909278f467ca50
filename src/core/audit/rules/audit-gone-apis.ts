import { isList, isMap, type Value } from '../../catalogue/jinja/value.ts'
import type { Audited } from '../audited.ts'
import { conditionsOfLines } from '../conditions-of-lines.ts'
import type { Found } from '../finding.ts'
import { foundGone } from './found-gone.ts'
import { isKnownFalse, isKnownTrue } from '../is-known-false.ts'
import { GONE_APIS } from '../known/gone-from-kubernetes.ts'
import { readRolePath } from '../read-role-path.ts'
import { roleTasks, type RoleTask } from '../role-tasks.ts'

/** Objects of an API version that is gone, in templates that tasks of enabled roles surely come to. */
export function auditGoneApis(
  source: Audited,
  { roles, minor }: { readonly roles: ReadonlySet<string>; readonly minor: number },
): readonly Found[] {
  const gone = GONE_APIS.filter(({ since }) => since <= minor)
  if (gone.length === 0) return []
  const tasks = new Map<string, readonly RoleTask[]>()
  return [...source.tree.keys()].flatMap((path): readonly Found[] => {
    const place = readRolePath(path)
    if (place?.part !== 'templates' || !roles.has(place.role)) return []
    const text = source.text(path) ?? ''
    if (!gone.some(({ name }) => text.includes(name))) return []
    const own = tasks.get(place.role) ?? roleTasks(source, place.role)
    tasks.set(place.role, own)
    const sure = isSurelyUsed(path, own, source)
    return sure === 'no'
      ? []
      : objectsIn(text, source).flatMap(({ api, kind, line, isSure }) =>
          gone
            .filter(({ name, kinds }) => name === api && (kinds === undefined || kinds.includes(kind)))
            .slice(0, 1)
            .map((each) =>
              foundGone(each, {
                what: 'api',
                minor,
                kind,
                file: path,
                line,
                severity: sure === 'yes' && isSure ? 'error' : 'warning',
              }),
            ),
        )
  })
}

/** Whether some task that surely runs names the template, none that may run does, or nobody can tell. */
function isSurelyUsed(path: string, tasks: readonly RoleTask[], source: Audited): 'yes' | 'no' | 'unknown' {
  const name = path.slice(path.indexOf('/templates/') + '/templates/'.length)
  const written = name.replace(/\.j2$/, '')
  const users = tasks.filter(({ task }) => mentions(task, written))
  const open = users.filter(({ conditions }) => !conditions.some((each) => isKnownFalse(each, source)))
  if (open.length === 0) return 'no'
  return open.some(({ conditions }) => conditions.every((each) => isKnownTrue(each, source)))
    ? 'yes'
    : 'unknown'
}

function mentions(value: Value, name: string): boolean {
  if (typeof value === 'string') return value.includes(name)
  if (isList(value)) return value.some((each) => mentions(each, name))
  return isMap(value) && [...value.values()].some((each) => mentions(each, name))
}

interface ApiObject {
  readonly api: string
  readonly kind: string
  readonly line: number
  /** Whether no condition of the template is in doubt. */
  readonly isSure: boolean
}

/** Objects at the top of documents; what stands under a condition that is false is not there. */
function objectsIn(text: string, source: Audited): readonly ApiObject[] {
  const lines = text.split('\n')
  const conditions = conditionsOfLines(lines)
  return lines.flatMap((line, index): readonly ApiObject[] => {
    const api = /^apiVersion:\s*["']?([\w./-]+)["']?\s*$/.exec(line)?.[1]
    const own = conditions[index] ?? []
    if (api === undefined || own.some((each) => isKnownFalse(each, source))) return []
    const near = [
      ...lines.slice(index + 1, index + 4),
      ...lines.slice(Math.max(0, index - 3), index).reverse(),
    ]
    const kind = near.map((each) => /^kind:\s*["']?(\w+)/.exec(each)?.[1]).find((each) => each !== undefined)
    const isSure = own.every((each) => isKnownTrue(each, source))
    return kind === undefined ? [] : [{ api, kind, line: index + 1, isSure }]
  })
}
