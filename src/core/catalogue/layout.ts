import type { Tree } from '../model/tree.ts'

/**
 * Where releases keep what the catalogue reads. Kubespray moves its files about (checksums alone stood in
 * five places from v2.8 to v2.31), so nothing is found by its era's path where it can be found by looking:
 * every file of variables is read, and what matters is where a variable is defined. Only the shapes below are
 * known in advance.
 */
export interface Layout {
  /** Variables of roles in the order Ansible loads them: per role its defaults, then its constants. */
  readonly roleVariables: readonly string[]
  /**
   * Those of the roles behind every play: `kubespray-defaults` (`kubespray_defaults` since v2.28) and
   * `download`.
   */
  readonly sharedVariables: readonly string[]
  readonly sampleVariables: readonly string[]
  readonly sampleInventory: string | undefined
  /** Task files that check settings, set facts, or ask for the live version of a component. */
  readonly checks: readonly string[]
  /** Where the Ansible version is checked, likeliest first. */
  readonly ansibleGates: readonly string[]
  readonly requirements: readonly string[]
  readonly galaxy: string | undefined
  readonly collectionNeeds: string | undefined
  readonly ansibleDoc: string | undefined
  readonly networkPluginRoles: readonly string[]
}

/** Reads a release's layout off its paths alone. */
export function layoutOf(tree: Tree): Layout {
  const paths = [...tree.keys()].sort()
  const roleVariables = loadedVariables(paths)
  return {
    roleVariables,
    sharedVariables: roleVariables.filter((path) => SHARED_ROLE.test(path)),
    sampleVariables: paths.filter((path) => SAMPLE_VARIABLES.test(path)),
    // `hosts.ini` until v2.8.
    sampleInventory: firstOf(tree, ['inventory/sample/inventory.ini', 'inventory/sample/hosts.ini']),
    checks: paths.filter((path) => CHECKS.some((pattern) => pattern.test(path))),
    // An inline play until v2.12, a file of its own since v2.13, below `playbooks` since v2.22.
    ansibleGates: ['playbooks/ansible_version.yml', 'ansible_version.yml', 'cluster.yml'].filter((path) =>
      tree.has(path),
    ),
    requirements: paths.filter((path) => /^requirements(?:-[\d.]+)?\.txt$/.test(path)),
    galaxy: firstOf(tree, ['galaxy.yml']),
    collectionNeeds: firstOf(tree, ['meta/runtime.yml']),
    ansibleDoc: firstOf(tree, ['docs/ansible/ansible.md', 'docs/ansible.md']),
    networkPluginRoles: networkPluginRoles(paths),
  }
}

/** Every path whose content the catalogue needs. */
export function pathsNeeded(layout: Layout): readonly string[] {
  const single = [layout.sampleInventory, layout.galaxy, layout.collectionNeeds, layout.ansibleDoc]
  return [
    ...layout.roleVariables,
    ...layout.sampleVariables,
    ...layout.checks,
    ...layout.ansibleGates,
    ...layout.requirements,
    ...single.filter((path) => path !== undefined),
  ]
}

const SHARED_ROLE = /^roles\/(?:kubespray[-_]defaults|download)\//
const SAMPLE_VARIABLES = /^inventory\/sample\/group_vars\/.+\.ya?ml$/
const ROLE_VARIABLES =
  /^(?=.*\.ya?ml$)(?<role>roles\/(?:.+\/)?)(?<kind>defaults|vars)\/main(?:\.ya?ml$|\/(?!\.ya?ml$).)/

/**
 * `0020-verify-settings.yml` until v2.21, `0040-…` until v2.27, `validate_inventory` since; facts in
 * `0040-set_facts.yml` until v2.12.
 */
const CHECKS = [
  /^roles\/kubernetes\/preinstall\/tasks\/\d+-(?:verify-settings|set_facts)\.yml$/,
  /^roles\/validate_inventory\/tasks\/main\.yml$/,
  // Turns old variables into those that took their place.
  /^roles\/kubespray[-_]defaults\/tasks\/main\.ya?ml$/,
  /^roles\/etcd\/tasks\/(?:main|clean_v2_store|upgrade.*|check.*)\.yml$/,
  /^roles\/network_plugin\/calico\/tasks\/check\.yml$/,
]

/**
 * As Ansible loads a role's variables: a file `main.yml` hides a folder `main/`. v2.22.2 has both, the folder
 * being a stub left over from a bad cherry-pick, and a reader who prefers the newer place finds nothing
 * there.
 */
function loadedVariables(paths: readonly string[]): readonly string[] {
  const matches = paths.map((path) => ROLE_VARIABLES.exec(path)).filter((match) => match !== null)
  const hiding = new Set(matches.filter(({ input }) => !input.includes('/main/')).map(folderOf))
  return matches
    .filter((match) => !match.input.includes('/main/') || !hiding.has(folderOf(match)))
    .map(({ input }) => input)
}

function folderOf(match: RegExpExecArray): string {
  return `${match.groups?.['role'] ?? ''}${match.groups?.['kind'] ?? ''}`
}

function networkPluginRoles(paths: readonly string[]): readonly string[] {
  const names = paths.map((path) => /^roles\/network_plugin\/([^/]+)\/[^/]+\//.exec(path)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))] as string[]
}

function firstOf(tree: Tree, paths: readonly string[]): string | undefined {
  return paths.find((path) => tree.has(path))
}
