/** A variable that decides how a running cluster is built: a new default of it is for new clusters alone. */
export interface BuiltWith {
  readonly name: string
  /** What it decides, as it stands in a sentence: "the encapsulation of Calico's pool". */
  readonly decides: string
  /** The cluster is built with it only where it runs one of these, or has one of these switched on. */
  readonly only?: {
    readonly networkPlugin?: string
    readonly containerManager?: string
    readonly on?: readonly string[]
  }
  /** What tasks and templates take where a release defines nothing. */
  readonly unset?: string
  /** What of a release shows that the running cluster is tied to it. */
  readonly evidence: string
}

const DUAL_STACK = ['enable_dual_stack_networks', 'ipv6_stack']

/**
 * Found in the releases v2.8.0 to v2.31.0: what their checks compare with the live cluster, and names of a runtime, place, datastore,
 * encapsulation, mode, driver or resolver whose change a playbook does not carry out on nodes that run.
 */
export const BUILT_WITH: readonly BuiltWith[] = [
  {
    name: 'container_manager',
    decides: 'the container manager of every node',
    evidence:
      'no playbook moves running containers from one to another; docs/upgrades.md has a page of its own for it',
  },
  {
    name: 'etcd_deployment_type',
    decides: 'how etcd is run',
    evidence:
      'roles/etcd installs what the value names beside what runs; the release’s checks tie it to the container manager',
  },
  {
    name: 'resolvconf_mode',
    decides: 'how nodes and containers find the cluster’s DNS',
    evidence: 'v2.18.0 changed `docker_dns` to `host_resolvconf` together with the container manager (#8175)',
  },
  {
    name: 'kube_network_plugin',
    decides: 'the network plugin',
    evidence: 'Kubespray does not move a cluster from one plugin to another',
  },
  {
    name: 'kube_proxy_mode',
    decides: 'how kube-proxy forwards services',
    evidence: 'rules of the mode before stay on nodes until somebody takes them away',
  },
  {
    name: 'kube_service_addresses',
    decides: 'the addresses of services',
    evidence: 'services keep the addresses they were given',
  },
  {
    name: 'kube_pods_subnet',
    decides: 'the addresses of pods',
    evidence: 'roles/network_plugin/calico/tasks/check.yml compares it with the pool of the cluster',
  },
  {
    name: 'kube_network_node_prefix',
    decides: 'how many addresses of pods a node has',
    evidence: 'the controller manager refuses another size than nodes were given',
  },
  {
    name: 'cluster_name',
    decides: 'the name of the cluster',
    evidence: 'certificates and the domain of services are made of it',
  },
  {
    name: 'dns_domain',
    decides: 'the domain of services',
    evidence: 'certificates and every client’s configuration hold it',
  },
  {
    name: 'etcd_data_dir',
    decides: 'where etcd keeps its data',
    evidence: 'another folder is an empty etcd',
  },
  {
    name: 'kubelet_cgroup_driver',
    decides: 'the cgroup driver of kubelet',
    evidence: 'pods that run are in the groups of the driver before',
  },
  {
    name: 'containerd_use_systemd_cgroup',
    decides: 'the cgroup driver of containerd and kubelet',
    only: { containerManager: 'containerd' },
    evidence:
      'v2.16.0 changed `false` to `true`; roles/kubernetes/node/tasks/facts.yml makes the driver of it',
  },
  {
    name: 'containerd_storage_dir',
    decides: 'where containerd keeps images and containers',
    only: { containerManager: 'containerd' },
    evidence: 'another folder is an empty store beside containers that run',
  },
  {
    name: 'crio_cgroup_manager',
    decides: 'the cgroup driver of CRI-O',
    only: { containerManager: 'crio' },
    evidence: 'v2.14.0 changed `cgroupfs` to `systemd`',
  },
  {
    name: 'docker_cgroup_driver',
    decides: 'the cgroup driver of Docker',
    only: { containerManager: 'docker' },
    evidence: 'containers that run are in the groups of the driver before',
  },
  {
    name: 'docker_daemon_graph',
    decides: 'where Docker keeps images and containers',
    only: { containerManager: 'docker' },
    evidence: 'another folder is an empty store beside containers that run',
  },
  {
    name: 'calico_datastore',
    decides: 'where Calico keeps its data',
    only: { networkPlugin: 'calico' },
    evidence: 'v2.15.0 changed `etcd` to `kdd`; nothing moves the data, and nothing checks it',
  },
  {
    name: 'calico_ipip_mode',
    decides: 'the encapsulation of Calico’s pool',
    only: { networkPlugin: 'calico' },
    evidence: 'roles/network_plugin/calico/tasks/check.yml compares it with the pool of the cluster',
  },
  {
    name: 'calico_vxlan_mode',
    decides: 'the encapsulation of Calico’s pool',
    only: { networkPlugin: 'calico' },
    evidence: 'roles/network_plugin/calico/tasks/check.yml compares it with the pool of the cluster',
  },
  {
    name: 'calico_network_backend',
    decides: 'what carries Calico’s routes',
    only: { networkPlugin: 'calico' },
    unset: 'bird',
    evidence:
      'templates of v2.18 take `bird` where nothing is said, v2.19.0 has `vxlan`, which carries no IP-in-IP',
  },
  {
    name: 'calico_pool_blocksize',
    decides: 'the size of the blocks of Calico’s pool',
    only: { networkPlugin: 'calico' },
    unset: '{{ kube_network_node_prefix }}',
    evidence:
      'roles/network_plugin/calico/tasks/check.yml compares it with the pool; v2.20.0 has a default of its own',
  },
  {
    name: 'calico_ipip_mode_ipv6',
    decides: 'the encapsulation of Calico’s IPv6 pool',
    only: { networkPlugin: 'calico', on: DUAL_STACK },
    evidence: 'roles/network_plugin/calico/tasks/check.yml compares it with the pool from v2.28.0 on',
  },
  {
    name: 'calico_vxlan_mode_ipv6',
    decides: 'the encapsulation of Calico’s IPv6 pool',
    only: { networkPlugin: 'calico', on: DUAL_STACK },
    evidence: 'v2.28.0 changed `Never` to `Always`, and compares it with the pool',
  },
  {
    name: 'calico_pool_blocksize_ipv6',
    decides: 'the size of the blocks of Calico’s IPv6 pool',
    only: { networkPlugin: 'calico', on: DUAL_STACK },
    unset: '{{ kube_network_node_prefix_ipv6 }}',
    evidence: 'v2.20.0 changed `116` to `122`; the pool of a cluster keeps its size',
  },
  {
    name: 'flannel_backend_type',
    decides: 'the encapsulation of Flannel',
    only: { networkPlugin: 'flannel' },
    evidence: 'nodes with another backend do not reach each other’s pods',
  },
  {
    name: 'cilium_tunnel_mode',
    decides: 'the encapsulation of Cilium',
    only: { networkPlugin: 'cilium' },
    evidence: 'nodes with another mode do not reach each other’s pods',
  },
  {
    name: 'cilium_ipam_mode',
    decides: 'who gives pods their addresses',
    only: { networkPlugin: 'cilium' },
    evidence:
      'v2.22.0 changed `kubernetes` to `cluster-pool`; Cilium supports no change of it in a running cluster',
  },
  {
    name: 'cilium_identity_allocation_mode',
    decides: 'where Cilium keeps identities',
    only: { networkPlugin: 'cilium' },
    evidence: 'v2.28.0 changed `kvstore` to `crd`; Cilium has a migration of its own for it',
  },
  {
    name: 'kube_ovn_tunnel_type',
    decides: 'the encapsulation of Kube-OVN',
    only: { networkPlugin: 'kube-ovn' },
    evidence: 'nodes with another type do not reach each other’s pods',
  },
]

/** Whether a running cluster is tied to the value of a variable: to follow a new default there is no advice for an upgrade. */
export function isBuiltWith(name: string): boolean {
  return NAMES.has(name)
}

const NAMES: ReadonlySet<string> = new Set(BUILT_WITH.map(({ name }) => name))
