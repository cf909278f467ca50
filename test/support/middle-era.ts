/**
 * A small release of our own making, laid out as Kubespray was from v2.19 to v2.27: architecture → version →
 * checksum, zeros for builds that are not there, maps per Kubernetes minor.
 */
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
