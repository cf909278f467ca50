import { architectureNames, readArchitecture, type Architecture } from '../model/architecture.ts'
import { nearest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { isYamlMap, type YamlValue } from '../yaml/values/yaml-value.ts'
import type { Scope } from './variable-files.ts'
import { resolveSetting } from './resolve-setting.ts'
import type { Setting } from './setting.ts'
import type { InventorySettings } from './read-settings.ts'

/** What an inventory tells about the architectures of its hosts. Most say nothing: Ansible asks the hosts themselves. */
export interface ArchitecturesTold {
  readonly architectures: readonly Architecture[]
  readonly evidence: readonly ArchitectureEvidence[]
  /** A name that is no architecture we know, with the nearest one. */
  readonly problems: readonly Problem[]
}

export interface ArchitectureEvidence {
  readonly architecture: Architecture
  /** A group's name or a variable's, as it is written. */
  readonly because: string
  /** The host or the group whose hosts it speaks of. */
  readonly scope: Scope
}

/** Facts of a host that inventories set by hand, all in Ansible's or Kubespray's spelling. */
const VARIABLES = ['ansible_architecture', 'host_architecture', 'image_arch']
/** The label by which Kubernetes knows a node's architecture, and the name it had before 1.14. */
const LABELS = ['kubernetes.io/arch', 'beta.kubernetes.io/arch']

/** The architectures that variables, node labels and the names of groups with hosts tell. */
export function findArchitectures(inventory: InventorySettings): ArchitecturesTold {
  const evidence: ArchitectureEvidence[] = []
  const problems: Problem[] = []
  for (const setting of inventory.settings) {
    for (const name of namesIn(inventory, setting)) {
      const architecture = readArchitecture(name)
      if (architecture) evidence.push({ architecture, because: setting.name, scope: setting.scope })
      else problems.push(unknownArchitecture(name, setting))
    }
  }
  for (const [group, hosts] of inventory.hosts) {
    const architecture = hosts.length > 0 ? inGroupName(group) : undefined
    if (architecture) evidence.push({ architecture, because: group, scope: { kind: 'group', name: group } })
  }
  return { architectures: [...new Set(evidence.map((each) => each.architecture))], evidence, problems }
}

function namesIn(inventory: InventorySettings, setting: Setting): readonly string[] {
  if (setting.name === 'node_labels') return inLabels(resolveSetting(inventory, setting))
  if (!VARIABLES.includes(setting.name)) return []
  const value = resolveSetting(inventory, setting)
  return typeof value === 'string' ? [value] : []
}

function inLabels(value: YamlValue | undefined): readonly string[] {
  if (!isYamlMap(value)) return []
  return LABELS.flatMap((label) => {
    const name = value.get(label)
    return typeof name === 'string' ? [name] : []
  })
}

/** `arm64_workers`, `nodes-x86_64`: one whole word of the name. */
function inGroupName(group: string): Architecture | undefined {
  for (const word of group.replace(/x86[_-]64/i, 'amd64').split(/[_.-]/)) {
    const architecture = readArchitecture(word)
    if (architecture) return architecture
  }
  return undefined
}

function unknownArchitecture(name: string, { name: variable, at }: Setting): Problem {
  const meant = nearest(name, architectureNames())
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
  return {
    code: 'unknown-architecture',
    message: `\`${variable}\` names \`${name}\`, which is no architecture that Kubespray has downloads for.${guess}`,
    at,
  }
}
