import type { Edit } from '../text/edit.ts'
import type { YamlEntry, YamlNode } from '../yaml/node/yaml-node.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'
import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import { hostFormat } from './hosts/host-format.ts'

/** A group's name where a file of hosts writes it, and not as it is called today. */
interface WrittenGroup {
  readonly name: string
  readonly line: number
  /** The name alone, without brackets, `:children` or quotes. */
  readonly from: number
  readonly to: number
}

/** Every place at which a file of hosts names a group, in its order; none where it does not parse. */
export function writtenGroups(file: string, text: string): readonly WrittenGroup[] {
  const found = hostFormat(file, text) === 'yaml' ? inYaml(text) : inIni(text)
  const lineStarts = lineStartsOf(text)
  return found.map((each) => ({ ...each, line: positionAt(lineStarts, each.from).line }))
}

/** Gives a group another name wherever the file writes it. */
export function renameGroup(
  groups: readonly WrittenGroup[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly Edit[] {
  return groups
    .filter(({ name }) => name === from)
    .map((each) => ({ from: each.from, to: each.to, text: to }))
}

type Found = Omit<WrittenGroup, 'line'>

function inIni(text: string): readonly Found[] {
  const found: Found[] = []
  let inChildren = false
  for (const match of text.matchAll(/^([ \t]*)(\[?)([^\]:#;\s]+)(:\w+)?(\]?)/gm)) {
    const [, indent = '', bracket = '', name = '', kind, close] = match
    const from = match.index + indent.length + bracket.length
    const place = { name, from, to: from + name.length }
    if (bracket !== '' && close !== '') {
      inChildren = kind === ':children'
      found.push(place)
    } else if (inChildren) {
      found.push(place)
    }
  }
  return found
}

function inYaml(text: string): readonly Found[] {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') return []
  const found = new Map<number, Found>()
  const visit = (group: YamlEntry): void => {
    const { from, to } = group.keyRange
    const quotes = text.slice(from, to) === group.key ? 0 : 1
    found.set(from, { name: group.key, from: from + quotes, to: to - quotes })
    const children = entriesOf(group.value).find(({ key }) => key === 'children')
    for (const child of entriesOf(children?.value)) visit(child)
  }
  for (const entry of entriesOf(parsed.source.documents[0]?.root)) visit(entry)
  return [...found.values()]
}

/** What an alias stands for is found where it is written. */
function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'mapping' ? node.entries : []
}
