/** Three small releases of our own making, each laid out as Kubespray was at a time; versions are few and checksums short. */

/** As until v2.8: one file of downloads, checksums for amd64 alone, groups with dashes. */
export const EARLY: Readonly<Record<string, string>> = {
  'cluster.yml': `---
- hosts: localhost
  tasks:
    - name: "Check ansible version"
      assert:
        that:
          - ansible_version.string is version("2.7.0", "!=")
          - ansible_version.string is version("2.5.0", ">=")
`,
  'requirements.txt': 'ansible>=2.5.0\nnetaddr\n',
  'inventory/sample/hosts.ini':
    '[kube-master]\nnode1\n\n[etcd]\nnode1\n\n[kube-node]\nnode1\n\n[k8s-cluster:children]\nkube-master\n',
  'inventory/sample/group_vars/k8s-cluster/k8s-cluster.yml': `# Change this to use another version
kube_version: v1.12.3
kube_network_plugin: calico
# dns_mode: coredns
`,
  'inventory/sample/group_vars/k8s-cluster/addons.yml':
    'dashboard_enabled: true\n# registry_enabled: false\n',
  'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml': `- assert:
    that: kube_network_plugin in ['calico', 'flannel']
`,
  'roles/kubernetes/preinstall/tasks/0040-set_facts.yml': `- set_fact:
    architecture_groups:
      x86_64: amd64
      aarch64: arm64
`,
  'roles/kubespray-defaults/defaults/main.yaml': `kube_version: v1.12.3
container_manager: docker
etcd_deployment_type: docker
kube_network_plugin: calico
dashboard_enabled: True
`,
  'roles/download/defaults/main.yml': `image_arch: "{{host_architecture | default('amd64')}}"
kube_version: v1.12.3
kubeadm_version: "{{ kube_version }}"
kubeadm_checksums:
  v1.12.3: aaaa
  v1.12.2: bbbb
hyperkube_checksums:
  v1.12.3: cccc
  v1.12.2: dddd
  v1.11.0: eeee
etcd_version: v3.2.24
etcd_binary_checksum: ffff
downloads:
  etcd:
    container: "{{ etcd_deployment_type != 'host' }}"
    file: "{{ etcd_deployment_type == 'host' }}"
    enabled: true
    version: "{{ etcd_version }}"
    sha256: "{{ etcd_binary_checksum if etcd_deployment_type == 'host' else etcd_digest_checksum|d(None) }}"
  kubeadm:
    enabled: true
    file: true
    version: "{{ kubeadm_version }}"
    sha256: "{{ kubeadm_checksums[kubeadm_version] }}"
  hyperkube_file:
    enabled: true
    file: true
    version: "{{ kube_version }}"
    sha256: "{{ hyperkube_checksums[kube_version] }}"
`,
}

