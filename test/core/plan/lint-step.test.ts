import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { lintStep } from '../../../src/core/plan/lint-step.ts'
import { type LintRequest, type LintFinding } from '../../../src/core/plan/lint-finding.ts'
import { release } from '../../support/release.ts'

const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yml'
const SAMPLE = 'inventory/sample/group_vars/all/all.yml'
const CHECK = 'roles/validate_inventory/tasks/main.yml'
const FILE = 'inventory/mine/group_vars/all/all.yml'

function lint(
  before: Record<string, string>,
  after: Record<string, string>,
  more: Partial<LintRequest> & { set?: Record<string, string> },
): readonly LintFinding[] {
  const { set = {}, ...rest } = more
  const settings = Object.entries(set).map(([name, value], index) => ({
    name,
    value,
    file: FILE,
    line: index + 1,
  }))
  return lintStep({
    from: { tag: 'v2.30.0' as ReleaseTag, catalogue: catalogueOf(release(before)) },
    to: { tag: 'v2.31.0' as ReleaseTag, catalogue: catalogueOf(release(after)) },
    settings,
    ...rest,
  })
}

function brief(findings: readonly LintFinding[]): readonly string[] {
  return findings.map(({ code, key, line, meant }) =>
    [code, key, line, meant].filter((each) => each !== undefined).join(' '),
  )
}

test('a variable that is gone, at its file and line', () => {
  expect(
    lint(
      { [DEFAULTS]: 'dashboard_enabled: false\nkept: 1\n' },
      { [DEFAULTS]: 'kept: 1\n' },
      { set: { kept: '1', dashboard_enabled: 'true' } },
    ),
  ).toEqual([
    {
      code: 'variable-gone',
      severity: 'warning',
      message:
        '`dashboard_enabled` is gone in v2.31.0: nothing reads it there and nothing warns of it, so what it does now ends with this step (`roles/kubespray-defaults/defaults/main.yml` had it in v2.30.0). Look what you need in its place before you remove it.',
      key: 'dashboard_enabled',
      file: FILE,
      line: 2,
    },
  ])
})

describe('each kind of change', () => {
  test('renamed, with what took its place', () => {
    const findings = lint(
      { [DEFAULTS]: 'bastion_confing_name: x.conf\n' },
      { [DEFAULTS]: 'bastion_config_name: x.conf\n' },
      { set: { bastion_confing_name: 'y' } },
    )
    expect(brief(findings)).toEqual(['variable-renamed bastion_confing_name 1 bastion_config_name'])
  })

  test('presence stops the play: that comes first', () => {
    const guard =
      '- vars:\n    removed_vars:\n      - kubelet_static_pod_path # 2.31.0\n  assert:\n    that: true\n'
    const findings = lint(
      { [DEFAULTS]: 'gone: 1\nkubelet_static_pod_path: /x\n' },
      { [CHECK]: guard },
      { set: { gone: '2', kubelet_static_pod_path: '/y' } },
    )
    expect(brief(findings)).toEqual(['variable-stops-play kubelet_static_pod_path 2', 'variable-gone gone 1'])
    expect(findings[0]?.severity).toBe('error')
  })

  test('still mentioned though without a default', () => {
    const mentioned = { from: new Set(['odd']), to: new Set(['odd']) }
    const findings = lint({ [DEFAULTS]: 'odd: 1\n' }, {}, { set: { odd: '2' }, mentioned })
    expect(brief(findings)).toEqual(['variable-without-default odd 1'])
  })

  test('never had a default, and no task mentions it any more', () => {
    const mentioned = { from: new Set(['ghost']), to: new Set<string>() }
    expect(brief(lint({}, {}, { set: { ghost: '1', own: '2' }, mentioned }))).toEqual([
      'variable-gone ghost 1',
    ])
    expect(lint({}, {}, { set: { ghost: '1', own: '2' } })).toEqual([])
  })

  test('the old default was copied, and the new one differs', () => {
    const change = [{ [DEFAULTS]: 'a: x\nb: x\n' }, { [DEFAULTS]: 'a: y\nb: y\n' }] as const
    expect(brief(lint(...change, { set: { a: '"x"', b: 'z' } }))).toEqual(['default-changed a 1'])
    expect(lint(...change, { set: { a: 'y' } })).toEqual([])
  })

  test('the sample says otherwise now', () => {
    const change = [{ [SAMPLE]: 'a: true\n' }, { [SAMPLE]: 'a: false\n' }] as const
    expect(brief(lint(...change, { set: { a: 'True' } }))).toEqual(['sample-changed a 1'])
    expect(lint(...change, { set: { a: '"false"' } })).toEqual([])
  })

  test('a component goes down, unless it is pinned', () => {
    const change = [
      { [DEFAULTS]: 'runc_version: 1.1.12\n' },
      { [DEFAULTS]: 'runc_version: 1.1.9\n' },
    ] as const
    expect(brief(lint(...change, {}))).toEqual(['component-down runc_version'])
    expect(brief(lint(...change, { set: { runc_version: '1.1.12' } }))).toEqual([
      'default-changed runc_version 1',
    ])
  })
})

