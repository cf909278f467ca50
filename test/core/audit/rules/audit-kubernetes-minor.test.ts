import { describe, expect, test } from 'vitest'
import {
  GONE_ADMISSION_PLUGINS,
  GONE_API_GROUPS,
  GONE_APIS,
  GONE_FEATURE_GATES,
  GONE_FLAGS,
} from '../../../../src/core/audit/known/gone-from-kubernetes.ts'
import { auditOf, SMALL, told, type Files } from '../../../support/audited.ts'

const TASKS = 'roles/kubernetes/control-plane/tasks/main.yml'

/** A release that has its own way of enabling PodSecurityPolicy, and hands on what an inventory sets. */
const RELEASE: Files = {
  ...SMALL,
  'cluster.yml': `${SMALL['cluster.yml'] ?? ''}    - { role: kubernetes/control-plane }\n    - { role: apps, when: apps_enabled }\n`,
  'roles/kubernetes/control-plane/defaults/main.yml': `podsecuritypolicy_enabled: false
apps_enabled: true
kube_apiserver_enable_admission_plugins: []
kube_feature_gates: []
kubelet_feature_gates: []
kubeadm_feature_gates: []
kubelet_custom_flags: []
kube_kubeadm_apiserver_extra_args: {}
kube_kubeadm_scheduler_extra_args: {}
kube_api_runtime_config: []
`,
  [TASKS]: `- name: Disable SecurityContextDeny admission-controller and enable PodSecurityPolicy
  set_fact:
    kube_apiserver_enable_admission_plugins: "{{ kube_apiserver_enable_admission_plugins | difference(['SecurityContextDeny']) | union(['PodSecurityPolicy']) | unique }}"
  when: podsecuritypolicy_enabled

- include_tasks: psp-install.yml
  when:
    - podsecuritypolicy_enabled
    - inventory_hostname == groups['kube_control_plane'][0]
`,
  'roles/kubernetes/control-plane/tasks/psp-install.yml': `- template:
    src: psp.yml.j2
    dest: /etc/psp.yml
`,
  'roles/kubernetes/control-plane/templates/psp.yml.j2':
    'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n',
  'roles/kubernetes/control-plane/templates/kubeadm-config.yml.j2': `enable-admission-plugins: {{ kube_apiserver_enable_admission_plugins }}
feature-gates: {{ kube_feature_gates }} {{ kubelet_feature_gates }} {{ kubeadm_feature_gates }}
flags: {{ kubelet_custom_flags }} {{ kube_kubeadm_apiserver_extra_args }} {{ kube_kubeadm_scheduler_extra_args }}
runtime: {{ kube_api_runtime_config }}
`,
}

function inventory(text: string): Files {
  return { 'inventory/home/hosts.ini': '[all]\nnode1\n', 'inventory/home/group_vars/all/all.yml': text }
}

function findings(text: string, files: Files = {}) {
  return auditOf({ ...RELEASE, ...files, ...inventory(text) }, ['amd64'])
}

