import type { ReleaseNote } from './release-note.ts'

/** What upstream's history says about single releases; variables that went or were renamed are found by comparing releases instead. */
export const KNOWN_NOTES: readonly ReleaseNote[] = [
  {
    release: 'v2.9.0',
    text: '`dns_mode` knows only CoreDNS from here on: kubedns and dnsmasq are gone. Move to `coredns` while you still run the release before.',
    references: ['5f12b7aed (#4406)'],
    touches: { sets: ['dns_mode', 'dnsmasq_*', 'kubedns_*'] },
  },
  {
    release: 'v2.9.0',
    text: 'Kubernetes is installed with kubeadm only from here on. A cluster without it has to be converted while it still runs v2.8.5.',
    references: ['ddffdb63b (#3811)'],
    touches: { sets: ['kubeadm_enabled'] },
  },
  {
    release: 'v2.10.0',
    text: 'Every node gets a DNS cache of its own (`enable_nodelocaldns`) unless you switch it off.',
    references: ['roles/kubespray-defaults/defaults/main.yaml'],
    touches: { leaves: ['enable_nodelocaldns'] },
  },
  {
    release: 'v2.12.0',
    text: 'Canal is deprecated, and gone in v2.22.0. Kubespray does not move a cluster from one network plugin to another.',
    references: ['#5409', '7afbdb3e1 (#10100)'],
    touches: { networkPlugin: ['canal'] },
  },
  {
    release: 'v2.13.0',
    text: 'The `cloud` network plugin has no role any more, although its name is still accepted: nothing configures the network then.',
    references: ['0924c2510 (#5953)'],
    touches: { networkPlugin: ['cloud'] },
  },
  {
    release: 'v2.15.0',
    text: 'Calico keeps its data in Kubernetes by default (`calico_datastore: kdd`) and no longer in etcd. A cluster that ran on the old default has to say `calico_datastore: etcd` now; nothing checks what the cluster really has.',
    references: ['roles/kubespray-defaults/defaults/main.yaml'],
    touches: { networkPlugin: ['calico'], leaves: ['calico_datastore'] },
  },
  {
    release: 'v2.15.0',
    text: 'The Dashboard is off by default. One that was installed by default goes on running and gets no updates.',
    references: ['92b1166dd (#6804)'],
    touches: { leaves: ['dashboard_enabled'] },
  },
  {
    release: 'v2.17.0',
    text: 'ingress-nginx 1.0 serves only Ingress objects that name their class.',
    references: ['#7942'],
    touches: { on: ['ingress_nginx_enabled'] },
  },
  {
    release: 'v2.18.0',
    text: 'The defaults move from Docker to containerd and from etcd in a container to etcd on the host. A cluster that ran on the old defaults has to say `container_manager: docker` and `etcd_deployment_type: docker` now.',
    references: ['e78bda65f (#8175)'],
    touches: { leaves: ['container_manager'] },
  },
  {
    release: 'v2.19.0',
    text: 'The default encapsulation of Calico’s pools turns about: VXLAN instead of IP-in-IP. Set `calico_ipip_mode` and `calico_vxlan_mode` to what your pool has, or the check of the pool stops the play.',
    references: ['roles/network_plugin/calico/defaults/main.yml'],
    touches: { networkPlugin: ['calico'], leaves: ['calico_vxlan_mode'] },
  },
  {
    release: 'v2.20.0',
    text: 'Docker is run through cri-dockerd from here on, which exists for amd64 and arm64 only.',
    references: ['roles/download/defaults/main.yml'],
    touches: { containerManager: ['docker'] },
  },
  {
    release: 'v2.20.0',
    text: 'The switch that let etcd start on architectures it is not tested on (`ETCD_UNSUPPORTED_ARCH`) is gone, and a patch that adds it has nowhere to go.',
    references: ['1d0b3829e (#9049)'],
    touches: { architectures: ['arm', 'ppc64le', 's390x'] },
  },
  {
    release: 'v2.21.0',
    text: 'Images of Calico, etcd, flannel and the Dashboard lose the architecture in their tags. A registry of your own has to hold manifest lists under the plain tags.',
    references: ['#9516', '#9529', '#9530'],
    touches: {
      sets: ['*_image_repo', 'kube_image_repo', 'docker_image_repo', 'quay_image_repo', 'registry_host'],
    },
  },
  {
    release: 'v2.22.0',
    text: 'MetalLB is set up with one mapping, `metallb_config`, instead of single variables.',
    references: ['docs/metallb.md'],
    touches: { on: ['metallb_enabled'] },
  },
  {
    release: 'v2.27.0',
    text: 'Cloud providers inside Kubernetes are gone: `cloud_provider` has to be `external` or empty.',
    references: ['437026f51 (#11633)'],
    touches: { sets: ['cloud_provider'] },
  },
  {
    release: 'v2.28.0',
    text: 'Checksums are a role’s constants now, which outrank inventories: those that you set there no longer count, only a patch or `-e` does.',
    references: ['3a2862ea1 (#12234)'],
    touches: { sets: ['*_checksums', '*_checksum'] },
  },
  {
    release: 'v2.28.0',
    text: 'Entries that said `0` are gone from the checksums, so the play stops on nodes of ppc64le and 32-bit arm, whatever is switched on.',
    references: ['359467b52', '#12188'],
    touches: { architectures: ['arm', 'ppc64le'] },
  },
  {
    release: 'v2.28.0',
    text: 'Cilium is installed by its own command-line tool from here on, which exists for amd64 and arm64 only, and keeps identities as custom resources by default.',
    references: ['roles/network_plugin/cilium/tasks/apply.yml'],
    touches: { networkPlugin: ['cilium'] },
  },
  {
    release: 'v2.29.0',
    text: 'Weave is gone, and the check of the settings stops the play. Kubespray does not move a cluster to another network plugin: rebuild it, or keep Weave by yourself with `kube_network_plugin: none`.',
    references: ['73b3e9b55 (#12230)', '#11328'],
    touches: { networkPlugin: ['weave'] },
  },
  {
    release: 'v2.29.0',
    text: 'Kubespray no longer writes the nodes into `/etc/hosts`.',
    references: ['#12382'],
    touches: { sets: ['populate_*'] },
  },
  {
    release: 'v2.31.0',
    text: 'kubelet 1.35 does not start on nodes with cgroup v1. Move them to v2, or set `kubelet_fail_cgroup_v1: false` for a while.',
    references: ['#12812'],
    touches: {},
  },
]
