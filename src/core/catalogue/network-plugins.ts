import type { PlainMap } from '../yaml/values/plain-value.ts'
import type { ArchitectureGroups, NetworkPlugins, SampleInventory } from './catalogue.ts'
import { winning, type Definitions } from './definitions.ts'
import { printed } from './jinja/value.ts'
import { parentOf } from '../model/parent-of.ts'
import type { ReleaseFiles } from './release-files.ts'

/** The network plugins a release accepts: what its own check of the settings says. */
export function networkPlugins(files: ReleaseFiles, definitions: Definitions): NetworkPlugins {
  const check = acceptedIn(files, 'kube_network_plugin')
  const definition = winning(definitions, 'kube_network_plugin')
  return {
    default: definition && printed(definition.value),
    path: definition?.path,
    allowed: [...(check?.values ?? [])].sort(),
    checkPath: check?.path,
    roles: files.layout.networkPluginRoles,
  }
}

/** The container managers a release accepts; early releases check none and know these. */
export function allowedContainerManagers(files: ReleaseFiles): readonly string[] {
  return [...(acceptedIn(files, 'container_manager')?.values ?? ['docker', 'crio', 'containerd'])].sort()
}

/**
 * Ansible's names for architectures → Kubespray's: a variable since v2.13, a fact that the tasks set before.
 */
export function architectureGroups(
  files: ReleaseFiles,
  definitions: Definitions,
): readonly ArchitectureGroups[] {
  const variable = '_host_architecture_groups'
  const found = winning(definitions, variable)
  if (found?.value instanceof Map) {
    const mapping = Object.fromEntries(
      [...(found.value as PlainMap)].map(([key, value]) => [key, printed(value)]),
    )
    return [{ path: found.path, variable, mapping }]
  }
  return files.layout.checks.flatMap((path) => {
    const mapping = rowsBelow(files.text(path).split('\n'))
    return mapping.length > 0
      ? [{ path, variable: 'architecture_groups', mapping: Object.fromEntries(mapping) }]
      : []
  })
}

/** The rows of one word each below the first map that has any. */
function rowsBelow(lines: readonly string[]): readonly (readonly [string, string])[] {
  const start = lines.findIndex(
    (line, at) => /^\s*architecture_groups:\s*$/.test(line) && ROW.test(lines[at + 1] ?? ''),
  )
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => !ROW.test(line))
  return rest.slice(0, end < 0 ? undefined : end).map((line) => {
    const [, key = '', value = ''] = ROW.exec(line) ?? []
    return [key, value]
  })
}

const ROW = /^\s+(\w+):[ \t]*(\w+)[ \t]*$/

/** The groups of the sample inventory, in its order; `bastion` is shown as a comment. */
export function sampleInventory(files: ReleaseFiles, cluster: string | undefined): SampleInventory {
  const path = files.layout.sampleInventory
  const text = path === undefined ? '' : files.text(path)
  const sections = [...text.matchAll(/^(?:# ?)?\[([^\]:\s]+)(?::\w+)?\]/gm)].map(
    (match) => match[1] as string,
  )
  const groups = [...new Set(sections)]
  return {
    path,
    groups,
    controlPlaneGroup: groups.find((group) => /^kube[-_](?:master|control_plane)$/.test(group)),
    clusterVariables: cluster && parentOf(cluster),
  }
}

/**
 * The values of a setting that some check lists: `name in ['a', 'b']`. Conditions list a few, the check
 * itself lists all.
 */
function acceptedIn(
  files: ReleaseFiles,
  name: string,
): { path: string; values: readonly string[] } | undefined {
  const pattern = new RegExp(`\\b${name} in \\[(?<list>[^\\][]*)\\]`, 'g')
  const lists = files.layout.checks.flatMap((path) =>
    [...files.text(path).matchAll(pattern)].map((match) => ({
      path,
      values: quotedWords(match.groups?.['list'] ?? ''),
    })),
  )
  return lists.sort((a, b) => b.values.length - a.values.length)[0]
}

function quotedWords(list: string): readonly string[] {
  return [...list.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] as string)
}
