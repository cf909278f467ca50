import { addAllTo } from '../model/collections/grouped.ts'
import { problemOf, positionAt, lineStartsOf } from '../yaml/tree/position-at.ts'
import type { Problem } from '../model/problem.ts'
import { hasJinja } from '../yaml/jinja/read-jinja.ts'
import type { KeyPath } from '../yaml/tree/key-path.ts'
import type { YamlEntry, YamlNode, YamlSource } from '../yaml/node/yaml-node.ts'
import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import { currentGroupName } from './cluster-groups.ts'
import { hostFormat } from './hosts/host-format.ts'
import { resolveIniValue } from './resolve-ini-value.ts'
import { readIni } from './read-ini.ts'
import type { Scope } from './variable-files.ts'
import { mappingSettings } from './mapping-settings.ts'
import type { Setting } from './setting.ts'

/** Hosts, groups and variables of one file. Groups go by the names they have today. */
export interface HostFile {
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly settings: readonly Setting[]
  readonly problems: readonly Problem[]
}

/** Reads a file of hosts as Ansible does. */
export function readHostFile(file: string, text: string): HostFile {
  if (text.length > MOST_CHARACTERS) return { ...NOTHING, problems: [tooLarge(file, text.length)] }
  return hostFormat(file, text) === 'yaml' ? readYamlHosts(file, text) : readIniHosts(file, text)
}

/** A host with ten variables takes some 300 characters, and Kubespray is tried with a thousand hosts at most. */
const MOST_CHARACTERS = 4_000_000

const NOTHING = { hosts: new Map(), children: new Map(), settings: [] }

function tooLarge(file: string, length: number): Problem {
  const [size, most] = [Math.ceil(length / 1_000_000), MOST_CHARACTERS / 1_000_000]
  return {
    code: 'inventory-too-large',
    message: `I do not read a file of hosts with ${size} million characters; the most I take is ${most} million.`,
    at: { file, line: 1, column: 1 },
  }
}

function readIniHosts(file: string, text: string): HostFile {
  const ini = readIni(text)
  const lineStarts = lineStartsOf(text)
  const settings = ini.variables.map(({ name, owner, written, nameFrom, from, to }): Setting => {
    return {
      name,
      value: resolveIniValue(written),
      written,
      nature: hasJinja(written) ? 'template' : 'plain',
      scope: { kind: owner.kind, name: owner.kind === 'group' ? currentGroupName(owner.name) : owner.name },
      at: { file, ...positionAt(lineStarts, nameFrom) },
      source: { kind: 'ini', from, to },
    }
  })
  const problems = ini.faults.map(({ message, offset }) => {
    return { code: 'inventory-syntax', message, at: { file, ...positionAt(lineStarts, offset) } }
  })
  return {
    hosts: byCurrentName(ini.hosts),
    children: byCurrentName(ini.children, currentGroupName),
    settings,
    problems,
  }
}

function byCurrentName(
  groups: ReadonlyMap<string, readonly string[]>,
  rename: (name: string) => string = (name) => name,
): ReadonlyMap<string, readonly string[]> {
  const current = new Map<string, string[]>()
  for (const [name, members] of groups) {
    const key = currentGroupName(name)
    addAllTo(current, key, members.map(rename))
  }
  return current
}

interface Reading {
  readonly file: string
  readonly source: YamlSource
  readonly hosts: Map<string, string[]>
  readonly children: Map<string, string[]>
  readonly settings: Setting[]
}

function readYamlHosts(file: string, text: string): HostFile {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') {
    const problems = parsed.faults.map((fault) => problemOf(fault, file))
    return { ...NOTHING, problems }
  }
  const { source } = parsed
  const reading: Reading = { file, source, hosts: new Map(), children: new Map(), settings: [] }
  for (const entry of entriesOf(source.documents[0]?.root)) readGroup(reading, entry, [entry.key])
  return {
    hosts: reading.hosts,
    children: reading.children,
    settings: reading.settings,
    problems: source.duplicates.map((fault) => problemOf(fault, file)),
  }
}

function readGroup(reading: Reading, group: YamlEntry, path: KeyPath): void {
  const name = currentGroupName(group.key)
  for (const part of entriesOf(group.value)) {
    const below = [...path, part.key]
    if (part.key === 'vars')
      readVariables(reading, part.value, { path: below, scope: { kind: 'group', name } })
    for (const member of entriesOf(part.value)) {
      const memberPath = [...below, member.key]
      if (part.key === 'hosts') {
        push(reading.hosts, name, member.key)
        readVariables(reading, member.value, { path: memberPath, scope: { kind: 'host', name: member.key } })
      }
      if (part.key === 'children') {
        push(reading.children, name, currentGroupName(member.key))
        readGroup(reading, member, memberPath)
      }
    }
  }
}

function readVariables(reading: Reading, node: YamlNode, owner: { path: KeyPath; scope: Scope }): void {
  const { source, file } = reading
  for (const setting of mappingSettings(source, node, { file, ...owner }) ?? [])
    reading.settings.push(setting)
}

function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  if (node?.kind === 'alias') return entriesOf(node.target)
  return node?.kind === 'mapping' ? node.entries : []
}

function push(groups: Map<string, string[]>, name: string, member: string): void {
  const members = groups.get(name)
  if (members) members.push(member)
  else groups.set(name, [member])
}