test('a component of a network plugin that the cluster does not run may go down', () => {
  const check = "- assert:\n    that: kube_network_plugin in ['calico', 'flannel', 'cni']\n"
  const [before, after] = ['1.2.0', '1.1.0'].map((version) => ({
    'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml': check,
    [DEFAULTS]: `kube_network_plugin: calico\nflannel_cni_version: ${version}\ncni_version: ${version}\ndownloads:\n  cni: { enabled: true, file: true, url: "{{ cni_version }}" }\n`,
  }))
  expect(brief(lint(before ?? {}, after ?? {}, {}))).toEqual(['component-down cni_version'])
  expect(brief(lint(before ?? {}, after ?? {}, { set: { kube_network_plugin: 'flannel' } }))).toEqual([
    'component-down flannel_cni_version',
    'component-down cni_version',
  ])
})

test('groups and the folders named for them', () => {
  const before = {
    'inventory/sample/inventory.ini': '[kube-master]\n[kube-node]\n[etcd]\n[k8s-cluster:children]\n',
  }
  const after = {
    'inventory/sample/inventory.ini': '[kube_control_plane]\n[kube_node]\n[etcd]\n[k8s_cluster:children]\n',
  }
  const file = 'inventory/mine/group_vars/k8s-cluster/k8s-cluster.yml'
  const findings = lint(before, after, {
    settings: [
      { name: 'a', value: '1', file, line: 3 },
      { name: 'b', value: '1', file: 'inventory/mine/group_vars/kube-master.yml', line: 1 },
    ],
    groups: [
      { name: 'kube-master', file: 'inventory/mine/hosts.ini', line: 4 },
      { name: 'etcd', file: 'inventory/mine/hosts.ini', line: 9 },
    ],
  })
  expect(findings.map(({ code, file: at, meant }) => [code, at, meant])).toEqual([
    ['group-renamed', 'inventory/mine/hosts.ini', 'kube_control_plane'],
    ['path-renamed', file, 'inventory/mine/group_vars/k8s_cluster/k8s-cluster.yml'],
    [
      'path-renamed',
      'inventory/mine/group_vars/kube-master.yml',
      'inventory/mine/group_vars/kube_control_plane.yml',
    ],
  ])
})

describe('no line that tells nobody anything', () => {
  test('of a value that the target’s own sample still sets', () => {
    const sample = { 'inventory/sample/group_vars/all/all.yml': 'x: 1\n' }
    const found = lint(
      { [DEFAULTS]: 'x: 1\n', ...sample },
      { [DEFAULTS]: 'x: 2\n', ...sample },
      { set: { x: '1' } },
    )
    expect(brief(found)).toEqual([])
  })
  test('of what a running cluster was built with', () => {
    const found = lint(
      { [DEFAULTS]: 'container_manager: docker\n' },
      { [DEFAULTS]: 'container_manager: containerd\n' },
      { set: { container_manager: 'docker' } },
    )
    expect(brief(found)).toEqual([])
  })
  test('of a filter’s full name', () => {
    const found = lint(
      { [DEFAULTS]: "x: '{{ y | ipaddr }}'\n" },
      { [DEFAULTS]: "x: '{{ y | ansible.utils.ipaddr }}'\n" },
      { set: { x: "'{{ y | ipaddr }}'" } },
    )
    expect(brief(found)).toEqual([])
  })
  test('of what is off, though its default is gone', () => {
    const mentioned = { from: new Set(['odd']), to: new Set(['odd']) }
    expect(brief(lint({ [DEFAULTS]: 'odd: false\n' }, {}, { set: { odd: 'false' }, mentioned }))).toEqual([])
  })
  test('of one component more than once', () => {
    const before = 'calico_version: v3.20.1\ncalico_ctl_version: v3.20.1\ncalico_cni_version: v3.20.1\n'
    const found = lint(
      { [DEFAULTS]: before },
      { [DEFAULTS]: before.replaceAll('3.20.1', '3.19.1') },
      { set: {} },
    )
    expect(found.filter(({ code }) => code === 'component-down')).toHaveLength(1)
  })
})