/** As from v2.19 to v2.27: architecture → version → checksum, zeros for builds that are not there, maps per Kubernetes minor. */
export const MIDDLE: Readonly<Record<string, string>> = {
  'ansible_version.yml':
    '- vars:\n    minimal_ansible_version: 2.11.0\n    maximal_ansible_version: 2.13.0\n',
  'galaxy.yml': 'namespace: kubernetes_sigs\nversion: 2.20.0\n',
  'meta/runtime.yml': 'requires_ansible: ">=2.11.0"\n',
  'requirements.txt': '-> requirements-2.12.txt',
  'requirements-2.12.txt': 'ansible==5.7.1 # pinned\njinja2==2.11.3\n',
  'docs/ansible.md': `### Ansible Python Compatibility

| Ansible Version | Python Version |
| --------------- | -------------- |
| 2.11            | 2.7,3.5-3.9    |
| 2.12            | 3.8-3.10       |
`,
  'inventory/sample/inventory.ini':
    '[all]\n# node1\n# [bastion]\n\n[kube_control_plane]\n\n[etcd]\n\n[kube_node]\n\n[k8s_cluster:children]\nkube_node\n',
  'inventory/sample/group_vars/k8s_cluster/k8s-cluster.yml':
    'kube_version: v1.24.5\nenable_nodelocaldns: true\n',
  'inventory/sample/group_vars/k8s_cluster/addons.yml': `registry_enabled: false
metallb_speaker_enabled: "{{ metallb_enabled }}"
`,
  'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml': `- assert:
    that: kube_version is version(kube_version_min_required, '>=')
- assert:
    that: kube_network_plugin in ['calico', 'flannel', 'cilium']
- assert:
    that: container_manager in ['docker', 'crio', 'containerd']
`,
  'roles/network_plugin/calico/tasks/check.yml': `- assert:
    that:
      - calico_version_on_server.stdout is version(calico_min_version_required, '>=')
`,
  'roles/network_plugin/flannel/tasks/main.yml': '- debug:\n',
  'roles/kubespray-defaults/vars/main.yml': 'calico_min_version_required: "v3.19.4"\n',
  'roles/kubespray-defaults/defaults/main.yaml': `kube_version: v1.24.6
kube_version_min_required: v1.23.0
kube_major_version: "{{ kube_version | regex_replace('^v([0-9])+\\\\.([0-9]+)\\\\.[0-9]+', 'v\\\\1.\\\\2') }}"
container_manager: containerd
etcd_deployment_type: host
kube_network_plugin: calico
crun_enabled: false
registry_enabled: false
_host_architecture_groups:
  x86_64: amd64
  aarch64: arm64
  armv7l: arm
host_architecture: >-
  {%- if ansible_architecture in _host_architecture_groups -%}
  {{ _host_architecture_groups[ansible_architecture] }}
  {%- else -%}
  {{ ansible_architecture }}
  {%- endif -%}
`,
  // A file hides a folder of the same name, as Ansible loads them: v2.22.2 has such a stub.
  'roles/download/defaults/main/checksums.yml': 'kubelet_checksums:\n  arm:\n',
  'roles/download/defaults/main.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
kubelet_checksums:
  arm64:
    v1.24.6: aaaa
    v1.24.5: bbbb
    v1.23.9: abab
  amd64:
    v1.25.0: 0909
    v1.24.6: cccc
    v1.24.5: dddd
    v1.23.9: acac
  arm:
    v1.24.6: 0
    v1.24.5: 0
kubeadm_checksums:
  arm64:
    v1.24.6: aaaa
    v1.24.5: bbbb
    v1.23.9: abab
  amd64:
    v1.25.0: 0909
    v1.24.6: cccc
    v1.24.5: dddd
    v1.23.9: acac
kubectl_checksums:
  arm64:
    v1.24.6: aaaa
    v1.24.5: bbbb
    v1.23.9: abab
  amd64:
    v1.25.0: 0909
    v1.24.6: cccc
    v1.24.5: dddd
    v1.23.9: acac
containerd_version: 1.6.8
containerd_archive_checksums:
  amd64:
    1.6.8: 1111
  arm64:
    1.6.8: 0
crun_version: 1.5
crun_checksums:
  amd64:
    1.5: 3333
  arm64:
    1.5: 4444
etcd_supported_versions:
  v1.24: "v3.5.4"
  v1.23: "v3.5.3"
etcd_version: "{{ etcd_supported_versions[kube_major_version] }}"
calico_version: v3.23.3
downloads:
  etcd:
    container: true
    enabled: true
    tag: "{{ etcd_version }}"
  kubelet:
    enabled: true
    file: true
    url: "https://example.org/{{ kube_version }}/{{ image_arch }}/kubelet"
    sha256: "{{ kubelet_checksums[image_arch][kube_version] }}"
  containerd:
    enabled: "{{ container_manager == 'containerd' }}"
    file: true
    url: "https://example.org/{{ containerd_version }}"
    sha256: "{{ containerd_archive_checksums[image_arch][containerd_version] }}"
  crun:
    enabled: "{{ crun_enabled }}"
    file: true
    url: "https://example.org/{{ crun_version }}"
    sha256: "{{ crun_checksums[image_arch][crun_version] }}"
  flannel:
    enabled: "{{ kube_network_plugin == 'flannel' }}"
    container: true
    repo: example.org/flannel
    tag: "v0.19.2"
`,
}

/** As from v2.28: no `v`, prefixed checksums below `vars`, the default version is the first key of a map. */
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
