import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import { isUsable } from '../../../src/core/catalogue/is-usable.ts'
import { EARLY } from '../../support/early-era.ts'
import { LATE } from '../../support/late-era.ts'
import { MIDDLE } from '../../support/middle-era.ts'
import { release } from '../../support/release.ts'

function read(files: Readonly<Record<string, string>>): Catalogue {
  return catalogueOf(release(files))
}

describe('an early release', () => {
  const catalogue = read(EARLY)

  test('has Kubernetes for amd64 alone, where each binary has a checksum', () => {
    expect(catalogue.kubernetes).toMatchObject({
      default: 'v1.12.3',
      minimum: undefined,
      prefixed: true,
      sample: 'v1.12.3',
      binaries: ['kubeadm', 'hyperkube'],
      versions: { amd64: ['v1.12.3', 'v1.12.2'] },
    })
    expect(catalogue.kubernetes.definitions.map(({ path }) => path)).toEqual([
      'roles/download/defaults/main.yml',
      'roles/kubespray-defaults/defaults/main.yaml',
    ])
    expect(catalogue.checksums['kubeadm_checksums']?.layout).toBe('version')
    expect(catalogue.checksumStyle).toEqual({ bare: 5 })
  })

  test('names groups with dashes, maps architectures in a task and checks Ansible in a play', () => {
    expect(catalogue.inventory).toEqual({
      path: 'inventory/sample/hosts.ini',
      groups: ['kube-master', 'etcd', 'kube-node', 'k8s-cluster'],
      controlPlaneGroup: 'kube-master',
      clusterVariables: 'inventory/sample/group_vars/k8s-cluster',
    })
    expect(catalogue.architectureGroups).toEqual([
      {
        path: 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml',
        variable: 'architecture_groups',
        mapping: { x86_64: 'amd64', aarch64: 'arm64' },
      },
    ])
    expect(catalogue.ansible).toMatchObject({ path: 'cluster.yml', min: '2.5.0', maxExclusive: undefined })
  })

  test('offers add-ons, set and commented out', () => {
    expect(catalogue.addons).toMatchObject({
      dashboard_enabled: { sample: 'true', commented: false, default: 'True' },
      registry_enabled: { sample: 'false', commented: true, default: undefined },
    })
  })

  test('has an etcd image: no checksum is asked of it', () => {
    expect(catalogue.components['etcd']).toEqual({
      version: 'v3.2.24',
      enabled: true,
      kind: 'container',
      architectures: ['amd64', 'arm64', 'arm', 'ppc64le', 's390x'],
    })
  })

  test('has files for amd64 alone where one checksum or one address serves all', () => {
    const { kubeadm, hyperkube_file, manifests } = catalogue.components
    expect([kubeadm, hyperkube_file].map((each) => each?.architectures)).toEqual([['amd64'], ['amd64']])
    expect(manifests?.architectures).toEqual(['amd64', 'arm64', 'arm', 'ppc64le', 's390x'])
  })
})

