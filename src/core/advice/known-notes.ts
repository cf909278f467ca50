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
    severity: 'warning',
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
    severity: 'warning',
    references: ['#5409', '7afbdb3e1 (#10100)'],
    touches: { networkPlugin: ['canal'] },
  },
  {
    release: 'v2.13.0',
    text: 'The `cloud` network plugin has no role any more, although its name is still accepted: nothing configures the network then.',
    severity: 'error',
    references: ['0924c2510 (#5953)'],
    touches: { networkPlugin: ['cloud'] },
  },
  {
    release: 'v2.15.0',
    text: 'The Dashboard is off by default. One that was installed by default keeps running and gets no updates.',
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
    release: 'v2.28.0',
    text: 'Checksums are a role’s constants now, which outrank inventories: those that you set there no longer count, only a patch or `-e` does.',
    severity: 'warning',
    references: ['3a2862ea1 (#12234)'],
    touches: { sets: ['*_checksums', '*_checksum'] },
  },
  {
    release: 'v2.28.0',
    text: 'Entries that said `0` are gone from the checksums, so the play stops on nodes of ppc64le and 32-bit arm, whatever is switched on.',
    severity: 'error',
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
    release: 'v2.28.0',
    text: 'Cilium that an earlier release installed stops the play: its own tool does not take over what templates made (“cannot re-use a name that is still in use”). Run this step with `-e cilium_remove_old_resources=true` (there since v2.28.1, and with `-e kube_owner=root` where that is not set), which takes the network away for a while, or leave Cilium as it is with `--skip-tags cilium`.',
    severity: 'error',
    references: ['#12252', '#12254'],
    touches: { networkPlugin: ['cilium'], unless: { cilium_remove_old_resources: ['true'] } },
  },
  {
    release: 'v2.29.0',
    text: 'Kubespray no longer writes the nodes into `/etc/hosts`.',
    references: ['#12382'],
    touches: { sets: ['populate_*'] },
  },
  {
    release: 'v2.31.0',
    text: 'Cilium 1.19 cannot write into `/opt/cni/bin` while that is owned by `kube`: its init container runs without the right to pass over owners, and no node becomes ready. Set `kube_owner: root`, or `cni_bin_owner: root` for that folder alone.',
    severity: 'error',
    references: ['#13378', '#13385'],
    touches: {
      networkPlugin: ['cilium'],
      leaves: ['cilium_extra_values'],
      unless: { kube_owner: ['root'], cni_bin_owner: ['root'] },
    },
  },
  {
    release: 'v2.31.0',
    text: 'kubelet 1.35 does not start on nodes with cgroup v1. Move them to v2, or set `kubelet_fail_cgroup_v1: false` for a while.',
    severity: 'warning',
    references: ['#12812'],
    touches: { leaves: ['kubelet_fail_cgroup_v1'] },
  },
]
