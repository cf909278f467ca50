import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Fault,
  type Precondition,
  type ValueCheck,
} from '../../src/core/catalogue/catalogue.ts'
import type { Architecture } from '../../src/core/model/architecture.ts'

interface CatalogueOptions {
  /** Newest first, for every architecture. */
  readonly versions: readonly string[]
  readonly default?: string
  readonly minimum?: string
  readonly architectures?: readonly Architecture[]
  readonly faults?: readonly Partial<Fault>[]
  readonly etcd?: Readonly<Record<string, string>>
  readonly preconditions?: readonly Precondition[]
  readonly valueChecks?: readonly ValueCheck[]
  readonly containerManager?: string
}

/** A catalogue of little but what a planner looks at. */
export function catalogueWith(options: CatalogueOptions): Catalogue {
  const { versions, architectures = ['amd64', 'arm64'] } = options
  const newest = options.default ?? versions[0]
  return {
    format: CATALOGUE_FORMAT,
    kubernetes: {
      default: newest,
      definitions: [{ path: 'roles/kubespray-defaults/defaults/main.yaml', line: 1, raw: newest ?? '' }],
      minimum: options.minimum,
      minimumDefinition: undefined,
      minimumEnforcedIn: ['roles/validate_inventory/tasks/main.yml'],
      prefixed: (newest ?? '').startsWith('v'),
      sample: undefined,
      sampleCommented: undefined,
      binaries: ['kubelet', 'kubeadm', 'kubectl'],
      versions: Object.fromEntries(architectures.map((each) => [each, versions])),
    },
    checksums: {},
    duplicateChecksums: [],
    checksumStyle: {},
    components: {},
    bundled: {},
    perMinor: options.etcd ? { etcd_supported_versions: options.etcd } : {},
    faults: (options.faults ?? []).map(faultWith),
    containerManager: {
      default: options.containerManager ?? 'containerd',
      path: 'roles/kubespray-defaults/defaults/main.yaml',
      allowed: ['containerd', 'crio', 'docker'],
    },
    etcdDeploymentType: 'host',
    networkPlugins: {
      default: 'calico',
      path: undefined,
      allowed: ['calico'],
      checkPath: undefined,
      roles: ['calico'],
    },
    addons: {},
    switches: {},
    architectureGroups: [],
    imageArchitecture: undefined,
    variables: [],
    sample: [],
    valueChecks: options.valueChecks ?? [],
    guards: { removed: [], replaced: [], preconditions: options.preconditions ?? [] },
    ansible: {
      path: undefined,
      min: undefined,
      maxExclusive: undefined,
      collection: undefined,
      requirements: {},
      python: { path: undefined, table: [] },
    },
    galaxyVersion: undefined,
    inventory: { path: undefined, groups: [], controlPlaneGroup: undefined, clusterVariables: undefined },
    paths: {
      checksums: 'checksums.yml',
      downloads: 'download.yml',
      sampleAddons: undefined,
      sampleCluster: undefined,
    },
  }
}

function faultWith(fault: Partial<Fault>): Fault {
  return {
    component: 'crun',
    kind: 'no-checksum',
    architecture: 'arm64',
    containerManagers: ['containerd', 'crio', 'docker'],
    enabledWith: [],
    stopsAll: true,
    missing: "crun_checksums['arm64']",
    ...fault,
  }
}
