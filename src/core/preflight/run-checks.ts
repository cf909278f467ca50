import { addTo } from '../model/collections/grouped.ts'
import type { Audited } from '../audit/audited.ts'
import { expandHosts } from '../inventory/hosts/expand-hosts.ts'
import type { Setting } from '../inventory/setting.ts'
import { readArchitecture, type Architecture } from '../model/architecture.ts'
import type { Answer, Check, Failure } from './check.ts'
import type { Undecided } from '../catalogue/jinja/decision.ts'
import { hostClasses, hostsOf, settingsFor, type HostClass } from './host-class.ts'
import type { On } from './host-variables.ts'
import { PlayRun } from './play-run.ts'

/** What became of one check on all hosts of a cluster. */
export interface Checked extends Check {
  /** The heaviest answer: what fails anywhere stops the play; what is left anywhere may. */
  readonly answer: Answer['kind']
  readonly failures: readonly FailureOn[]
  /** Why it has no answer before a host runs, where it has none. */
  readonly left: readonly Undecided[]
}

export interface FailureOn extends Failure {
  readonly architectures: readonly Architecture[]
  /** The hosts that it fails on; empty where the inventory names none. */
  readonly hosts: readonly string[]
}

/** The playbook of an upgrade, where releases have had it: at the top until v2.21, below `playbooks` since. */
const PLAYBOOKS = [
  'playbooks/upgrade_cluster.yml',
  'upgrade-cluster.yml',
  'upgrade_cluster.yml',
  'playbooks/cluster.yml',
  'cluster.yml',
]

interface Heard {
  readonly check: Check
  readonly once: boolean
  readonly on: On
  readonly answer: Answer
}

/** Asks a release's own checks about a cluster: for the hosts of each group, on each architecture. */
export function runChecks(source: Audited): readonly Checked[] {
  const playbook = PLAYBOOKS.find((path) => source.tree.has(path))
  if (playbook === undefined) return []
  const heard = new Map<string, Heard[]>()
  for (const on of everyOn(source)) {
    const run = new PlayRun(source, on, (check, answer, once) => {
      const key = `${check.path}\0${check.line}`
      addTo(heard, key, { check, answer, once, on })
    })
    run.playbook(playbook)
  }
  return [...heard.values()].map(together)
}

function everyOn(source: Audited): readonly On[] {
  const { settings, architectures } = source
  const hosts = settings && hostsOf(settings)
  if (!hosts) {
    const ofGroups = settings?.settings.filter(({ scope }) => scope.kind === 'group') ?? []
    return architectures.map((architecture): On => ({ settings: ofGroups, architecture }))
  }
  return hostClasses(hosts).flatMap((each) => {
    const own = settingsFor(each, settings)
    const told = architecturesTold(each, own)
    const has = told ? architectures.filter((architecture) => told.has(architecture)) : architectures
    return (has.length > 0 ? has : architectures).map((architecture): On => {
      return { of: { hosts, class: each }, settings: own, architecture }
    })
  })
}

/** The architectures of a class, where the inventory tells that of each of its hosts. */
function architecturesTold(
  { hosts }: HostClass,
  settings: readonly Setting[],
): ReadonlySet<Architecture> | undefined {
  const told = settings.filter(({ name, nature }) => name === 'ansible_architecture' && nature === 'plain')
  const last = new Map<string, Setting>()
  for (const each of told)
    for (const host of each.scope.kind === 'group' ? hosts : expandHosts(each.scope.name))
      last.set(host, each)
  const known = hosts.flatMap((host) => {
    const value = last.get(host)?.value
    const architecture = typeof value === 'string' ? readArchitecture(value) : undefined
    return architecture === undefined ? [] : [architecture]
  })
  return known.length === hosts.length ? new Set(known) : undefined
}

function together(all: readonly Heard[]): Checked {
  const [first] = all as [Heard]
  const fails = all.filter((each) => each.answer.kind === 'fails')
  // What runs once runs on the first host of its play alone, and which one that is a limit or a serial may change.
  const isStop = fails.length > 0 && (!first.once || everyOnFails(all))
  const left = all.flatMap(({ answer }) => (answer.kind === 'left' ? [answer] : []))
  const answers = all.map(({ answer }) => answer.kind)
  const open = answers.includes('left') || fails.length > 0
  const closed = answers.includes('passes') ? 'passes' : 'not-asked'
  const rest = open ? 'left' : closed
  return {
    ...first.check,
    answer: isStop ? 'fails' : rest,
    failures: isStop ? failuresOf(fails) : [],
    left: isStop ? [] : [...new Map(left.map(({ why, what }) => [`${why} ${what}`, { why, what }])).values()],
  }
}

/** A loop comes by several times on one host: one failure there is enough. */
function everyOnFails(all: readonly Heard[]): boolean {
  const ons = new Set(all.map(({ on }) => on))
  return [...ons].every((on) => all.some((each) => each.on === on && each.answer.kind === 'fails'))
}

function failuresOf(fails: readonly Heard[]): readonly FailureOn[] {
  const found = new Map<string, { failure: Failure; architectures: Set<Architecture>; hosts: Set<string> }>()
  for (const { answer, on } of fails) {
    if (answer.kind !== 'fails') continue
    const key = JSON.stringify([answer.conditions, answer.message])
    const known = found.get(key) ?? { failure: answer, architectures: new Set(), hosts: new Set() }
    known.architectures.add(on.architecture)
    for (const host of on.of?.class.hosts ?? []) known.hosts.add(host)
    found.set(key, known)
  }
  return [...found.values()].map(({ failure, architectures, hosts }) => {
    return { ...failure, architectures: [...architectures], hosts: [...hosts] }
  })
}
