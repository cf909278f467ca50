import { isUsable } from '../src/core/catalogue/is-usable.ts'
import type { Architecture } from '../src/core/model/architecture.ts'
import type { Catalogue } from '../src/core/catalogue/catalogue.ts'
import { bareVersion, compareVersions, minorOf } from '../src/core/model/release-tag.ts'
import { IGNORED } from './differences.ts'

/** One record of the file of facts; only the fields used to steer the comparison are typed. */
export interface ReleaseFacts {
  /** A release's tag, or the branch `master`. */
  readonly tag: string
  readonly commit: string
  readonly is_last_patch_of_minor: boolean
  readonly bundled_versions_amd64: Readonly<Record<string, string>>
  readonly download_feasibility: { readonly results: Readonly<Record<string, unknown>> }
  readonly downloads_dict_render_failures: Readonly<Record<string, unknown>>
  readonly usable_kube_minors: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/**
 * A catalogue in the words of the file of facts. What is the tag's and not the tree's (dates, ids) is not
 * compared.
 */
export function factsOf(catalogue: Catalogue, record: ReleaseFacts): Record<string, unknown> {
  const { kubernetes, paths, inventory, ansible } = catalogue
  return {
    ...Object.fromEntries(
      ['tag', 'commit', 'date', 'tag_date', 'tag_object', 'series', 'is_last_patch_of_minor'].map((key) => [
        key,
        IGNORED,
      ]),
    ),
    kube_version_default: kubernetes.default,
    kube_version_definitions: kubernetes.definitions.map(({ path, raw }) => ({ path, raw })),
    kube_version_sample: kubernetes.sample,
    kube_version_sample_commented: kubernetes.sampleCommented,
    sample_k8s_cluster_path: paths.sampleCluster,
    kube_version_consistent: isConsistent(catalogue),
    kube_version_has_v_prefix: kubernetes.prefixed,
    kube_version_min_required: kubernetes.minimum,
    kube_version_min_required_raw: kubernetes.minimumDefinition?.raw,
    kube_version_min_required_path: kubernetes.minimumDefinition?.path,
    min_required_enforced_in: kubernetes.minimumEnforcedIn,
    checksums_path: paths.checksums,
    downloads_path: paths.downloads,
    duplicate_keys_in_checksums_file: catalogue.duplicateChecksums,
    kubernetes_checksums: kubernetesChecksums(catalogue),
    checksum_value_style: catalogue.checksumStyle,
    checksum_version_keys_have_v: kubernetes.prefixed,
    installable_kube_versions: installable(catalogue),
    plannable_amd64_arm64_by_minor: byMinor(both(catalogue, ['amd64', 'arm64']), kubernetes.minimum),
    plannable_amd64_by_minor: byMinor(both(catalogue, ['amd64']), kubernetes.minimum),
    per_kube_minor_support_maps: catalogue.perMinor,
    architecture_groups: catalogue.architectureGroups,
    image_arch_expression: catalogue.imageArchitecture,
    sample_addons_path: paths.sampleAddons,
    addon_flags: addonFlags(catalogue),
    all_enabled_switches_in_role_defaults: catalogue.switches,
    network_plugins_allowed: catalogue.networkPlugins.allowed,
    network_plugins_check_path: catalogue.networkPlugins.checkPath,
    network_plugin_role_dirs: catalogue.networkPlugins.roles,
    network_plugin_default: catalogue.networkPlugins.default,
    ansible: {
      path: ansible.path,
      min: ansible.min,
      max_exclusive: ansible.maxExclusive,
      task_name: IGNORED,
    },
    requirements: ansible.requirements,
    python_requirement: ansible.python,
    meta_requires_ansible: ansible.collection,
    container_manager_default: catalogue.containerManager.default,
    container_manager_path: catalogue.containerManager.path,
    etcd_deployment_type_default: catalogue.etcdDeploymentType,
    galaxy_version: catalogue.galaxyVersion,
    galaxy_matches_tag:
      catalogue.galaxyVersion === undefined ? undefined : catalogue.galaxyVersion === bareVersion(record.tag),
    sample_inventory_path: inventory.path,
    inventory_groups: inventory.groups,
    control_plane_group: inventory.controlPlaneGroup,
    bundled_versions_amd64: Object.fromEntries(
      Object.keys(record.bundled_versions_amd64).map((key) => [key, catalogue.bundled[key]]),
    ),
    download_feasibility: feasibility(catalogue, record),
    usable_kube_minors: usableMinors(catalogue, record),
    downloads_dict_render_failures: renderFailures(catalogue, record),
  }
}

function isConsistent({ kubernetes }: Catalogue): boolean {
  const all = [kubernetes.default, kubernetes.sample, ...kubernetes.definitions.map(({ raw }) => raw)]
  return new Set(all.filter((each) => each !== undefined && !each.includes('{'))).size <= 1
}

function kubernetesChecksums(catalogue: Catalogue): unknown {
  const rows = ['kubelet', 'kubeadm', 'kubectl', 'hyperkube'].flatMap((binary) => {
    const map = catalogue.checksums[`${binary}_checksums`]
    if (!map) return []
    const layout = map.layout === 'version' ? 'version-only (amd64)' : 'arch->version'
    return [[binary, { layout, versions: map.versions, zero_checksums: map.zero }]]
  })
  return Object.fromEntries(rows) as unknown
}

function installable(catalogue: Catalogue): unknown {
  const { versions, binaries } = catalogue.kubernetes
  return {
    required_components: binaries,
    per_arch: Object.fromEntries(Object.entries(versions).map(([key, list]) => [key, newestFirst(list)])),
    'amd64+arm64': both(catalogue, ['amd64', 'arm64']),
  }
}

function both({ kubernetes }: Catalogue, architectures: readonly Architecture[]): readonly string[] {
  const [first, ...rest] = architectures.map((each) => kubernetes.versions[each] ?? [])
  return newestFirst((first ?? []).filter((version) => rest.every((each) => each.includes(version))))
}

/** The file sorts where upstream's own order is not the point. */
function newestFirst(versions: readonly string[]): readonly string[] {
  return [...versions].sort((a, b) => compareVersions(b, a))
}

function byMinor(
  versions: readonly string[],
  minimum: string | undefined,
): Record<string, readonly string[]> {
  const minors: Record<string, string[]> = {}
  for (const version of versions) {
    if (minimum !== undefined && compareVersions(version, minimum) < 0) continue
    ;(minors[minorOf(version)] ??= []).push(version)
  }
  return minors
}

function addonFlags(catalogue: Catalogue): unknown {
  const rows = Object.entries(catalogue.addons).map(([name, addon]) => [
    name,
    {
      sample: addon.sample,
      commented: addon.commented,
      ...(addon.samplePath === catalogue.paths.sampleAddons ? {} : { in: addon.samplePath }),
      role_default: addon.default,
      role_default_path: addon.defaultPath,
    },
  ])
  return Object.fromEntries(rows) as unknown
}

const REASONS = {
  'no-checksum': 'no checksum entry',
  unrenderable: 'no checksum entry',
  'zero-checksum': 'zero-or-empty checksum',
  'no-minor': 'kube minor not in a *_supported_versions map',
  // The file of facts asks whether a checksum is there, and not whose it is.
  'shared-checksum': undefined,
} as const

function feasibility(catalogue: Catalogue, record: ReleaseFacts): unknown {
  const results: Record<string, unknown> = {}
  for (const kubernetes of Object.keys(record.download_feasibility.results)) {
    const managers: Record<string, unknown> = {}
    for (const manager of ['default', 'docker', 'crio']) {
      const containerManager = manager === 'default' ? (catalogue.containerManager.default ?? '') : manager
      const architectures: Record<string, Record<string, string>> = {}
      for (const fault of catalogue.faults) {
        if (!fault.enabledWith.includes(containerManager)) continue
        if (fault.kubernetes && !fault.kubernetes.includes(kubernetes)) continue
        if (fault.networkPlugins && !fault.networkPlugins.includes('calico')) continue
        const reason = REASONS[fault.kind]
        if (reason !== undefined) (architectures[fault.architecture] ??= {})[fault.component] = reason
      }
      managers[manager] = architectures
    }
    results[kubernetes] = managers
  }
  return { note: IGNORED, results }
}

function renderFailures(catalogue: Catalogue, record: ReleaseFacts): unknown {
  const results: Record<string, Record<string, string[]>> = {}
  for (const kubernetes of Object.keys(record.downloads_dict_render_failures)) {
    const architectures: Record<string, string[]> = (results[kubernetes] = {})
    for (const fault of catalogue.faults) {
      if (!fault.stopsAll || (fault.kubernetes && !fault.kubernetes.includes(kubernetes))) continue
      const list = (architectures[fault.architecture] ??= [])
      if (!list.includes(fault.component)) list.push(fault.component)
    }
  }
  return results
}

function usableMinors(catalogue: Catalogue, record: ReleaseFacts): unknown {
  const faults = catalogue.faults.filter(({ kind }) => kind !== 'shared-checksum')
  const known = { ...catalogue, faults }
  const rows = Object.entries(record.usable_kube_minors).map(([set, managers]) => [
    set,
    Object.fromEntries(Object.keys(managers).map((manager) => [manager, usableOf(known, set, manager)])),
  ])
  return Object.fromEntries(rows) as unknown
}

function usableOf(catalogue: Catalogue, set: string, manager: string): unknown {
  const architectures = set.split('+') as Architecture[]
  const containerManager = manager === 'default' ? catalogue.containerManager.default : manager
  const versions = both(catalogue, architectures).filter((kubernetes) =>
    isUsable(catalogue, { kubernetes, architectures, containerManager, networkPlugin: 'calico' }),
  )
  const rows = Object.entries(byMinor(versions, undefined)).map(([minor, list]) => {
    const sorted = [...list].sort(compareVersions)
    return [minor, { newest: sorted.at(-1), oldest: sorted[0], count: list.length }]
  })
  return Object.fromEntries(rows) as unknown
}
