import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import { keptFindings } from '../../../src/core/inventory/kept/kept-findings.ts'
import { release } from '../../support/release.ts'
import { inventoryOf } from '../../support/inventory.ts'

const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yml'
const CALICO = 'roles/network_plugin/calico/defaults/main.yml'
const CILIUM = 'roles/network_plugin/cilium/defaults/main.yml'
const CHECKS = 'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml'

type Files = Readonly<Record<string, string>>

/** What a step pins in an inventory of these variables, as `name: value`; what it cannot pin begins with `!`. */
function kept(variables: string, before: Files, after: Files): readonly string[] {
  const file = 'inventory/mine/group_vars/all/all.yml'
  const { settings } = inventoryOf(new Map([[file, variables]]))
  const [from, to] = [catalogueOf(release(before)), catalogueOf(release(after))]
  return keptFindings({ inventory: 'inventory/mine', settings, from, to, tag: 'v2.19.1' }).map(
    ({ key, edit, severity }) => {
      const change = edit?.changes[0]
      return change?.kind === 'set' ? `${key}: ${String(change.value)}` : `!${key} ${severity}`
    },
  )
}

const PLUGIN = 'kube_network_plugin: calico\nkube_network_node_prefix: 24\n'

describe('what a running cluster relied on by default is written down before it changes', () => {
  const docker = `${PLUGIN}container_manager: docker\netcd_deployment_type: docker\nresolvconf_mode: docker_dns\n`
  const containerd = `${PLUGIN}container_manager: containerd\netcd_deployment_type: host\nresolvconf_mode: host_resolvconf\n`

  test('Docker on defaults: the runtime, etcd’s place and the resolver', () => {
    expect(kept('a: 1\n', { [DEFAULTS]: docker }, { [DEFAULTS]: containerd })).toEqual([
      'container_manager: docker',
      'etcd_deployment_type: docker',
      'resolvconf_mode: docker_dns',
    ])
  })

  test('what the user set is theirs, wherever it is set', () => {
    const set = 'container_manager: containerd\netcd_deployment_type: host\n'
    expect(kept(set, { [DEFAULTS]: docker }, { [DEFAULTS]: containerd })).toEqual([
      'resolvconf_mode: docker_dns',
    ])
  })

  test('Calico on defaults, where templates had the backend’s default', () => {
    const old =
      "ipip: true\nipip_mode: \"{{ 'Always' if ipip else 'Never' }}\"\ncalico_ipip_mode: '{{ ipip_mode }}'\ncalico_vxlan_mode: 'Never'\n"
    const now = 'calico_ipip_mode: Never\ncalico_vxlan_mode: Always\ncalico_network_backend: vxlan\n'
    const [before, after] = [
      { [DEFAULTS]: PLUGIN, [CALICO]: old },
      { [DEFAULTS]: PLUGIN, [CALICO]: now },
    ]
    expect(kept('a: 1\n', before, after)).toEqual([
      'calico_ipip_mode: Always',
      'calico_vxlan_mode: Never',
      'calico_network_backend: bird',
    ])
    // A default that is a template comes out as the inventory has it.
    expect(kept('ipip: false\n', before, after)).toEqual([
      'calico_vxlan_mode: Never',
      'calico_network_backend: bird',
    ])
    expect(kept('kube_network_plugin: flannel\n', before, after)).toEqual([])
  })

  test('the size of blocks that another variable gave', () => {
    const [before, after] = [
      { [DEFAULTS]: PLUGIN, [CALICO]: 'calico_pool_name: default\n' },
      { [DEFAULTS]: PLUGIN, [CALICO]: 'calico_pool_blocksize: 26\n' },
    ]
    expect(kept('a: 1\n', before, after)).toEqual(['calico_pool_blocksize: 24'])
    expect(kept('kube_network_node_prefix: 26\n', before, after)).toEqual([])
  })

  test('the second address family only where it is on', () => {
    const [before, after] = ['Never', 'Always'].map((mode) => ({
      [DEFAULTS]: `${PLUGIN}enable_dual_stack_networks: false\n`,
      [CALICO]: `calico_vxlan_mode_ipv6: ${mode}\n`,
    }))
    expect(kept('a: 1\n', before ?? {}, after ?? {})).toEqual([])
    expect(kept('enable_dual_stack_networks: true\n', before ?? {}, after ?? {})).toEqual([
      'calico_vxlan_mode_ipv6: Never',
    ])
  })

  test('a driver of the container manager that runs, as the truth value it is', () => {
    const [before, after] = ['false', 'true'].map((value) => ({
      [DEFAULTS]: `${PLUGIN}container_manager: containerd\ncontainerd_use_systemd_cgroup: ${value}\n`,
    }))
    expect(kept('a: 1\n', before ?? {}, after ?? {})).toEqual(['containerd_use_systemd_cgroup: false'])
    expect(kept('container_manager: docker\n', before ?? {}, after ?? {})).toEqual([])
  })

  test('what depends on the container manager follows the one that is written down', () => {
    const type = `etcd_deployment_type: "{{ 'docker' if container_manager == 'docker' else 'host' }}"\n`
    const [before, after] = ['docker', 'containerd'].map((manager) => ({
      [DEFAULTS]: `${PLUGIN}container_manager: ${manager}\n${type}`,
    }))
    expect(kept('a: 1\n', before ?? {}, after ?? {})).toEqual(['container_manager: docker'])
  })

  test('nothing is said where a host decides, or where a release defines nothing', () => {
    const [before, after] = [
      {
        [DEFAULTS]: `${PLUGIN}resolvconf_mode: "{{ 'none' if ansible_os_family == 'Flatcar' else 'docker_dns' }}"\n`,
      },
      { [DEFAULTS]: `${PLUGIN}resolvconf_mode: host_resolvconf\netcd_data_dir: /var/lib/etcd\n` },
    ]
    expect(kept('a: 1\n', before, after)).toEqual([])
  })

  test('a value that the release gone to refuses is told, and not written', () => {
    const check = (list: string): string =>
      `- name: Stop if unknown mode\n  assert:\n    that: cilium_identity_allocation_mode in [${list}]\n  when: cilium_identity_allocation_mode is defined\n`
    const plugin = 'kube_network_plugin: cilium\n'
    const before = { [DEFAULTS]: plugin, [CILIUM]: 'cilium_identity_allocation_mode: kvstore\n' }
    const after = { [DEFAULTS]: plugin, [CILIUM]: 'cilium_identity_allocation_mode: crd\n' }
    expect(kept('a: 1\n', before, { ...after, [CHECKS]: check("'crd'") })).toEqual([
      '!cilium_identity_allocation_mode error',
    ])
    expect(kept('a: 1\n', before, { ...after, [CHECKS]: check("'crd', 'kvstore'") })).toEqual([
      'cilium_identity_allocation_mode: kvstore',
    ])
    // Under a condition about something else the list says nothing of the variable alone.
    const conditioned = check("'crd'").replace(/when: .*/, 'when: cilium_version is defined and other')
    expect(kept('a: 1\n', before, { ...after, [CHECKS]: conditioned })).toHaveLength(1)
  })
})
