import type { Problem } from '../model/problem.ts'
import type { YamlDocument, YamlNode, YamlSource } from '../yaml/node/yaml-node.ts'
import { positionAt, problemOf } from '../yaml/tree/position-at.ts'
import { plainScalar } from '../yaml/values/plain-value.ts'
import { resolveScalar } from '../yaml/values/resolve-scalar.ts'
import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import { currentGroupName } from './cluster-groups.ts'
import type { Scope, VariableFile } from './variable-files.ts'
import { mappingSettings } from './mapping-settings.ts'
import type { Setting } from './setting.ts'

/** What one file under `group_vars/` or `host_vars/` sets. */
interface ReadVariables {
  readonly settings: readonly Setting[]
  readonly problems: readonly Problem[]
}

/** Reads a file of variables. A file that is encrypted as a whole says nothing to us, and that is no problem. */
export function readVariableFile({ path, scope }: VariableFile, text: string): ReadVariables {
  if (text.startsWith('$ANSIBLE_VAULT;')) return { settings: [], problems: [] }
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') {
    return { settings: [], problems: parsed.faults.map((fault) => problemOf(fault, path)) }
  }
  const { source } = parsed
  const problems = source.duplicates.map((fault) => problemOf(fault, path))
  const document = source.documents[0] as YamlDocument
  // Ansible reads a document that says nothing, `null` or `{}`, as an empty one.
  if (!document.root || saysNothing(document.root)) return { settings: [], problems }
  const owner: Scope = scope.kind === 'group' ? { kind: 'group', name: currentGroupName(scope.name) } : scope
  const settings = mappingSettings(source, document.root, { file: path, scope: owner, path: [] })
  return settings
    ? { settings, problems }
    : { settings: [], problems: [...problems, noMapping(path, source, document.root)] }
}

function saysNothing(root: YamlNode): boolean {
  if (root.kind === 'sequence') return root.items.length === 0
  if (root.kind !== 'scalar') return false
  const value = plainScalar(resolveScalar(root))
  return value === undefined || value === false || value === 0 || value === ''
}

function noMapping(file: string, source: YamlSource, root: YamlNode): Problem {
  return {
    code: 'inventory-no-variables',
    message: 'This file of variables holds no `name: value` lines at its top: expected a mapping here.',
    at: { file, ...positionAt(source.lineStarts, root.from) },
  }
}
