import type { Architecture } from '../model/architecture.ts'

/** Counts up whenever a field changes its meaning: a cached catalogue of another format is read anew. */
export const CATALOGUE_FORMAT = 6

/** What one Kubespray release holds, read from its own tree. Plain JSON, so that it can be cached. */
export interface Catalogue extends Offer, ReleaseVariables {}

/** Nine tenths of a catalogue, and only a comparison of two releases asks for them. */
export interface ReleaseVariables {
  readonly format: typeof CATALOGUE_FORMAT
  /** Every variable that a role gives a default or a constant, in the order of paths. */
  readonly variables: readonly Variable[]
  /** Every variable that the sample inventory sets or shows as a comment. */
  readonly sample: readonly SampleVariable[]
}

/** What a release offers to a cluster: all that planning a route asks for. */
export interface Offer {
  readonly format: typeof CATALOGUE_FORMAT
  readonly kubernetes: KubernetesOffer
  /** Every checksum map of the release by its variable's name (`kubelet_checksums`). */
  readonly checksums: Readonly<Record<string, ChecksumMap>>
  /** Keys written twice in the file of checksums. */
  readonly duplicateChecksums: readonly string[]
  /**
   * How many checksums of Kubernetes binaries are written in which way: `bare` or with a prefix (`sha256:`).
   */
  readonly checksumStyle: Readonly<Record<string, number>>
  /** Everything that is downloaded, by the names the release gives (`etcd`, `calicoctl`). */
  readonly components: Readonly<Record<string, Component>>
  /** Versions by variable (`etcd_version`), on amd64 with the default Kubernetes. */
  readonly bundled: Readonly<Record<string, string>>
  /**
   * Maps from a Kubernetes minor to a version (`etcd_supported_versions`), keys as written (`v1.22`, `1.35`).
   */
  readonly perMinor: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What cannot be installed, and where; a Kubernetes version without a fault is usable. */
  readonly faults: readonly Fault[]
  readonly containerManager: DefaultValue & { readonly allowed: readonly string[] }
  readonly etcdDeploymentType: string | undefined
  readonly networkPlugins: NetworkPlugins
  readonly addons: Readonly<Record<string, Addon>>
  /** Every `*_enabled` (and `enable_*`, `deploy_*`) default of any role, as written. */
  readonly switches: Readonly<Record<string, string>>
  readonly architectureGroups: readonly ArchitectureGroups[]
  /** The expression behind `image_arch`. */
  readonly imageArchitecture: string | undefined
  readonly guards: Guards
  /** What the release's own checks of the settings take, variable by variable. */
  readonly valueChecks: readonly ValueCheck[]
  readonly ansible: AnsibleNeeds
  readonly galaxyVersion: string | undefined
  readonly inventory: SampleInventory
  readonly paths: Paths
}

export interface KubernetesOffer {
  /** Evaluated, as the release writes it (`v1.22.8`, `1.35.4`). */
  readonly default: string | undefined
  /** All places that define `kube_version`; the last one wins. */
  readonly definitions: readonly Definition[]
  readonly minimum: string | undefined
  readonly minimumDefinition: Definition | undefined
  /** Task files that stop a play whose version is below the minimum. */
  readonly minimumEnforcedIn: readonly string[]
  /** Whether this release writes Kubernetes versions with a leading `v`. */
  readonly prefixed: boolean
  /** What the sample inventory pins, and what it shows commented out. */
  readonly sample: string | undefined
  readonly sampleCommented: string | undefined
  /** The binaries a node needs: kubelet, kubeadm and kubectl, or kubeadm and hyperkube in early releases. */
  readonly binaries: readonly string[]
  /** Versions for which every binary has a checksum, per architecture, in upstream's order: newest first. */
  readonly versions: Readonly<Partial<Record<Architecture, readonly string[]>>>
}

export interface Definition {
  readonly path: string
  readonly line: number
  /** As written, a Jinja expression or a literal. */
  readonly raw: string
}

export interface ChecksumMap {
  /**
   * `architecture-version`: architecture → version → checksum; `version`: version → checksum, for amd64 alone;
   * `architecture`: architecture → checksum of the one version.
   */
  readonly layout: 'architecture-version' | 'version' | 'architecture'
  readonly path: string
  /**
   * Per architecture the versions with a checksum, in upstream's order; `no_arch` for what suits all of them.
   */
  readonly versions: Readonly<Record<string, readonly string[]>>
  /** Per architecture the versions written with `0` or nothing: there is no such build. */
  readonly zero: Readonly<Record<string, readonly string[]>>
}

export interface Component {
  /** With the default Kubernetes. */
  readonly version: string | undefined
  /** Where the version follows Kubernetes: by its minor (`1.33`), for each minor offered. */
  readonly perKubernetes?: Readonly<Record<string, string>>
  /** Installed with the release's defaults (on amd64, its default container manager and network plugin). */
  readonly enabled: boolean
  readonly kind: 'file' | 'container'
  /** `repository:tag` on amd64, where the entry has an image. */
  readonly image?: string
  /** The image by architecture, where its name or tag holds one. */
  readonly images?: Readonly<Partial<Record<Architecture, string>>>
  /** Where a usable checksum exists for the default Kubernetes; for a container: where its entry renders. */
  readonly architectures: readonly Architecture[]
}

