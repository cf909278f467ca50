/**
 * A small release of our own making, laid out as Kubespray was until v2.8: one file of downloads, checksums
 * for amd64 alone, groups with dashes.
 */
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
    url: "https://example.org/{{ kubeadm_version }}/{{ image_arch }}/kubeadm"
    sha256: "{{ kubeadm_checksums[kubeadm_version] }}"
  hyperkube_file:
    enabled: true
    file: true
    version: "{{ kube_version }}"
    url: "https://example.org/{{ kube_version }}/amd64/hyperkube"
    sha256: "{{ hyperkube_checksums[kube_version] }}"
  manifests:
    enabled: true
    file: true
    url: "https://example.org/manifests.yml"
    sha256: gggg
`,
}
