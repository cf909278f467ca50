import { addTo } from '../../model/collections/grouped.ts'
import { renderTemplate } from '../../catalogue/jinja/render-template.ts'
import { isTemplate } from '../../catalogue/jinja/read-template.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import { computed, type Audited } from '../../audit/audited.ts'
import { enabledRoles } from '../../audit/enabled-roles.ts'
import { readRolePath } from '../../audit/read-role-path.ts'
import type { Tree } from '../../model/tree.ts'
import { nameOf } from '../../model/parent-of.ts'
import { namesOfShape, type ShapeMemory } from './names-of-shape.ts'
import { allHold, type Truth } from './all-hold.ts'
import type { Bound, Guard, Subject, Use } from './use.ts'
import { usesInTasks, type Handed, type TaskFile } from './uses-in-tasks.ts'
import { usesInTemplate } from './uses-in-template.ts'

/** A release's files, and as one cluster would run it: that takes a moment, and is asked for where something hangs on it. */
export interface ReleaseToRead {
  readonly tree: Tree
  /** Any file of the tree as text; `undefined` where its blob was not read. */
  readonly text: (path: string) => string | undefined
  readonly run: () => Audited
}

/** A use with the file of tasks that leads to it. */
export interface ReleaseUse extends Use {
  readonly tasks: string
}

/** What a release's tasks and templates do with some variables. */
export interface ReleaseUses {
  readonly uses: readonly ReleaseUse[]
  /** Whether a play of this cluster comes by a file of tasks. */
  isReached(path: string): Truth
}

/** Reads what concerns the variables alone: files that do something with one of them which asks for a shape, and what leads there. */
export function releaseUses(
  release: ReleaseToRead,
  names: ReadonlySet<string>,
  memory: ShapeMemory,
): ReleaseUses {
  const bound: Bound = new Map(
    [...names].map((name): [string, Subject] => [name, { name, ways: [], as: 'value' }]),
  )
  const roles = rolesOf(release)
  const read = new Map<string, TaskFile>()
  const tasksIn = (path: string): TaskFile => {
    let known = read.get(path)
    if (!known) read.set(path, (known = usesInTasks(path, release.text(path) ?? '', bound)))
    return known
  }
  /** Whoever hands on to a file, by its own name: another that is put together from items is not known. */
  const handedTo = (path: string, to: Handed['to']): readonly (Handed & { readonly from: string })[] => {
    const stem = nameOf(path).replace(/\.(?:j2|ya?ml)$/, '')
    const files = roles.get(readRolePath(path)?.role ?? '') ?? []
    return files
      .filter((each) => each !== path && (release.text(each) ?? '').includes(stem))
      .flatMap((from) => tasksIn(from).handed.map((handed) => ({ ...handed, from })))
      .filter((handed) => handed.to === to && isFile(handed, path, release))
  }
  const wanted = filesWith(release, names, memory)
  const uses = wanted.flatMap((path): readonly ReleaseUse[] => {
    const part = readRolePath(path)?.part
    if (part === 'tasks') return usesFrom(path, tasksIn(path), release)
    if (part !== 'templates') return []
    return handedTo(path, 'template').flatMap((handed) => usesThrough(handed, path, release))
  })
  const reached = new Map<string, Truth>()
  let enabled: ReadonlySet<string> | undefined
  const isReached = (path: string): Truth => {
    const known = reached.get(path)
    if (known) return known
    reached.set(path, 'no')
    enabled ??= enabledRoles(release.run())
    const role = readRolePath(path)?.role ?? ''
    let truth: Truth = 'no'
    if (!enabled.has(role)) truth = 'no'
    else if (/\/tasks\/main\.ya?ml$/.test(path)) truth = 'yes'
    else {
      const ways = handedTo(path, 'tasks').map(({ from, guards }) =>
        both(isReached(from), allHold(guards, release.run())),
      )
      if (ways.length === 0 || ways.includes('unknown')) truth = 'unknown'
      if (ways.includes('yes')) truth = 'yes'
    }
    reached.set(path, truth)
    return truth
  }
  return { uses: distinct(uses), isReached }
}

function both(a: Truth, b: Truth): Truth {
  if (a === 'no' || b === 'no') return 'no'
  return a === 'yes' && b === 'yes' ? 'yes' : 'unknown'
}

/** Tasks of each role. Those that take a node or the whole cluster away are of no upgrade. */
function rolesOf({ tree }: ReleaseToRead): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, string[]>()
  for (const path of tree.keys()) {
    const place = /\.ya?ml$/.test(path) ? readRolePath(path) : undefined
    if (place?.part !== 'tasks' || NO_UPGRADE.test(place.role)) continue
    addTo(roles, place.role, path)
  }
  return roles
}

const NO_UPGRADE = /^(?:reset|remove[-_]node|recover_control_plane|bastion-ssh-config)(?:\/|$)/

function filesWith(
  release: ReleaseToRead,
  names: ReadonlySet<string>,
  memory: ShapeMemory,
): readonly string[] {
  return [...release.tree].flatMap(([path, { oid }]) => {
    const place = readRolePath(path)
    if (place?.part !== 'tasks' && place?.part !== 'templates') return []
    if (NO_UPGRADE.test(place.role)) return []
    let found = memory.get(oid)
    if (!found) {
      const text = release.text(path)
      if (text === undefined) return []
      memory.set(oid, (found = namesOfShape(text, place.part)))
    }
    return [...found].some((name) => names.has(name)) ? [path] : []
  })
}

/** What a file of tasks does, and what a template does with the item that a task hands it. */
function usesFrom(path: string, { uses, handed }: TaskFile, release: ReleaseToRead): readonly ReleaseUse[] {
  const through = handed.filter(({ to, bound }) => to === 'template' && [...bound.values()].some(isPart))
  return [
    ...uses.map((use) => ({ ...use, tasks: path })),
    ...through.flatMap((each) => {
      const template = templateOf(each, path, release)
      return template === undefined ? [] : usesThrough({ ...each, from: path }, template, release)
    }),
  ]
}

function isPart(subject: Subject | 'other'): boolean {
  return subject !== 'other' && (subject.ways.length > 0 || subject.as !== 'value')
}

function usesThrough(
  {
    from,
    bound,
    guards,
  }: { readonly from: string; readonly bound: Bound; readonly guards: readonly Guard[] },
  path: string,
  release: ReleaseToRead,
): readonly ReleaseUse[] {
  const text = release.text(path) ?? ''
  return usesInTemplate({ text, path, line: 1, bound, guards }).map((use) => ({ ...use, tasks: from }))
}

function templateOf({ file }: Handed, from: string, release: ReleaseToRead): string | undefined {
  const path = from.replace(/\/tasks\/.*$/, `/templates/${file}`)
  return release.tree.has(path) ? path : undefined
}

function isFile({ file, to }: Handed, path: string, release: ReleaseToRead): boolean {
  // One that is put together from items is nobody's by name.
  if (isTemplate(file) && !file.includes(nameOf(path))) return false
  const written = isTemplate(file)
    ? computed(release.run(), `file ${file}`, (scope) => printed(renderTemplate(file, scope)))
    : file
  if (written === undefined) return false
  const folder = to === 'template' ? '/templates/' : '/tasks/'
  const own = path.slice(path.indexOf(folder) + folder.length)
  return written === own || written === nameOf(path)
}

function distinct(uses: readonly ReleaseUse[]): readonly ReleaseUse[] {
  const once = new Map(
    uses.map((each) => [
      JSON.stringify([each.name, each.ways, each.want, each.path, each.line, each.guards]),
      each,
    ]),
  )
  return [...once.values()]
}
