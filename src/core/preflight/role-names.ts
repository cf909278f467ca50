import { oncePer } from '../model/collections/once-per.ts'
import type { Audited } from '../audit/audited.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { argumentsOf, mapIn, tasksIn } from '../catalogue/task.ts'

/** Names that a role may give values to while it runs. */
interface RoleNames {
  /** What files of variables beside its own `main` define: which of them is loaded, a host tells. */
  readonly loadable: readonly string[]
  /** What any of its tasks sets or registers. */
  readonly settable: readonly string[]
}

/** Reads a role's names once for all hosts. */
export function roleNames(source: Audited, role: string | undefined): RoleNames {
  if (role === undefined) return { loadable: [], settable: [] }
  const roles = rolesOf(source)
  const read = roles.get(role) ?? readNames(source, role)
  roles.set(role, read)
  return read
}

const rolesOf = oncePer((_: Audited) => new Map<string, RoleNames>())

function readNames(source: Audited, role: string): RoleNames {
  const own = [...source.tree.keys()].filter((path) => path.startsWith(`roles/${role}/`))
  const below = (pattern: RegExp): readonly string[] =>
    own.filter((path) => pattern.test(path.slice(`roles/${role}/`.length)))
  const files = below(/^(?:vars|defaults)\/(?!main\b)[^/]*\.ya?ml$/)
  return {
    loadable: files.flatMap((path) => [...mapIn(source.document(path)).keys()]),
    settable: below(/^tasks\//).flatMap((path) => factsSetIn(source.document(path))),
  }
}

/** The names that tasks set or register, at any depth. */
export function factsSetIn(list: PlainValue): readonly string[] {
  return tasksIn(list).flatMap((task) => {
    const registered = task.get('register')
    const inner = ['block', 'rescue', 'always'].flatMap((key) => factsSetIn(task.get(key)))
    const own = [...mapIn(argumentsOf(task, 'set_fact')).keys()]
    return [...own, ...(typeof registered === 'string' ? [registered] : []), ...inner]
  })
}
