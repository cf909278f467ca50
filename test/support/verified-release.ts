import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emptyWorld, type World } from './demo.ts'

export type VerifiedFiles = Readonly<Record<string, string>>

/** The range of Ansible that a release of ours takes: what is installed, whichever it is, unless a test says otherwise. */
const ANY_ANSIBLE = { minimal: '2.10.0', maximal: '3.0.0' }

export const TASKS = 'roles/validate_inventory/tasks/main.yml'
export const HOSTS = 'inventory/mine/hosts.ini'
export const VARIABLES = 'inventory/mine/group_vars/all.yml'

/** A small release of our own with a role that validates inventories, and an inventory that passes. */
export function releaseToVerify({ minimal, maximal } = ANY_ANSIBLE): VerifiedFiles {
  return {
    'requirements.txt': 'ansible==11.0.0\nnetaddr==1.3.0\n',
    'ansible.cfg': '[defaults]\nlibrary = ./library\nroles_path = roles\ncallbacks_enabled = profile_tasks\n',
    'cluster.yml': '- import_playbook: playbooks/cluster.yml\n',
    'upgrade-cluster.yml': '- import_playbook: playbooks/upgrade_cluster.yml\n',
    'playbooks/ansible_version.yml': `- hosts: all
  gather_facts: false
  vars:
    minimal_ansible_version: ${minimal}
    maximal_ansible_version: ${maximal}
  tasks:
    - assert:
        that: ansible_version.string is version(minimal_ansible_version, '>=')
`,
    'playbooks/boilerplate.yml': `- import_playbook: ansible_version.yml
- name: Inventory
  hosts: all
  gather_facts: false
  roles:
    - dynamic_groups
    - validate_inventory
- name: Afterwards
  hosts: all
  tasks:
    - shell: touch {{ inventory_hostname }}
`,
    'playbooks/cluster.yml': `- import_playbook: boilerplate.yml
- hosts: k8s_cluster
  roles:
    - kubespray_defaults
    - kubernetes/node
`,
    'playbooks/upgrade_cluster.yml': `- import_playbook: boilerplate.yml
- hosts: k8s_cluster
  roles:
    - kubernetes/node
`,
    'library/kube.py': 'raise SystemExit("this is not to be run")\n',
    'roles/kubernetes/node/tasks/main.yml': `- name: A module of the release
  kube:
    name: x
- shell: reboot
`,
    'roles/kubespray_defaults/defaults/main.yml': `kube_network_plugin: calico
kube_version: 1.31.0
hidden: "{{ lookup('password', credentials_dir + '/x') }}"
token: "{{ lookup('env', 'TOKEN') }}"
`,
    'roles/validate_inventory/meta/main.yml': 'dependencies:\n  - role: kubespray_defaults\n',
    'roles/dynamic_groups/tasks/main.yml': `- name: Groups
  group_by:
    key: k8s_cluster
  when: group_names | intersect(['kube_node', 'kube_control_plane']) | length > 0
`,
    [TASKS]: `---
- name: Stop if the plugin is unknown
  assert:
    that: kube_network_plugin in ['calico', 'cilium']
    msg: "{{ kube_network_plugin }} is no network plugin of ours"
  run_once: true
- name: Stop if nobody is in the cluster
  ansible.builtin.assert:
    that: groups['k8s_cluster'] | length > 0
- name: Warn
  debug:
    msg: The plugin goes with the next release
  when: kube_network_plugin == 'cilium'
`,
    [HOSTS]: '[kube_control_plane]\ncp1\n[kube_node]\nnode1\nnode2\n',
    [VARIABLES]: 'kube_network_plugin: calico\n',
  }
}

/** A repository that holds these files in one commit. */
export function repositoryOf(files: VerifiedFiles): World {
  const world = emptyWorld()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(world.path, dirname(path)), { recursive: true })
    writeFileSync(join(world.path, path), text)
  }
  world.git('add', '--all')
  world.git('commit', '--quiet', '--message', 'a release')
  return world
}