describe('what a minor of Kubernetes has no more, and is asked for', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'podsecuritypolicy_enabled at 1.25 (kubespray#10018)',
      'kube_version: v1.25.6\npodsecuritypolicy_enabled: true\n',
      ['error gone-from-kubernetes podsecuritypolicy_enabled', 'warning gone-from-kubernetes policy/v1beta1'],
    ],
    ['the same at 1.24', 'kube_version: v1.24.6\npodsecuritypolicy_enabled: true\n', []],
    ['the same without it', 'kube_version: v1.25.6\npodsecuritypolicy_enabled: false\n', []],
    ['what the release takes out', 'kube_version: v1.31.1\n', []],
    [
      'an admission plugin that the inventory sets',
      'kube_version: v1.30.1\nkube_apiserver_enable_admission_plugins: [NodeRestriction, SecurityContextDeny]\n',
      ['error gone-from-kubernetes kube_apiserver_enable_admission_plugins'],
    ],
    [
      'the same as a text',
      'kube_version: v1.30.1\nkube_apiserver_enable_admission_plugins: NodeRestriction,SecurityContextDeny\n',
      ['error gone-from-kubernetes kube_apiserver_enable_admission_plugins'],
    ],
    [
      'a feature gate, on or off',
      'kube_version: v1.25.6\nkube_feature_gates: [IPv6DualStack=true]\nkubelet_feature_gates: [RuntimeClass=false]\n',
      ['error gone-from-kubernetes kube_feature_gates', 'error gone-from-kubernetes kubelet_feature_gates'],
    ],
    [
      'the same at the last minor that knew it',
      'kube_version: v1.24.6\nkube_feature_gates: [IPv6DualStack=true]\n',
      [],
    ],
    [
      'a gate of kubeadm, which has its own',
      'kube_version: v1.25.6\nkubeadm_feature_gates: [IPv6DualStack=true]\n',
      [],
    ],
    [
      'a gate that is not known to be gone',
      'kube_version: v1.35.0\nkube_feature_gates: [SidecarContainers=true]\n',
      [],
    ],
    [
      'flags of kubelet',
      'kube_version: v1.27.5\nkubelet_custom_flags: ["--container-runtime=remote", "--v=2"]\n',
      ['error gone-from-kubernetes kubelet_custom_flags'],
    ],
    ['the same at 1.26', 'kube_version: v1.26.5\nkubelet_custom_flags: ["--container-runtime=remote"]\n', []],
    [
      'one whose name goes on',
      'kube_version: v1.27.5\nkubelet_custom_flags: ["--container-runtime-endpoint=unix:///x"]\n',
      [],
    ],
    [
      'gates in flags',
      'kube_version: v1.27.5\nkubelet_custom_flags: ["--feature-gates=CSIMigration=true,SeccompDefault=true"]\n',
      ['error gone-from-kubernetes kubelet_custom_flags'],
    ],
    [
      'flags as a text',
      'kube_version: v1.27.5\nkubelet_custom_flags: --v=2 --container-runtime=remote\n',
      ['error gone-from-kubernetes kubelet_custom_flags'],
    ],
    [
      'gates in flags as a text',
      'kube_version: v1.27.5\nkubelet_custom_flags: --v=2 --feature-gates=CSIMigration=true --x\n',
      ['error gone-from-kubernetes kubelet_custom_flags'],
    ],
    [
      'gates of another flag',
      'kube_version: v1.27.5\nkubelet_custom_flags: --labels=CSIMigration=true\n',
      [],
    ],
    [
      'gates as a mapping',
      'kube_version: v1.25.6\nkube_feature_gates: { IPv6DualStack: true }\n',
      ['error gone-from-kubernetes kube_feature_gates'],
    ],
    [
      'gates in arguments as a list of names and values',
      "kube_version: v1.25.6\nkube_kubeadm_scheduler_extra_args: [{ name: v, value: '2' }, { name: feature-gates, value: 'EndpointSlice=true' }]\n",
      ['error gone-from-kubernetes kube_kubeadm_scheduler_extra_args'],
    ],
    [
      'arguments as a mapping',
      "kube_version: v1.24.6\nkube_kubeadm_apiserver_extra_args: { insecure-port: '0', feature-gates: 'EndpointSlice=true' }\n",
      ['error gone-from-kubernetes kube_kubeadm_apiserver_extra_args'],
    ],
    [
      'arguments as a list of names',
      'kube_version: v1.24.6\nkube_kubeadm_scheduler_extra_args: [{ name: policy-config-file, value: x }]\n',
      ['error gone-from-kubernetes kube_kubeadm_scheduler_extra_args'],
    ],
    [
      'a flag of another component',
      "kube_version: v1.24.6\nkube_kubeadm_scheduler_extra_args: { insecure-port: '0' }\n",
      [],
    ],
    [
      'a group of APIs',
      'kube_version: v1.20.7\nkube_api_runtime_config: [settings.k8s.io/v1alpha1=true]\n',
      ['error gone-from-kubernetes kube_api_runtime_config'],
    ],
    [
      'a version that is a riddle',
      'kube_version: "{{ nobody_knows }}"\nkube_feature_gates: [IPv6DualStack=true]\n',
      [],
    ],
  ]
  test.each(cases)('%s', (_, text, expected) => {
    expect(told(findings(text)).filter((each) => each.includes('gone-from'))).toEqual(expected)
  })

  test('is told at the setting, with the task that asks and what to do', () => {
    const [finding] = findings('---\nkube_version: v1.25.6\npodsecuritypolicy_enabled: true\n')
    expect(finding).toMatchObject({ file: 'inventory/home/group_vars/all/all.yml', line: 3 })
    expect(finding?.message).toBe(
      '`podsecuritypolicy_enabled` has `roles/kubernetes/control-plane/tasks/main.yml:3` ask for the admission plugin `PodSecurityPolicy`, which Kubernetes has no more since 1.25: kube-apiserver does not start with the name of one that it does not know (CHANGELOG-1.25.md of Kubernetes, kubespray#10018). Switch `podsecuritypolicy_enabled` off first. What it enforced, Pod Security admission does by labels of namespaces.',
    )
  })

  test('a variable that nothing reads asks nobody', () => {
    const unread = { 'roles/kubernetes/control-plane/templates/kubeadm-config.yml.j2': '' }
    const found = findings('kube_version: v1.25.6\nkube_feature_gates: [IPv6DualStack=true]\n', unread)
    expect(told(found).filter((each) => each.includes('gone-from'))).toEqual([])
  })
})

