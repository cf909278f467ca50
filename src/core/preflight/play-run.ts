import type { Audited } from '../audit/audited.ts'
import { renderTemplate } from '../catalogue/jinja/render-template.ts'
import { printed, Unsure, type Value } from '../catalogue/jinja/value.ts'
import { renderedDeep } from '../catalogue/variables-of.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { answerCheck, type Asked } from './answer-check.ts'
import type { Answer, Check } from './check.ts'
import { checksIn } from './checks-in.ts'
import {
  attempt,
  decideAll,
  isUndecided,
  type Decision,
  type Undecided,
} from '../catalogue/jinja/decision.ts'
import { factsSetIn, roleNames } from './role-names.ts'
import { isInPattern } from './host-class.ts'
import { HostVariables, type Locals, type On } from './host-variables.ts'
import type { Place } from './place.ts'
import { turnsOf } from './turns-of.ts'
import { argumentsOf, beside, listed, mapIn, namedBy, tasksIn, type Task } from '../catalogue/task.ts'

/** What is heard of each check that is come by. */
type Heard = (check: Check, answer: Answer, once: boolean) => void

const NOWHERE = { conditions: [], locals: new Map(), isCaught: false }

/** Deeper than this no release includes; a circle ends here. */
const DEEPEST = 25

/**
 * Thinks a playbook through for hosts of one class, task by task in Ansible's order: plays, roles with what they depend on,
 * inclusions, blocks; `set_fact` and `register` change what later tasks see. Nothing is run: what only a host can tell stays open.
 */
export class PlayRun {
  readonly #source: Audited
  readonly #on: On
  readonly #variables: HostVariables
  readonly #heard: Heard
  /** Roles that were gone through already for certain: the second time brings nothing new. */
  readonly #done = new Set<string>()
  #depth = 0
  /** Something in the play may have ended it. */
  #ended: Undecided | true | undefined

  constructor(source: Audited, on: On, heard: Heard) {
    this.#source = source
    this.#on = on
    this.#variables = new HostVariables(source, on)
    this.#heard = heard
  }

