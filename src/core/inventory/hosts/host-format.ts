import type { YamlNode } from '../../yaml/node/yaml-node.ts'
import { parseYaml } from '../../yaml/tree/parse-yaml.ts'

/**
 * How Ansible reads a file of hosts: it tries YAML on files with YAML's endings or with none, and INI on all. A file with YAML's
 * ending that is no YAML and begins with a section is INI.
 */
export function hostFormat(file: string, text: string): 'yaml' | 'ini' {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/\.(?:ya?ml|json)$/i.test(name)) return beginsWithSection(text) && !isMapping(text) ? 'ini' : 'yaml'
  return !name.includes('.') && !beginsWithSection(text) && isMapping(text) ? 'yaml' : 'ini'
}

/** Whether the first line that says anything opens a section. */
function beginsWithSection(text: string): boolean {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !/^[#;]/.test(line))
  return first !== undefined && /^\[[\w.-]+(?::\w+)?\](?:\s*#.*)?$/.test(first)
}

function isMapping(text: string): boolean {
  return rootOf(text)?.kind === 'mapping'
}

function rootOf(text: string): YamlNode | undefined {
  const parsed = parseYaml(text)
  return parsed.kind === 'parsed' ? parsed.source.documents[0]?.root : undefined
}

/** What a YAML file beside an inventory's is, by what stands in it. */
type YamlContent =
  | 'hosts'
  /** Settings of a plugin that asks a cloud for the hosts. */
  | 'plugin'
  | 'other'
  | 'unreadable'
  | 'empty'

/**
 * Whether a file of YAML holds hosts: groups at its top, each with `hosts`, `children` or `vars` in it and nothing else. A key at the top that is
 * no group makes it another kind of file.
 */
export function yamlContent(text: string): YamlContent {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') return 'unreadable'
  const root = parsed.source.documents[0]?.root
  if (!root) return 'empty'
  if (root.kind !== 'mapping') return 'other'
  if (root.entries.some(({ key, value }) => key === 'plugin' && value.kind === 'scalar')) return 'plugin'
  const groups = root.entries.map(({ key, value }) => ({
    key,
    value: value.kind === 'alias' ? value.target : value,
  }))
  // A group that is named and has nothing in it is one as well; not all of them may be such.
  const isGroup = groups.map(({ key, value }) => looksLikeGroup(key, value))
  return isGroup.every((each) => each !== 'no') && isGroup.includes('yes') ? 'hosts' : 'other'
}

function looksLikeGroup(key: string, value: YamlNode): 'yes' | 'no' | 'maybe' {
  if (value.kind === 'scalar') return value.style === 'empty' ? 'maybe' : 'no'
  if (value.kind !== 'mapping') return 'no'
  if (value.entries.length === 0) return 'maybe'
  const isPart = value.entries.every(
    ({ key: part, value: inner }) =>
      /^(?:hosts|children|vars)$/.test(part) &&
      (inner.kind === 'mapping' ||
        inner.kind === 'alias' ||
        (inner.kind === 'scalar' && inner.style === 'empty')),
  )
  if (isPart) return 'yes'
  // Ansible goes on where there is more in a group than it knows, and says so.
  return key === 'all' && value.entries.some(({ key: part }) => /^(?:hosts|children)$/.test(part))
    ? 'yes'
    : 'no'
}
