import { ARCHITECTURES, type Architecture } from '../../model/architecture.ts'
import type { Finding } from '../finding.ts'

/** What is known of the plain tags of some versions; an architecture that is in neither list is not known. */
export interface KnownBuilds {
  /** The first of these versions; from the beginning where it is absent. */
  readonly since?: string
  /** The first version that is otherwise; to this day where it is absent. */
  readonly until?: string
  readonly has: readonly Architecture[]
  readonly lacks: readonly Architecture[]
  /** Follows what the image is called. */
  readonly why: string
  /** Where to read up. */
  readonly references: readonly string[]
}

/** An image of which it is known, without asking its registry, what it holds. */
export interface KnownImage {
  /** The image's own home: another one, a build of somebody's own for example, is another image. */
  readonly repository: RegExp
  /** The network plugins whose pods run from it on every node. */
  readonly plugins?: readonly string[]
  /** Only tags of this form. */
  readonly tag?: RegExp
  readonly builds: readonly KnownBuilds[]
  /** Architectures whose builds have their name at the end of the tag (`v0.12.0-arm64`). */
  readonly suffixed?: readonly Architecture[]
  /** Takes those builds instead. */
  readonly fix?: Finding['fix']
}

const BUT_AMD64 = allBut('amd64')
const CALICO = ['amd64', 'arm64', 'ppc64le', 's390x'] as const

/**
 * Images and the architectures that they are for, by version: a file of data, taken from what the projects themselves said, each with
 * its source. As of November 2026. What is not here is not judged without its registry (`--check-images`).
 */