/**
 * `no-checksum`: the map has no entry · `zero-checksum`: the entry says there is no build · `no-minor`: a map per Kubernetes minor lacks it ·
 * `unrenderable`: another variable it needs is not there · `shared-checksum`: another architecture, whose build is another file, has the same.
 */
export type FaultKind = 'no-checksum' | 'zero-checksum' | 'no-minor' | 'unrenderable' | 'shared-checksum'

/** A checksum that stands under more than one architecture, and is right for one of them at most. */
export interface SharedChecksum {
  readonly variable: string
  /** The key of the map; empty where it has none. */
  readonly version: string
  readonly digest: string
  readonly with: readonly Architecture[]
}

/** One entry of the `downloads` dictionary that cannot be had. */
export interface Fault {
  readonly component: string
  readonly kind: FaultKind
  readonly architecture: Architecture
  /** The Kubernetes versions it concerns, as written; absent means all that the release offers. */
  readonly kubernetes?: readonly string[]
  /** The container managers with which it is in the way: it stops everything, or the entry is enabled. */
  readonly containerManagers: readonly string[]
  /**
   * The container managers with which the entry is enabled; empty when it is switched off with all of them.
   */
  readonly enabledWith: readonly string[]
  /** The network plugins for which the entry is enabled; absent when it does not depend on them. */
  readonly networkPlugins?: readonly string[]
  /** Whether the missing entry stops the whole play, the component being enabled or not. */
  readonly stopsAll: boolean
  /** What was looked up in vain: `etcd_supported_versions['v1.29']`. */
  readonly missing: string
  /** Of a `shared-checksum`: other releases may tell whose it is. */
  readonly shared?: SharedChecksum
}

export interface DefaultValue {
  readonly default: string | undefined
  readonly path: string | undefined
}

export interface NetworkPlugins extends DefaultValue {
  /** What the release's own check accepts. */
  readonly allowed: readonly string[]
  readonly checkPath: string | undefined
  /** Folders below `roles/network_plugin`. */
  readonly roles: readonly string[]
}

export interface Addon {
  /** What the sample inventory says, with its file; `commented` when it only shows it. */
  readonly sample: string | undefined
  readonly commented: boolean
  readonly samplePath: string
  /** The role default, as the release's own evaluation prints it. */
  readonly default: string | undefined
  readonly defaultPath: string | undefined
}

export interface ArchitectureGroups {
  readonly path: string
  readonly variable: string
  /** Ansible's name → Kubespray's. */
  readonly mapping: Readonly<Record<string, string>>
}

export interface Variable {
  readonly name: string
  readonly path: string
  readonly line: number
  /** The default as one line: scalars as written, collections as JSON; long ones shortened by their hash. */
  readonly value: string
}

export interface SampleVariable extends Variable {
  readonly commented: boolean
}

export interface Guards {
  /** Variables whose mere presence stops the play. */
  readonly removed: readonly { readonly name: string; readonly path: string }[]
  /** What the release itself puts in the place of variables, or says to set instead. */
  readonly replaced: readonly Replaced[]
  /** Components whose live version must have reached something before this release may be applied. */
  readonly preconditions: readonly Precondition[]
}

/** A variable with a value, and the one that says the same. */
export interface Replaced {
  readonly name: string
  readonly value: string
  readonly by: string
  readonly becomes: string
  readonly path: string
  /** A task does so while a play runs, or a message says what to do. */
  readonly how: 'fact' | 'said'
}

export interface Precondition {
  /** As in `<component>_version`. */
  readonly component: string
  /** The live version must be at least this. */
  readonly atLeast: string
  /** It holds only when the release would install this version or a newer one. */
  readonly whenTargetAtLeast?: string
  readonly path: string
}

/** A check that lists what a variable may be. */
export interface ValueCheck {
  readonly variable: string
  readonly accepts: readonly string[]
  /** Conditions of the check, as written; all of them must hold for it to be asked. */
  readonly when: readonly string[]
  /** The defaults of names in the conditions, where they are written out. */
  readonly given: Readonly<Record<string, string | number | boolean>>
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  /** What the release says then. */
  readonly message?: string
}

export interface AnsibleNeeds {
  readonly path: string | undefined
  readonly min: string | undefined
  readonly maxExclusive: string | undefined
  /** `requires_ansible` of `meta/runtime.yml`. */
  readonly collection: string | undefined
  /** Lines of each requirements file. */
  readonly requirements: Readonly<Record<string, readonly string[]>>
  readonly python: {
    readonly path: string | undefined
    readonly table: readonly { readonly ansible: string; readonly python: string }[]
  }
}

export interface SampleInventory {
  readonly path: string | undefined
  readonly groups: readonly string[]
  readonly controlPlaneGroup: string | undefined
  /** The folder of the cluster-wide group variables, `inventory/sample/group_vars/k8s_cluster`. */
  readonly clusterVariables: string | undefined
}

interface Paths {
  readonly checksums: string | undefined
  readonly downloads: string | undefined
  readonly sampleAddons: string | undefined
  readonly sampleCluster: string | undefined
}
