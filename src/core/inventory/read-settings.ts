import { grouped } from '../model/collections/grouped.ts'
import type { Problem } from '../model/problem.ts'
import { sameValue } from '../yaml/values/yaml-value.ts'
import { CLUSTER_GROUPS, groupDepths } from './cluster-groups.ts'
import { extraSettings } from './extra-settings.ts'
import { readHostFile, type HostFile } from './host-file.ts'
import type { Inventory } from './find-inventories.ts'
import type { Setting } from './setting.ts'
import { readVariableFile } from './read-variable-file.ts'
import { codeSpan } from '../model/code-span.ts'

/** Everything an inventory sets. */
export interface InventorySettings {
  /** In Ansible's order of precedence: where two set the same variable for the same host, the later one counts. */
  readonly settings: readonly Setting[]
  /** The same by name: inventories are asked for many variables, one after another. */
  readonly named: ReadonlyMap<string, readonly Setting[]>
  /** Group → its own hosts, as written (`node[1:3]`). */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly children: ReadonlyMap<string, ReadonlySet<string>>
  readonly problems: readonly Problem[]
}

/** Reads an inventory from the texts of its files, by path (`filesOf`); a file whose text is missing is left out. */
export function readSettings(inventory: Inventory, texts: ReadonlyMap<string, string>): InventorySettings {
  const hostFiles = inventory.hostFiles.flatMap((file) => {
    const text = texts.get(file)
    return text === undefined ? [] : [readHostFile(file, text)]
  })
  const variables = inventory.variableFiles.flatMap((file) => {
    const text = texts.get(file.path)
    return text === undefined ? [] : [readVariableFile(file, text)]
  })
  const children = joinSets(hostFiles.map((file) => file.children))
  const fromHosts = hostFiles.flatMap((file) => file.settings)
  const extra = extraSettings(inventory.extra, texts)
  const ordered = inOrder(
    fromHosts,
    variables.flatMap((file) => file.settings),
    groupDepths(children),
  )
  const [asked, known] = askedOver(ordered, extra.settings)
  const settings = [...ordered, ...known]
  // A file that another hides is read all the same where a command hands it in.
  const hidden = inventory.shadowed.filter(({ path }) => !inventory.extra.some((each) => each.path === path))
  const shadowed = hidden.map(({ path, by }) => shadowedFile(path, by))
  const read = [...hostFiles, ...variables, extra].flatMap((file) => file.problems)
  return {
    settings,
    named: grouped(settings, ({ name }) => name),
    hosts: joinHosts(hostFiles),
    children,
    problems: [...read, ...shadowed, ...setTwice(settings), ...asked],
  }
}

/** What people are asked for when they run a command says not what runs now, where the inventory does: it is told, and left out. */
function askedOver(
  own: readonly Setting[],
  extra: readonly Setting[],
): readonly [told: readonly Problem[], rest: readonly Setting[]] {
  const byName = new Map(own.map((each) => [each.name, each]))
  const isOver = ({ name, nature }: Setting): boolean => nature === 'asked' && byName.has(name)
  const told = extra.filter(isOver).map(({ name, at }): Problem => {
    const { file, line } = byName.get(name)?.at ?? at
    const message = `This command sets \`${name}\` to what whoever runs it says, and Ansible takes that. I go by ${codeSpan(file)}, line ${line}.`
    return { code: 'variable-asked', message, at }
  })
  return [told, extra.filter((each) => !isOver(each))]
}

/** What a variable is for the cluster as a whole: the last setting of its groups, else of any group. */
export function clusterSetting(
  { named }: Pick<InventorySettings, 'named'>,
  name: string,
): Setting | undefined {
  const ofGroups = (named.get(name) ?? []).filter(({ scope }) => scope.kind === 'group')
  return ofGroups.findLast(isOfCluster) ?? ofGroups.at(-1)
}

/** Whether a setting is one of the cluster, and not of some of its hosts. */
export function isOfCluster({ scope }: Setting): boolean {
  return scope.kind === 'group' && (CLUSTER_GROUPS as readonly string[]).includes(scope.name)
}

/**
 * Ansible's order: variables of groups in the inventory's own files come first, then `group_vars` of `all`, then those of
 * other groups (the deeper ones later, by name where equally deep), then hosts in the inventory's files, then `host_vars`.
 */
function inOrder(
  fromHosts: readonly Setting[],
  fromFolders: readonly Setting[],
  depths: ReadonlyMap<string, number>,
): readonly Setting[] {
  const key = ({ scope }: Setting, place: 0 | 1): readonly [number, number, string] => {
    if (scope.kind === 'host') return [2 + place, 0, '']
    return [place, depths.get(scope.name) ?? 1, scope.name]
  }
  const keyed = [
    ...fromHosts.map((setting) => ({ setting, key: key(setting, 0) })),
    ...fromFolders.map((setting) => ({ setting, key: key(setting, 1) })),
  ]
  keyed.sort(({ key: a }, { key: b }) => a[0] - b[0] || a[1] - b[1] || byName(a[2], b[2]))
  return keyed.map(({ setting }) => setting)
}

function byName(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function shadowedFile(file: string, by: string): Problem {
  return {
    code: 'inventory-file-not-read',
    message: `Ansible does not read this file, because \`${by}\` stands beside it and is taken in its place. Move its variables there or remove it.`,
    at: { file, line: 1, column: 1 },
  }
}

/** Two values of one variable for the same hosts: the same group twice, `all` and the cluster's own group, or one that a command hands in. */
function setTwice(settings: readonly Setting[]): readonly Problem[] {
  const last = new Map<string, Setting>()
  const problems: Problem[] = []
  for (const setting of settings.toReversed()) {
    const inGroup = `${setting.scope.kind} ${setting.scope.name} ${setting.name}`
    const everywhere =
      setting.scope.name === 'all' || setting.scope.name === 'k8s_cluster'
        ? `cluster ${setting.name}`
        : inGroup
    const winner = last.get(inGroup) ?? last.get(everywhere)
    // What two commands hand in is each its own run.
    const isOther = winner && !sameValue(winner.value, setting.value) && setting.extra === undefined
    if (isOther) problems.push(twoValues(setting, winner))
    if (!winner) last.set(inGroup, setting).set(everywhere, setting)
  }
  return problems.reverse()
}

function twoValues({ name, at }: Setting, { at: winner }: Setting): Problem {
  return {
    code: 'variable-set-twice',
    message: `\`${name}\` has another value in ${codeSpan(winner.file)}, line ${winner.line}, and Ansible takes that one. Remove one of the two.`,
    at,
  }
}

function joinHosts(files: readonly HostFile[]): ReadonlyMap<string, readonly string[]> {
  const joined = joinSets(files.map((file) => file.hosts))
  return new Map([...joined].map(([group, hosts]) => [group, [...hosts]]))
}

function joinSets(
  files: readonly ReadonlyMap<string, readonly string[]>[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const joined = new Map<string, Set<string>>()
  for (const file of files) {
    for (const [group, members] of file)
      joined.set(group, new Set([...(joined.get(group) ?? []), ...members]))
  }
  return joined
}