  /** Goes through the plays of a file. */
  playbook(path: string, outer: Place = { ...NOWHERE, path }): void {
    if (this.#depth > DEEPEST) return
    this.#depth++
    for (const play of tasksIn(this.#source.document(path))) {
      const entered = this.#enter(play, { ...outer, path })
      if (!entered) continue
      const imported = namedBy(argumentsOf(play, 'import_playbook') ?? play.get('include'), 'file')
      if (imported !== undefined) this.playbook(beside(path, imported), entered)
      else this.#play(play, entered)
    }
    this.#depth--
  }

  #play(play: Task, place: Place): void {
    const isOn = this.#isOn(play.get('hosts'), place)
    if (isOn === false) return
    this.#ended = undefined
    const here = isOn === undefined ? { ...place, open: place.open ?? HOSTS_UNKNOWN } : place
    for (const prompt of tasksIn(play.get('vars_prompt'))) this.#unsure(printed(prompt.get('name')), true)
    this.#tasks(play.get('pre_tasks'), here)
    for (const role of listed(play.get('roles'))) this.#roleEntry(role, here)
    this.#tasks(play.get('tasks'), here)
    this.#tasks(play.get('post_tasks'), here)
  }

  #isOn(hosts: PlainValue, place: Place): boolean | undefined {
    const { of } = this.#on
    if (!of) return true
    const pattern = attempt(() => renderTemplate(listed(hosts).map(printed).join(':'), this.#scope(place)))
    return isUndecided(pattern) ? undefined : isInPattern(printed(pattern), of.class, of.hosts)
  }

  /** An entry of `roles` or `dependencies`: a name, or a mapping whose other keys are variables. */
  #roleEntry(entry: PlainValue, outer: Place): void {
    const task: Task = entry instanceof Map ? (entry as PlainMap) : new Map([['role', entry]])
    const name = task.get('role') ?? task.get('name')
    if (typeof name !== 'string') return
    const own = [...task].filter(([key]) => !NO_VARIABLES.has(key))
    const place = this.#enter(task, outer, own)
    if (place) this.#role(name, place)
  }

  #role(written: string, place: Place, from = 'main'): void {
    const name = attempt(() => printed(renderTemplate(written, this.#scope(place))))
    if (isUndecided(name)) return
    const role = name.replace(/\/$/, '').replace(/^kubernetes_sigs\.kubespray\./, '')
    const key = JSON.stringify([role, from, [...place.locals].map(([each, value]) => [each, printed(value)])])
    if (this.#done.has(key) || this.#depth > DEEPEST) return
    if (!place.open) this.#done.add(key)
    this.#depth++
    const at = (part: string, file: string): string | undefined =>
      ['yml', 'yaml']
        .map((ending) => `roles/${role}/${part}/${file}.${ending}`)
        .find((path) => this.#source.tree.has(path))
    const meta = at('meta', 'main')
    const dependencies =
      meta === undefined ? undefined : mapIn(this.#source.document(meta)).get('dependencies')
    for (const each of listed(dependencies)) this.#roleEntry(each, { ...place, path: meta ?? '' })
    const tasks = at('tasks', from.replace(/\.ya?ml$/, ''))
    if (tasks !== undefined) this.#file(tasks, { ...place, path: tasks, role })
    this.#depth--
  }

  #file(path: string, place: Place): void {
    this.#tasks(this.#source.document(path), { ...place, path })
  }

  #tasks(list: PlainValue, place: Place): void {
    for (const task of tasksIn(list)) {
      if (this.#ended === true) return
      const here = this.#ended ? { ...place, open: place.open ?? this.#ended } : place
      if (task.has('block')) this.#block(task, here)
      else this.#task(task, here)
    }
  }

  #block(block: Task, outer: Place): void {
    const place = this.#enter(block, outer)
    if (place) this.#tasks(block.get('block'), { ...place, isCaught: place.isCaught || block.has('rescue') })
    // Whether anything is rescued, a run alone tells.
    for (const name of factsSetIn(block.get('rescue'))) this.#unsure(name, this.#variables.has(name))
    const always = this.#enter(block, outer)
    if (always) this.#tasks(block.get('always'), always)
  }

  #task(task: Task, outer: Place): void {
    const included = this.#inclusionOf(task)
    if (included) return included(outer)
    if (TELLING.some((module) => argumentsOf(task, module) !== undefined)) this.#telling(task, outer)
    const registered = task.get('register')
    if (typeof registered === 'string') this.#unsure(registered, true)
  }

  /** A task that checks something, or that others hear of. */
  #telling(task: Task, outer: Place): void {
    const vars = mapIn(task.get('vars'))
    const own = vars.size === 0 ? outer : { ...outer, locals: new Map([...outer.locals, ...vars]) }
    for (const place of turnsOf(task, own, this.#scope(own))) {
      this.#check(task, place)
      this.#facts(task, place)
      this.#mayEnd(task, place)
    }
  }

  #check(task: Task, place: Place): void {
    const check = checksIn(this.#source, place.path).get(task)
    if (!check) return
    const asked: Asked = { ...place, task, kind: check.kind, scope: () => this.#scope(place) }
    this.#heard(check, answerCheck(asked), task.get('run_once') === true)
  }

  /** `set_fact` and files of variables. */
  #facts(task: Task, place: Place): void {
    const facts = argumentsOf(task, 'set_fact')
    if (facts !== undefined) {
      const decision = this.#decide(task, place)
      if (decision === false) return
      if (typeof facts === 'string')
        for (const [, name = ''] of facts.matchAll(/(?:^|\s)(\w+)=/g)) this.#unsure(name, false)
      const scope = this.#scope(place)
      const values = [...mapIn(facts)].filter(([name]) => name !== 'cacheable')
      const found = values.map(([name, value]): [string, Value] => {
        if (decision !== true) return [name, unsureFact(name, decision, this.#variables.has(name))]
        const known = attempt(() => renderedDeep(value, scope))
        return [name, isUndecided(known) ? unsureFact(name, known) : known]
      })
      for (const [name, value] of found) this.#variables.set(name, value)
    }
    if (argumentsOf(task, 'include_vars') !== undefined && this.#decide(task, place) !== false)
      for (const name of roleNames(this.#source, place.role).loadable)
        this.#unsure(name, this.#variables.has(name))
  }

  /** A play may be ended by a task, for some hosts or all. */
  #mayEnd(task: Task, place: Place): void {
    const meta = argumentsOf(task, 'meta')
    if (typeof meta !== 'string' || !/^end_(?:play|host|batch)\b/.test(meta)) return
    const decision = this.#decide(task, place)
    if (decision === false) return
    if (isUndecided(decision)) this.#ended = decision
    // Where failures are caught, one before it may have led past it.
    else this.#ended = place.isCaught ? END_UNKNOWN : true
  }

  #inclusionOf(task: Task): ((outer: Place) => void) | undefined {
    for (const module of ['include_role', 'import_role']) {
      const named = argumentsOf(task, module)
      if (named === undefined) continue
      const [role, from] = [namedBy(named, 'name'), mapIn(named).get('tasks_from')]
      return (outer) => {
        for (const turn of turnsOf(task, outer, this.#scope(outer))) {
          const place = this.#enter(task, turn)
          if (place && role !== undefined)
            this.#role(role, place, from === undefined ? undefined : printed(from))
        }
      }
    }
    for (const module of ['include_tasks', 'import_tasks', 'include']) {
      const file = namedBy(argumentsOf(task, module), 'file')
      if (file === undefined) continue
      return (outer) => {
        for (const turn of turnsOf(task, outer, this.#scope(outer))) {
          const place = this.#enter(task, turn)
          if (place) this.#include(file, place)
        }
      }
    }
    return undefined
  }

  #include(written: string, place: Place): void {
    const file = attempt(() => printed(renderTemplate(written, this.#scope(place))))
    const found = isUndecided(file) ? undefined : this.#found(file, place)
    if (found === undefined)
      for (const name of roleNames(this.#source, place.role).settable)
        this.#unsure(name, this.#variables.has(name))
    if (found !== undefined && this.#depth <= DEEPEST) {
      this.#depth++
      this.#file(found, place)
      this.#depth--
    }
  }

  /** Ansible looks beside the file that includes, and in the role's tasks. */
  #found(file: string, { path, role }: Place): string | undefined {
    const places = [beside(path, file), ...(role === undefined ? [] : [`roles/${role}/tasks/${file}`])]
    return places.find((each) => this.#source.tree.has(each))
  }

  /** The place inside of something with conditions and variables of its own; `undefined` where a condition keeps out. */
  #enter(task: Task, outer: Place, own: Iterable<readonly [string, PlainValue]> = []): Place | undefined {
    if (listed(task.get('tags')).some((tag) => printed(tag).split(',').includes('never'))) return undefined
    const locals: Locals = new Map([...outer.locals, ...mapIn(task.get('vars')), ...own])
    const place: Place = { ...outer, locals, isCaught: outer.isCaught || isForgiving(task) }
    const decision = this.#decide(task, place)
    if (decision === false) return undefined
    const conditions = [...place.conditions, ...listed(task.get('when')).map(printed)]
    return decision === true
      ? { ...place, conditions }
      : { ...place, conditions, open: place.open ?? decision }
  }

  #decide(task: Task, place: Place): Decision {
    const decision = decideAll(listed(task.get('when')), this.#scope(place))
    return decision === true ? (place.open ?? true) : decision
  }

  #scope(place: Place): ReturnType<HostVariables['scope']> {
    return this.#variables.scope(place.locals, place.role)
  }

  #unsure(name: string, isThere: boolean): void {
    this.#variables.set(name, new Unsure(name, { why: 'host', isThere }))
  }
}

/** Modules that say something about others; what else a task does changes hosts, and no answer. */
const TELLING = ['assert', 'fail', 'set_fact', 'include_vars', 'meta']

const HOSTS_UNKNOWN: Undecided = { why: 'host', what: 'which hosts a play is for' }
const END_UNKNOWN: Undecided = { why: 'host', what: 'whether a play has ended' }

/** Keys of an entry of `roles` that are no variables of the role. */
const NO_VARIABLES: ReadonlySet<string> = new Set([
  ...['role', 'name', 'when', 'tags', 'vars', 'become', 'become_user', 'delegate_to', 'environment'],
  ...[
    'ignore_errors',
    'run_once',
    'any_errors_fatal',
    'no_log',
    'connection',
    'delegate_facts',
    'check_mode',
  ],
])

function isForgiving(task: Task): boolean {
  const errors = task.get('ignore_errors')
  return (errors !== undefined && errors !== false) || task.get('failed_when') === false
}

function unsureFact(name: string, { why, what }: Undecided, isThere = true): Value {
  return new Unsure(what === '' ? name : what, { why: why === 'undefined' ? 'host' : why, isThere })
}
