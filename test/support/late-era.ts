/**
 * A small release of our own making, laid out as Kubespray was from v2.28: no `v`, prefixed checksums below
 * `vars`, the default version is the first key of a map.
 */
export const LATE: Readonly<Record<string, string>> = {
  'playbooks/ansible_version.yml':
    '- vars:\n    minimal_ansible_version: 2.17.3\n    maximal_ansible_version: 2.18.0\n',
  'galaxy.yml': 'version: 2.31.0\n',
  'inventory/sample/inventory.ini':
    '[kube_control_plane]\n\n[etcd:children]\nkube_control_plane\n\n[kube_node]\n',
  'inventory/sample/group_vars/k8s_cluster/k8s-cluster.yml': 'kube_network_plugin: calico\n',
  'inventory/sample/group_vars/k8s_cluster/addons.yml': 'registry_enabled: false\n',
  'roles/validate_inventory/tasks/main.yml': `- name: Fail if removed variables are used
  vars:
    # Take items off again after a while
    removed_vars:
      - kubelet_static_pod_path # 2.31.0
      - old_thing
  assert:
    that: removed_vars_found | length == 0
- assert:
    that: kube_version is version(kube_version_min_required, '>=')
- assert:
    that:
      - kube_network_plugin in ['calico', 'none']
      - container_manager in ['docker', 'crio', 'containerd']
`,
  'roles/etcd/tasks/clean_v2_store.yml': `- name: Clean up
  when:
    - etcd_current_version is version('3.6.0', '<')
    - etcd_version is version('3.6.0', '>=')
  block:
    - name: Ensure the running version
      when:
        - etcd_current_version is version('3.5.26', '<')
      fail:
        msg: too old
`,
  'roles/kubespray_defaults/vars/main/checksums.yml': `kubelet_checksums:
  arm64:
    1.35.4: sha256:aaaa
    1.34.7: sha256:bbbb
  amd64:
    1.35.4: sha256:cccc
    1.34.7: sha256:dddd
kubeadm_checksums:
  arm64:
    1.35.4: sha256:aaaa
    1.34.7: sha256:bbbb
  amd64:
    1.35.4: sha256:cccc
    1.34.7: sha256:dddd
kubectl_checksums:
  arm64:
    1.35.4: sha256:aaaa
    1.34.7: sha256:bbbb
  amd64:
    1.35.4: sha256:cccc
    1.34.7: sha256:dddd
etcd_binary_checksums:
  arm64:
    3.6.10: sha256:1111
    3.5.29: sha256:2222
  amd64:
    3.6.10: sha256:3333
    3.5.29: sha256:4444
crun_checksums:
  amd64:
    '1.27': sha256:5555
`,
  'roles/kubespray_defaults/vars/main/main.yml': `kube_major_version: "{{ (kube_version | split('.'))[:-1] | join('.') }}"
etcd_supported_versions:
  '1.35': "{{ (etcd_binary_checksums['amd64'].keys() | select('version', '3.7', '<'))[0] }}"
  '1.34': "{{ (etcd_binary_checksums['amd64'].keys() | select('version', '3.6', '<'))[0] }}"
`,
  'roles/kubespray_defaults/defaults/main/main.yml': `kube_version: "{{ (kubelet_checksums['amd64'] | dict2items)[0].key }}"
kube_version_min_required: "{{ (kubelet_checksums['amd64'] | dict2items)[-1].key }}"
container_manager: containerd
etcd_deployment_type: host
kube_network_plugin: calico
registry_enabled: false
_host_architecture_groups:
  x86_64: amd64
  aarch64: arm64
host_architecture: "{{ _host_architecture_groups[ansible_architecture] | default(ansible_architecture) }}"
`,
  'roles/kubespray_defaults/defaults/main/download.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
etcd_version: "{{ etcd_supported_versions[kube_major_version] }}"
crun_version: "{{ (crun_checksums['amd64'] | dict2items)[0].key }}"
downloads:
  etcd:
    enabled: true
    file: true
    url: "https://example.org/{{ etcd_version }}"
    checksum: >-
      {{ etcd_binary_checksums[image_arch][etcd_version] if (etcd_deployment_type == 'host')
      else etcd_digest_checksum | d(None) }}
  kubelet:
    enabled: true
    file: true
    url: "https://example.org/{{ kube_version }}"
    checksum: "{{ kubelet_checksums[image_arch][kube_version] }}"
  crun:
    enabled: false
    file: true
    url: "https://example.org/{{ crun_version }}"
    checksum: "{{ crun_checksums[image_arch][crun_version] }}"
`,
}