export const KNOWN_IMAGES: readonly KnownImage[] = [
  {
    repository: /(?:^|\/)cilium\/cilium$/,
    plugins: ['cilium'],
    builds: [
      {
        until: '1.10.0',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'Cilium’s own repositories have images for amd64 alone up to 1.9; those for arm64 were only ever in `cilium-dev`',
        references: ['cilium/cilium#14698', 'cilium/cilium#9898', 'cilium/cilium#14117'],
      },
      {
        since: '1.10.0',
        has: ['amd64', 'arm64'],
        lacks: ['arm', 'ppc64le', 's390x'],
        why: 'Cilium builds for amd64 and arm64',
        references: ['cilium/cilium#25174', 'the release notes of Cilium 1.10.0'],
      },
    ],
  },
  {
    // Kubespray v2.8 took the plain tags of quay.io, and from v2.15 on those with the architecture at their end.
    repository: /^quay\.io\/calico\/(?:node|cni)$/,
    plugins: ['calico', 'canal'],
    suffixed: CALICO,
    builds: [
      {
        until: '3.21.0',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'the plain tags on quay.io are the builds for amd64 until 3.21',
        references: ['projectcalico/calico#4227', 'projectcalico/calico#4692', 'projectcalico/calico#1865'],
      },
      {
        since: '3.22.0',
        has: CALICO,
        lacks: ['arm'],
        why: 'Calico’s node has no build for 32-bit ARM',
        references: ['projectcalico/calico#4227'],
      },
    ],
  },
  {
    repository: /^(?:docker\.io\/)?calico\/(?:node|cni)$/,
    plugins: ['calico', 'canal'],
    suffixed: CALICO,
    builds: [
      {
        until: '3.2.0',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'Calico published images for amd64 alone before 3.2',
        references: ['projectcalico/calico#1179', 'projectcalico/calico#1865'],
      },
      {
        since: '3.2.0',
        has: CALICO,
        lacks: ['arm'],
        why: 'Calico’s node has no build for 32-bit ARM',
        references: ['projectcalico/calico#2364', 'projectcalico/calico#3783'],
      },
    ],
  },
  {
    // Kubespray's own loop appends the architecture to these tags since v2.15.0 (0d0cc8cf9, #6166).
    repository: /(?:^|\/)coreos\/flannel$/,
    plugins: ['flannel', 'canal'],
    suffixed: ARCHITECTURES,
    fix: 'flannel-images',
    builds: [
      {
        until: '0.13.0',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'its plain tag is the amd64 build; the others have the architecture at the end of the tag',
        references: ['flannel-io/flannel#1327', 'kubespray#6166'],
      },
      {
        since: '0.13.0',
        has: ARCHITECTURES,
        lacks: [],
        why: 'it has a manifest list',
        references: ['flannel-io/flannel#1327'],
      },
    ],
  },
  {
    // The image left with v2.13.0 (baff4e61c, #5980).
    repository: /(?:^|\/)coreos\/flannel-cni$/,
    fix: 'flannel-images',
    builds: [
      {
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'it was only ever built for amd64; what it installs, the CNI plugins, comes as a download for each architecture as well',
        references: ['coreos/flannel-cni#10'],
      },
    ],
  },
  {
    repository: /(?:^|\/)(?:flannelcni|flannel)\/flannel$/,
    plugins: ['flannel'],
    builds: [
      {
        has: ARCHITECTURES,
        lacks: [],
        why: 'it has a manifest list',
        references: ['flannel-io/flannel#1327'],
      },
    ],
  },
  {
    repository: /(?:^|\/)weaveworks\/weave-kube$/,
    plugins: ['weave'],
    builds: [
      {
        since: '2.1.0',
        has: ['amd64', 'arm64', 'arm', 'ppc64le'],
        lacks: [],
        why: 'it has a manifest list',
        references: ['weaveworks/weave#2713', 'kubernetes/website#6814'],
      },
    ],
  },
  {
    repository: /(?:^|\/)cloudnativelabs\/kube-router$/,
    plugins: ['kube-router'],
    builds: [
      {
        until: '1.0.0',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'its project published images for amd64 alone before 1.0',
        references: ['cloudnativelabs/kube-router#503', 'cloudnativelabs/kube-router#591'],
      },
      {
        since: '1.0.0',
        has: ['amd64', 'arm64'],
        lacks: [],
        why: 'it has a manifest list',
        references: ['cloudnativelabs/kube-router#783'],
      },
    ],
  },
  {
    repository: /(?:^|\/)(?:alaudak8s|kubeovn)\/kube-ovn$/,
    plugins: ['kube-ovn'],
    builds: [
      {
        until: '1.2.2',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'the plain tag is the build for amd64, and that for arm64 has a tag of its own (`-arm`)',
        references: ['kubeovn/kube-ovn#407'],
      },
      {
        since: '1.8.0',
        has: ['amd64', 'arm64'],
        lacks: [],
        why: 'it has a manifest list',
        references: ['kubeovn/kube-ovn#616'],
      },
    ],
  },
  {
    repository: /(?:^|\/)contiv\/netplugin$/,
    plugins: ['contiv'],
    builds: [
      {
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'the project was given up, and only Contiv/VPP, which is another plugin, was ever built for arm64',
        references: ['contiv/vpp#786'],
      },
    ],
  },
  {
    repository: /(?:^|\/)integratedcloudnative\/(?:ovn-images|ovn4nfv-k8s-plugin)$/,
    plugins: ['ovn4nfv'],
    builds: [
      {
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'no build for another architecture is known',
        references: [],
      },
    ],
  },
  {
    repository: /(?:^|\/)k8snetworkplumbingwg\/multus-cni$/,
    tag: /-thick$/,
    builds: [
      {
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'the thick plugin is built for amd64 alone; the thin one, without `-thick`, is for all',
        references: ['k8snetworkplumbingwg/multus-cni#1240', 'k8snetworkplumbingwg/multus-cni#1136'],
      },
    ],
  },
  {
    repository: /(?:^|\/)(?:l23network|mirantis)\/k8s-netchecker-(?:agent|server)$/,
    builds: [
      {
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'the project was given up, and no build for another architecture is known',
        references: [],
      },
    ],
  },
  {
    // A container of metrics-server's pod, which a later release of Kubespray runs on amd64 alone.
    repository: /(?:^|\/)addon-resizer$/,
    builds: [
      {
        until: '1.8.12',
        has: ['amd64'],
        lacks: BUT_AMD64,
        why: 'up to 1.8.11 the plain tag is the build for amd64',
        references: ['kubespray#8121', 'kubespray#8144', 'kubernetes/autoscaler#2870'],
      },
    ],
  },
]

function allBut(architecture: Architecture): readonly Architecture[] {
  return ARCHITECTURES.filter((each) => each !== architecture)
}
