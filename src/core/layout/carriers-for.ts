import { addTo } from '../model/collections/grouped.ts'
import { nameOf, parentOf } from '../model/parent-of.ts'
import type { Assignment } from './find-assignments.ts'
import { findReferences, type Carriers, type Reference } from './find-references.ts'
import type { TextSource } from './text-source.ts'

export type Setters = ReadonlyMap<
  string,
  readonly { readonly source: TextSource; readonly assignment: Assignment }[]
>

/** All that set a variable, by its name. */
export function assignmentsByName(sources: readonly TextSource[]): Setters {
  const byName = new Map<string, { source: TextSource; assignment: Assignment }[]>()
  for (const source of sources)
    for (const assignment of source.assignments) {
      addTo(byName, assignment.name, { source, assignment })
    }
  return byName
}

/** A variable that holds an address of Kubespray without a version, and the file that sets it. */
interface Carrier extends Pick<Reference, 'reaches' | 'isUpstreams'> {
  readonly name: string
  readonly setter: TextSource
}

export function allCarriers(setters: Setters): readonly Carrier[] {
  return [...setters].flatMap(([name, all]) =>
    all.flatMap(({ source: setter, assignment: { value } }): Carrier[] => {
      if (!/kubespray|kargo/.test(value)) return []
      const [found] = findReferences(value)
      if (found?.end !== value.length || found.ref || found.reaches === 'page') return []
      return [{ name, setter, reaches: found.reaches, isUpstreams: found.isUpstreams }]
    }),
  )
}

/** Those that a file may use. */
export function carriersFor(source: TextSource, carriers: readonly Carrier[]): Carriers {
  return new Map(
    carriers
      .filter(({ name, setter }) => source.text.includes(name) && canSee(source, setter, name))
      .map((carrier) => [carrier.name, carrier]),
  )
}

/**
 * Whether a file's variable is the one that another file sets. A name that speaks of Kubespray is the same all over a repository; others
 * (`VERSION`, `TAG`) only beside each other, or where one file names the other.
 */
export function canSee(user: TextSource, setter: TextSource, name: string): boolean {
  if (user === setter || /kubespray|kargo/i.test(name)) return true
  if (homeOf(user.file) === homeOf(setter.file)) return true
  if (setter.text.includes(`build-arg ${name}=`) || setter.text.includes(`build-arg=${name}=`)) return true
  return names(user, setter) || names(setter, user)
}

/** The folder whose files belong together: a role's `tasks` and `defaults` are one. */
function homeOf(file: string): string {
  return parentOf(file).replace(/\/(?:tasks|defaults|vars|handlers|templates|meta)(?:\/main)?$/, '')
}

/** `source ../versions.sh`, `include common.mk`, `env_file: ../.env`. */
function names(user: TextSource, setter: TextSource): boolean {
  const name = nameOf(setter.file)
  for (let at = user.text.indexOf(name); at >= 0; at = user.text.indexOf(name, at + 1)) {
    const words = user.text.slice(Math.max(0, at - 100), at).split(/[\s:="'({]+/)
    const path = words.pop() ?? ''
    if ((path === '' || path.endsWith('/')) && words.slice(-2).some((word) => NAMES_A_FILE.test(word)))
      return true
  }
  return false
}

const NAMES_A_FILE =
  /^-?(?:source|\.|include|include_vars|env[_-]file|vars_files|dotenv|-f|-?-file|sinclude)$/
