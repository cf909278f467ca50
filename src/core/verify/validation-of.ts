import { listed, mapIn, namedBy, tasksIn, type Task } from '../catalogue/task.ts'
import { PythonNumber } from '../yaml/values/python-number.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { readDocument } from '../yaml/values/read-values.ts'
import { otherIn, otherTask } from './other-task.ts'
import type { WhyNot } from './verified.ts'

/** The release's own checks of an inventory as a playbook of ours, and the files of roles that it reads. */
export interface Validation {
  /** Text of the playbook. */
  readonly playbook: string
  /** Of the tree, as they are. */
  readonly files: readonly string[]
  /** What is written in the place of a file of the tree: what a role depends on, and nothing else of its `meta`. */
  readonly written: ReadonlyMap<string, string>
  /** How many checks there are in the roles. */
  readonly checks: number
}

/** The role that asks nothing of hosts, in the releases that have it. */
const ROLE = 'validate_inventory'

/** What is asked of the tree; texts of its playbooks and of the files of roles that it names. */
interface TreeTexts {
  readonly paths: readonly string[]
  text(path: string): string | undefined
}

/**
 * The plays of the release that end with its role of validation, made anew of nothing but roles and tasks of which every one asks or
 * remembers. Anything else is told and not run.
 */
export function validationOf(tree: TreeTexts): Validation | WhyNot {
  const roles = new Roles(tree)
  if (roles.tasksOf(ROLE) === undefined) return { code: 'no-validation-role' }
  const before = playsBefore(tree)
  const plays: object[] = []
  for (const { file, play } of before) {
    const hosts = play.get('hosts')
    if (typeof hosts !== 'string' || !/^[\w:&!,.*-]+$/.test(hosts))
      return { code: 'other-tasks', file, line: lineOf(tree.text(file), 'hosts'), doing: 'hosts' }
    const lists = LISTS.map((key) => [key, listed(play.get(key))] as const)
    const other = otherIn(lists.flatMap(([, tasks]) => tasks))
    if (other !== undefined)
      return { code: 'other-tasks', file, line: lineOf(tree.text(file), other), doing: other }
    const names = listed(play.get('roles')).map(roleName)
    for (const name of names) {
      const stop = name === undefined ? otherRole(file, 'roles') : roles.take(name)
      if (stop) return stop
    }
    plays.push({
      hosts,
      gather_facts: false,
      become: false,
      ignore_errors: true,
      roles: names,
      vars: asJson(mapIn(play.get('vars'))),
      ...Object.fromEntries(lists.map(([key, tasks]) => [key, tasks.map(asJson)])),
    })
  }
  const playbook = JSON.stringify(plays, undefined, 1).replaceAll(NUMBER, '$1')
  return { playbook, ...roles.taken() }
}

const LISTS = ['pre_tasks', 'tasks', 'post_tasks']

interface FoundPlay {
  readonly file: string
  readonly play: Task
}

/** Plays for all hosts of the file whose play has the role, up to that one, whatever its hosts; without such a file, the role alone. */
function playsBefore(tree: TreeTexts): readonly FoundPlay[] {
  for (const file of tree.paths.filter((path) => /^(?:playbooks\/)?[^/]+\.ya?ml$/.test(path))) {
    const text = tree.text(file)
    if (text?.includes(ROLE) !== true) continue
    const plays = tasksIn(readDocument(text))
    const last = plays.findIndex((play) => listed(play.get('roles')).some((each) => roleName(each) === ROLE))
    if (last < 0) continue
    return plays
      .slice(0, last + 1)
      .filter((play, at) => at === last || play.get('hosts') === 'all')
      .map((play) => ({ file, play }))
  }
  const play: Task = new Map<string, PlainValue>([
    ['hosts', 'all'],
    ['roles', [ROLE]],
  ])
  return [{ file: '', play }]
}

/** A role by its name, where nothing else is said with it. */
function roleName(entry: PlainValue): string | undefined {
  if (typeof entry === 'string') return entry
  const map = mapIn(entry)
  if ([...map.keys()].some((key) => !['role', 'name', 'tags'].includes(key))) return undefined
  return namedBy(map.get('role') ?? map.get('name'), 'role')
}

/** A role that more is said with than its name. */
function otherRole(file: string, doing: string): WhyNot {
  return { code: 'other-tasks', file, line: 1, doing }
}

/** Roles that are taken, each with what it depends on. */
class Roles {
  readonly #tree: TreeTexts
  readonly #files = new Set<string>()
  readonly #written = new Map<string, string>()
  readonly #seen = new Set<string>()
  #checks = 0

  constructor(tree: TreeTexts) {
    this.#tree = tree
  }

  tasksOf(name: string): string | undefined {
    return this.#at(name, 'tasks/main')
  }

  /** Takes a role in; says what stands in the way. */
  take(name: string): WhyNot | undefined {
    if (!/^[\w-]+$/.test(name)) return otherRole(`roles/${name}`, 'roles')
    if (this.#seen.has(name)) return undefined
    this.#seen.add(name)
    const tasks = this.tasksOf(name)
    if (tasks !== undefined) {
      const text = this.#tree.text(tasks) ?? ''
      const other = otherTask(text)
      if (other) return { code: 'other-tasks', file: tasks, ...other }
      this.#files.add(tasks)
      this.#checks += text.match(CHECK)?.length ?? 0
    }
    for (const path of this.#tree.paths)
      if (path.startsWith(`roles/${name}/defaults/`) || path.startsWith(`roles/${name}/vars/`))
        this.#files.add(path)
    return this.#dependencies(name)
  }

  #dependencies(name: string): WhyNot | undefined {
    const meta = this.#at(name, 'meta/main')
    if (meta === undefined) return undefined
    const entries = listed(mapIn(readDocument(this.#tree.text(meta) ?? '')).get('dependencies'))
    const names = entries.map(roleName)
    this.#written.set(meta, JSON.stringify({ dependencies: names }))
    for (const each of names) {
      const stop = each === undefined ? otherRole(meta, 'dependencies') : this.take(each)
      if (stop) return stop
    }
    return undefined
  }

  taken(): Omit<Validation, 'playbook'> {
    return { files: [...this.#files], written: this.#written, checks: this.#checks }
  }

  #at(name: string, part: string): string | undefined {
    return ['yml', 'yaml', 'json']
      .map((end) => `roles/${name}/${part}.${end}`)
      .find((path) => this.#tree.text(path) !== undefined)
  }
}

const CHECK = /^[ \t]*(?:- +)?(?:ansible\.(?:builtin|legacy)\.)?(?:assert|fail):/gm

function lineOf(text = '', key: string): number {
  return (
    Math.max(
      text.split('\n').findIndex((line) => line.replace(/^[\s-]*/, '').startsWith(key)),
      0,
    ) + 1
  )
}

/** Plain values as JSON, which is YAML; numbers that JSON has none of are marked, and written as YAML has them (`NUMBER`). */
function asJson(value: PlainValue): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...(value as Task)].map(([key, each]) => [key, asJson(each)]))
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(asJson)
  return value instanceof PythonNumber ? `\ue000${inYaml(value.text)}\ue000` : (value ?? null)
}

/** No reader takes `1e-05` for a number, nor `inf`. */
function inYaml(text: string): string {
  return text.replace(/^(-?\d+)e/, '$1.0e').replace(/^(-?)(inf|nan)$/, '$1.$2')
}

const NUMBER = /"\ue000([-+.\w]+)\ue000"/g