describe('a release of the middle era', () => {
  const catalogue = read(MIDDLE)
  const usable = (
    kubernetes: string,
    architecture: 'amd64' | 'arm64' | 'arm',
    containerManager?: string,
  ): boolean => isUsable(catalogue, { kubernetes, architectures: [architecture], containerManager })

  test('keeps the order of its maps and says which versions have no build', () => {
    expect(catalogue.checksums['kubelet_checksums']).toEqual({
      layout: 'architecture-version',
      path: 'roles/download/defaults/main.yml',
      versions: {
        arm64: ['v1.24.6', 'v1.24.5', 'v1.23.9'],
        amd64: ['v1.25.0', 'v1.24.6', 'v1.24.5', 'v1.23.9'],
        arm: [],
      },
      zero: { arm: ['v1.24.6', 'v1.24.5'] },
    })
  })

  test('ignores a folder that a file of the same name hides', () => {
    expect(catalogue.paths.checksums).toBe('roles/download/defaults/main.yml')
    expect(catalogue.variables.some(({ path }) => path.includes('main/checksums'))).toBe(false)
  })

  test.each([
    ['v1.24.6', 'amd64', undefined, true],
    ['v1.23.9', 'amd64', undefined, true],
    ['v1.25.0', 'amd64', undefined, false], // etcd_supported_versions has no v1.25
    ['v1.24.6', 'arm64', undefined, false], // containerd is the default and 0 for arm64
    ['v1.24.6', 'arm64', 'docker', true],
    ['v1.24.6', 'arm', 'docker', false], // kubelet 0
    ['v1.22.0', 'amd64', undefined, false], // not offered
  ] as const)(
    '%s on %s with container manager %s: usable %s',
    (kubernetes, architecture, manager, expected) => {
      expect(usable(kubernetes, architecture, manager)).toBe(expected)
    },
  )

  test('tells a missing minor, a missing entry and a zero apart', () => {
    const faults = catalogue.faults.map(({ component, kind, architecture, kubernetes, missing, stopsAll }) =>
      [component, kind, architecture, kubernetes?.join() ?? 'all', missing, stopsAll].join(' | '),
    )
    expect(faults).toEqual(
      expect.arrayContaining([
        "etcd | no-minor | amd64 | v1.25.0 | etcd_supported_versions['v1.25'] | true",
        "containerd | zero-checksum | arm64 | all | containerd_archive_checksums['arm64'] | false",
        "crun | no-checksum | ppc64le | all | crun_checksums['ppc64le'] | true",
        "kubelet | no-checksum | arm64 | v1.25.0 | kubelet_checksums['arm64']['v1.25.0'] | true",
      ]),
    )
  })

  test('an entry that is switched off still stops the play where it cannot be rendered', () => {
    const crun = catalogue.faults.find(
      ({ component, architecture }) => component === 'crun' && architecture === 'ppc64le',
    )
    expect(crun).toMatchObject({
      enabledWith: [],
      containerManagers: ['containerd', 'crio', 'docker'],
      stopsAll: true,
    })
  })

  test('follows a link, reads the table of Pythons and what the running calico must be', () => {
    expect(catalogue.ansible).toEqual({
      path: 'ansible_version.yml',
      min: '2.11.0',
      maxExclusive: '2.13.0',
      collection: '>=2.11.0',
      requirements: {
        'requirements-2.12.txt': ['ansible==5.7.1', 'jinja2==2.11.3'],
        'requirements.txt': ['ansible==5.7.1', 'jinja2==2.11.3'],
      },
      python: {
        path: 'docs/ansible.md',
        table: [
          { ansible: '2.11', python: '2.7,3.5-3.9' },
          { ansible: '2.12', python: '3.8-3.10' },
        ],
      },
    })
    expect(catalogue.guards.preconditions).toEqual([
      { component: 'calico', atLeast: '3.19.4', path: 'roles/network_plugin/calico/tasks/check.yml' },
    ])
    expect(catalogue.inventory.groups).toEqual([
      'all',
      'bastion',
      'kube_control_plane',
      'etcd',
      'kube_node',
      'k8s_cluster',
    ])
  })
})

describe('a late release', () => {
  const catalogue = read(LATE)

  test('takes the default and the minimum from the first and the last key of a map', () => {
    expect(catalogue.kubernetes).toMatchObject({ default: '1.35.4', minimum: '1.34.7', prefixed: false })
    expect(catalogue.kubernetes.minimumEnforcedIn).toEqual(['roles/validate_inventory/tasks/main.yml'])
    expect(catalogue.paths.checksums).toBe('roles/kubespray_defaults/vars/main/checksums.yml')
    expect(catalogue.checksumStyle).toEqual({ 'sha256:': 12 })
  })

  test('evaluates etcd for each Kubernetes minor', () => {
    expect(catalogue.perMinor['etcd_supported_versions']).toEqual({ '1.35': '3.6.10', '1.34': '3.5.29' })
    expect(catalogue.components['etcd']).toMatchObject({
      version: '3.6.10',
      perKubernetes: { '1.35': '3.6.10', '1.34': '3.5.29' },
      kind: 'file',
      architectures: ['amd64', 'arm64'],
    })
  })

  test('cannot be used on arm64 for an entry that nobody has switched on', () => {
    expect(isUsable(catalogue, { kubernetes: '1.35.4', architectures: ['amd64'] })).toBe(true)
    expect(isUsable(catalogue, { kubernetes: '1.35.4', architectures: ['amd64', 'arm64'] })).toBe(false)
  })

  test('lists what may not be set any more, and which etcd must run before', () => {
    const path = 'roles/validate_inventory/tasks/main.yml'
    expect(catalogue.guards).toEqual({
      replaced: [],
      removed: [
        { name: 'kubelet_static_pod_path', path },
        { name: 'old_thing', path },
      ],
      preconditions: [
        {
          component: 'etcd',
          atLeast: '3.5.26',
          whenTargetAtLeast: '3.6.0',
          path: 'roles/etcd/tasks/clean_v2_store.yml',
        },
      ],
    })
    expect(catalogue.valueChecks.map(({ variable, accepts }) => [variable, accepts])).toEqual([
      ['kube_network_plugin', ['calico', 'none']],
      ['container_manager', ['docker', 'crio', 'containerd']],
    ])
  })
})