describe('objects of an API version that is gone', () => {
  const ingress = 'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\n'
  const tasks = (when = ''): string => `- template:\n    src: own.yml.j2\n    dest: /etc/own.yml\n${when}`
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'in a template that is surely used',
      { 'roles/apps/templates/own.yml.j2': ingress, 'roles/apps/tasks/main.yml': tasks() },
      ['error gone-from-kubernetes networking.k8s.io/v1beta1'],
    ],
    [
      'by a task that only a host can decide about',
      {
        'roles/apps/templates/own.yml.j2': ingress,
        'roles/apps/tasks/main.yml': tasks('  when: inventory_hostname in x\n'),
      },
      ['warning gone-from-kubernetes networking.k8s.io/v1beta1'],
    ],
    [
      'by a task that is off',
      {
        'roles/apps/templates/own.yml.j2': ingress,
        'roles/apps/tasks/main.yml': tasks('  when: podsecuritypolicy_enabled\n'),
      },
      [],
    ],
    [
      'in a block that is off',
      {
        'roles/apps/templates/own.yml.j2': ingress,
        'roles/apps/tasks/main.yml':
          '- when: podsecuritypolicy_enabled\n  block:\n    - template:\n        src: own.yml.j2\n        dest: x\n',
      },
      [],
    ],
    ['that no task names', { 'roles/apps/templates/own.yml.j2': ingress }, []],
    [
      'named in a loop',
      {
        'roles/apps/templates/own.yml.j2': ingress,
        'roles/apps/tasks/main.yml':
          '- template:\n    src: "{{ item.file }}.j2"\n    dest: x\n  loop:\n    - { file: own.yml }\n',
      },
      ['error gone-from-kubernetes networking.k8s.io/v1beta1'],
    ],
    [
      'in the branch for an older Kubernetes',
      {
        'roles/apps/templates/own.yml.j2': `{% if kube_version is version('v1.19.0', '<') %}\n${ingress}{% else %}\napiVersion: networking.k8s.io/v1\nkind: Ingress\n{% endif %}\n`,
        'roles/apps/tasks/main.yml': tasks(),
      },
      [],
    ],
    [
      'of a kind that lives on',
      {
        'roles/apps/templates/own.yml.j2': 'apiVersion: storage.k8s.io/v1beta1\nkind: CSIStorageCapacity\n',
        'roles/apps/tasks/main.yml': tasks(),
      },
      [],
    ],
  ]
  test.each(cases)('%s', (_, files, expected) => {
    const found = findings('kube_version: v1.22.5\n', files)
    expect(told(found).filter((each) => each.includes('gone-from'))).toEqual(expected)
  })
  test('of a role that is off', () => {
    const files = { 'roles/apps/templates/own.yml.j2': ingress, 'roles/apps/tasks/main.yml': tasks() }
    const found = findings('kube_version: v1.22.5\napps_enabled: false\n', files)
    expect(told(found).filter((each) => each.includes('gone-from'))).toEqual([])
  })
})

describe('a Kubernetes above the one that the release was made for', () => {
  const DEFAULTS = 'roles/kubernetes/control-plane/defaults/main.yml'
  const release = (version: string): Files => ({
    [DEFAULTS]: `${RELEASE[DEFAULTS] ?? ''}kubelet_checksums: { amd64: { v1.28.6: a, v1.27.0: b } }\nkube_version: ${version}\n`,
  })
  const cases: readonly (readonly [string, Files, string, boolean])[] = [
    ['a minor above', release('v1.28.6'), 'kube_version: v1.29.1\n', true],
    [
      'the same where the release works it out',
      release(`"{{ (kubelet_checksums['amd64'] | dict2items)[0].key }}"`),
      'kube_version: v1.29.1\n',
      true,
    ],
    ['the same minor', release('v1.28.6'), 'kube_version: v1.28.9\n', false],
    ['one that the inventory leaves to the release', release('v1.28.6'), 'x: 1\n', false],
    ['one that nobody can tell', release('v1.28.6'), 'kube_version: "{{ nobody_knows }}"\n', false],
  ]
  test.each(cases)('%s', (_, files, text, isTold) => {
    const found = findings(text, files).filter(({ code }) => code === 'kubernetes-above-release')
    expect(told(found)).toEqual(isTold ? ['warning kubernetes-above-release kube_version'] : [])
    if (isTold)
      expect(found[0]?.message).toBe(
        'Kubernetes 1.29.1 is above the minor that this release was made for (1.28.6): what is above it is listed there, and neither tested nor supported.',
      )
  })
})

test('everything that is gone names where that is from, and no gate twice', () => {
  const all = [
    ...GONE_ADMISSION_PLUGINS,
    ...GONE_API_GROUPS,
    ...GONE_APIS,
    ...GONE_FEATURE_GATES,
    ...GONE_FLAGS,
  ]
  for (const { name, references, since } of all) {
    expect(references.length, name).toBeGreaterThan(0)
    expect(since, name).toBeGreaterThan(8)
  }
  const gates = GONE_FEATURE_GATES.map(({ name }) => name)
  expect(gates.filter((each, index) => gates.indexOf(each) !== index)).toEqual([])
})
