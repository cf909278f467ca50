import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import type { LintFinding } from '../../../src/core/plan/lint-finding.ts'
import { lintStep } from '../../../src/core/plan/lint-step.ts'
import { release } from '../../support/release.ts'

const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yml'
const CALICO = 'roles/network_plugin/calico/defaults/main.yml'
const CHECK = 'roles/validate_inventory/tasks/main.yml'
const FACTS = 'roles/kubespray-defaults/tasks/main.yaml'

type Files = Readonly<Record<string, string>>

interface Asked {
  readonly before: Files
  readonly after: Files
  readonly set: Readonly<Record<string, string>>
  readonly mentioned?: { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> }
}

function lint({ before, after, set, ...rest }: Asked): readonly LintFinding[] {
  const settings = Object.entries(set).map(([name, value], index) => ({
    ...{ name, value, file: 'inventory/mine/group_vars/all/all.yml', line: index + 1 },
  }))
  const [from, to] = [catalogueOf(release(before)), catalogueOf(release(after))]
  return lintStep({
    from: { tag: 'v2.27.1' as ReleaseTag, catalogue: from },
    to: { tag: 'v2.28.1' as ReleaseTag, catalogue: to },
    settings,
    ...rest,
  })
}

const MESSAGE =
  '       You can set `etcd_deployment_type` to `kubeadm` instead of setting `etcd_kubeadm_enabled` to `true`."\n'
const REFUSES = `- name: Stop if etcd_kubeadm_enabled is defined\n  assert:\n    that: etcd_kubeadm_enabled is not defined\n    msg: |\n      It is removed.\n${MESSAGE}`
const TURNS =
  '- name: Turn\n  set_fact:\n    etcd_deployment_type: kubeadm\n  when:\n    - etcd_kubeadm_enabled is defined and etcd_kubeadm_enabled\n'
const TYPE = { [DEFAULTS]: 'etcd_deployment_type: host\n' }

describe('a variable that stops the play', () => {
  const step = { before: { ...TYPE, [FACTS]: TURNS }, after: { ...TYPE, [CHECK]: REFUSES } }

  test('becomes what the assert’s own message names', () => {
    const [finding] = lint({ ...step, set: { etcd_kubeadm_enabled: 'true' } })
    expect(finding).toMatchObject({
      code: 'variable-stops-play',
      severity: 'error',
      meant: 'etcd_deployment_type',
    })
    expect(finding?.edit?.changes).toEqual([
      { kind: 'set', name: 'etcd_deployment_type', value: 'kubeadm' },
      { kind: 'remove', name: 'etcd_kubeadm_enabled' },
    ])
    expect(finding?.message).not.toContain('remove it.')
  })

  test('is taken out where it is off', () => {
    const [finding] = lint({ ...step, set: { etcd_kubeadm_enabled: 'false' } })
    expect(finding?.edit?.changes).toEqual([{ kind: 'remove', name: 'etcd_kubeadm_enabled' }])
  })

  test('is a person’s where the other variable says something else, and counted until now', () => {
    const set = { etcd_kubeadm_enabled: 'true', etcd_deployment_type: 'docker' }
    expect(lint({ ...step, before: TYPE, set })[0]?.edit).toBeUndefined()
    // A task that set the fact had the last word.
    expect(lint({ ...step, set })[0]?.edit).toBeDefined()
  })

  test('that gave another one its default goes, and what came of it is written down', () => {
    const before = {
      [CALICO]: "ipip_mode: \"{{ 'Always' if ipip else 'Never' }}\"\ncalico_ipip_mode: '{{ ipip_mode }}'\n",
    }
    const check = '- assert:\n    that:\n      - ipip is not defined\n'
    const after = { [CALICO]: 'calico_ipip_mode: Never\n', [CHECK]: check }
    const [finding] = lint({ before, after, set: { ipip: 'true' } })
    expect(finding?.message).toContain('`calico_ipip_mode`')
    expect(finding?.edit?.changes).toEqual([{ kind: 'remove', name: 'ipip' }])
  })
})

describe('a variable that has no default any more', () => {
  const mentioned = { from: new Set(['etcd_kubeadm_enabled']), to: new Set(['etcd_kubeadm_enabled']) }

  test('that a task turns into another one: that is said, and written down', () => {
    const before = { [DEFAULTS]: 'etcd_kubeadm_enabled: false\netcd_deployment_type: host\n' }
    const after = { ...TYPE, [FACTS]: TURNS }
    const [finding] = lint({ before, after, set: { etcd_kubeadm_enabled: 'true' }, mentioned })
    expect(finding?.message).toContain('`etcd_deployment_type: kubeadm` itself')
    expect(finding?.edit?.changes).toHaveLength(2)
    expect(lint({ before, after, set: { etcd_kubeadm_enabled: 'false' }, mentioned })).toEqual([])
  })

  test('that is still read as the default of a new one is called so', () => {
    const before = { [DEFAULTS]: 'enable_dual_stack_networks: false\n' }
    const after = { [DEFAULTS]: 'ipv6_stack: "{{ enable_dual_stack_networks | default(false) }}"\n' }
    const names = new Set(['enable_dual_stack_networks'])
    const set = { enable_dual_stack_networks: 'true' }
    for (const each of [{}, { mentioned: { from: names, to: names } }])
      expect(lint({ before, after, set, ...each })[0]).toMatchObject({
        code: 'variable-renamed',
        meant: 'ipv6_stack',
      })
  })

  test.each([
    ['false', 'You can remove it'],
    ['x', 'You can remove it'],
    ['[]', 'You can remove it'],
    ['y', 'what it does now ends with this step'],
  ])('“remove it” only where that changes nothing: %s', (value, said) => {
    const [finding] = lint({ before: { [DEFAULTS]: 'odd: x\n' }, after: {}, set: { odd: value } })
    expect(finding?.message).toContain(said)
  })

  test('the sample alone is no reader', () => {
    const sample = { 'inventory/sample/group_vars/all/all.yml': '# metallb_protocol: "layer2"\n' }
    const gone = { from: new Set(['metallb_protocol']), to: new Set<string>() }
    const before = { ...sample, [DEFAULTS]: 'metallb_protocol: layer2\n' }
    expect(lint({ before, after: sample, set: { metallb_protocol: 'bgp' }, mentioned: gone })[0]?.code).toBe(
      'variable-gone',
    )
  })

  test('nothing is asked of a value that is the default it had', () => {
    const names = new Set(['odd'])
    const step = { before: { [DEFAULTS]: 'odd: x\n' }, after: {}, mentioned: { from: names, to: names } }
    expect(lint({ ...step, set: { odd: 'x' } })).toEqual([])
    expect(lint({ ...step, set: { odd: 'y' } })[0]?.code).toBe('variable-without-default')
  })
})

describe('a variable of Ansible’s own', () => {
  test.each([
    ['ansible_connection', 'local'],
    ['ansible_ssh_common_args', '-o ForwardAgent=yes'],
    ['inventory_hostname', 'node1'],
  ])('%s works on in a release that no longer mentions it', (name, value) => {
    const before = { [DEFAULTS]: `ansible_ssh_common_args: ''\n` }
    const mentioned = { from: new Set([name]), to: new Set<string>() }
    expect(lint({ before, after: {}, set: { [name]: value }, mentioned })).toEqual([])
  })
})
