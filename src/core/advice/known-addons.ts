import type { AddonEntry } from './addon-entry.ts'

/**
 * Add-ons that get in the way, with the evidence. A file of data: what is read from upstream's tags is dated by release, and
 * everything else names its source.
 */
export const KNOWN_ADDONS: readonly AddonEntry[] = [
  {
    flag: 'ingress_nginx_enabled',
    title: 'ingress-nginx',
    bundled: { since: 'v2.8.0', until: 'v2.30.0' },
    advice: 'disable',
    reasons: [
      {
        until: 'v2.9.0',
        text: 'Every run deletes its namespace and installs it again: traffic stops, and the new objects can meet a namespace that is still going away, which fails the run.',
        references: [
          'roles/kubernetes-apps/ingress_controller/ingress_nginx/tasks/main.yml',
          'until fc072300e, #4450',
        ],
      },
      {
        until: 'v2.26.0',
        text: 'The bundled controller takes configuration from annotations unchecked, so whoever may write Ingress objects can run code in it and read the Secrets it can (CVE-2025-1097 and CVE-2025-1098, fixed in 1.11.5 and 1.12.1).',
        references: ['kubernetes/kubernetes#131007', 'kubernetes/kubernetes#131008'],
      },
      {
        since: 'v2.27.0',
        until: 'v2.27.0',
        text: 'The bundled controller takes configuration from annotations unchecked, so whoever may write Ingress objects can run code in it and read the Secrets it can (CVE-2025-1097 and CVE-2025-1098, fixed in 1.11.5 and 1.12.1).',
        references: ['kubernetes/kubernetes#131007', 'kubernetes/kubernetes#131008'],
      },
      {
        text: 'No Kubespray release bundles a controller with the fix of CVE-2026-24512 (1.13.7 and 1.14.3): the newest one bundled is 1.13.3.',
        references: ['kubernetes/kubernetes#136678'],
      },
      {
        since: 'v2.30.0',
        until: 'v2.30.0',
        text: 'This is the last release that has it: from the next one on, its variables do nothing, and what runs is nobody’s.',
        references: ['8bd5045ec, #12767'],
      },
      {
        text: 'Its project was retired in March 2026: nobody fixes it any more, and Kubespray dropped it in v2.31.0.',
        references: [
          'kubernetes-sigs/kubespray#12767',
          'https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement',
        ],
      },
    ],
    version: 'ingress_nginx_controller_image_tag',
    variables: ['ingress_nginx_*', 'ingress_publish_status_address'],
    dependents:
      'Ingress objects of the class `nginx`, and whatever reaches the cluster through ports 80 and 443 of its nodes',
    stays: 'The controller keeps running and serving at the version it has now, and nobody updates it.',
    removal: [
      { command: 'kubectl get ingress --all-namespaces   # what still depends on it' },
      {
        since: 'v2.20.0',
        command: 'kubectl delete validatingwebhookconfiguration ingress-nginx-admission --ignore-not-found',
      },
      { command: 'kubectl delete namespace ingress-nginx   # or what ingress_nginx_namespace says' },
      { command: 'kubectl delete clusterrole,clusterrolebinding ingress-nginx' },
      {
        since: 'v2.20.0',
        command: 'kubectl delete clusterrole,clusterrolebinding ingress-nginx-admission --ignore-not-found',
      },
      {
        until: 'v2.20.0',
        command: 'kubectl delete podsecuritypolicy ingress-nginx --ignore-not-found',
      },
      { since: 'v2.23.0', command: 'kubectl delete ingressclass nginx   # or what ingress_nginx_class says' },
    ],
    replacement: [
      { text: 'A maintained controller that you install yourself, with Helm for example.' },
      {
        since: 'v2.26.0',
        text: 'For the Gateway API its definitions come with `gateway_api_enabled`.',
      },
      {
        since: 'v2.28.0',
        text: 'With Cilium as network plugin `cilium_gateway_api_enabled` brings a controller for it.',
      },
    ],
  },
  {
    flag: 'dashboard_enabled',
    title: 'Kubernetes Dashboard',
    bundled: { since: 'v2.8.0', until: 'v2.30.0' },
    advice: 'ask',
    reasons: [
      {
        until: 'v2.14.2',
        text: 'It is on by default, and gives whoever gets in a view of the whole cluster.',
        references: ['off by default since 92b1166dd, #6804'],
      },
      {
        until: 'v2.20.0',
        text: 'Its image is named for the architecture of the first control plane node, so in a mix it may land where it cannot run.',
        references: ['fixed in e796f0818, #9530'],
      },
      {
        since: 'v2.21.0',
        text: 'It has stood at v2.7.0 since v2.21.0; its project is archived, and Kubespray dropped it in v2.31.0.',
        references: ['kubernetes-sigs/kubespray#12858', 'kubernetes-sigs/kubespray#12847'],
      },
    ],
    version: 'dashboard_image_tag',
    variables: ['dashboard_*'],
    dependents: 'people and bookmarks that use it',
    stays: 'The Dashboard keeps running at the version it has now.',
    removal: [
      {
        command:
          'kubectl -n kube-system delete deployment,service kubernetes-dashboard   # or what dashboard_namespace says',
      },
      { command: 'kubectl delete clusterrolebinding kubernetes-dashboard --ignore-not-found' },
    ],
    replacement: [{ text: 'Headlamp, installed by yourself; Kubespray has no switch for it.' }],
  },
  {
    flag: 'deploy_netchecker',
    title: 'Netchecker',
    bundled: { since: 'v2.8.0', until: 'v2.30.0' },
    advice: 'disable',
    only: 'other-than-amd64',
    reasons: [
      {
        text: 'Its agents run on every Linux node, and its images are not known to exist for any architecture but amd64, so on others they crash for ever.',
        references: ['dropped by 0c47a6891, #13058'],
      },
    ],
    version: 'netcheck_agent_image_tag',
    variables: ['netcheck_*', 'netchecker_*', 'agent_report_interval'],
    dependents: 'nothing of the cluster',
    stays: 'Its agents and its server go on running, or crashing, until they are deleted.',
    removal: [
      {
        command:
          'kubectl -n default delete daemonset netchecker-agent netchecker-agent-hostnet   # or what netcheck_namespace says',
      },
      { command: 'kubectl -n default delete deployment/netchecker-server service/netchecker-service' },
      { command: 'kubectl delete clusterrole,clusterrolebinding netchecker-server' },
    ],
    replacement: [{ text: 'Any probe of connections; upstream itself tests with hydrophone.' }],
  },
  {
    flag: 'cephfs_provisioner_enabled',
    title: 'CephFS provisioner',
    bundled: { since: 'v2.8.0', until: 'v2.27.1' },
    advice: 'ask',
    reasons: [
      {
        text: 'Every run deletes its namespace and its StorageClass and creates them again; claims that come meanwhile fail.',
        references: ['roles/kubernetes-apps/external_provisioner/cephfs_provisioner/tasks/main.yml'],
      },
      {
        text: 'Its image was built for Kubernetes 1.11 and for amd64 alone, its project is retired, and Kubespray dropped it in v2.28.0.',
        references: ['kubernetes-sigs/kubespray#12113'],
      },
    ],
    version: 'cephfs_provisioner_image_tag',
    variables: ['cephfs_provisioner_*'],
    dependents: 'every claim of its StorageClass',
    stays: 'Volumes that it made stay, and nothing manages them any more.',
    removal: [
      { command: 'kubectl get persistentvolumes   # move the data first' },
      {
        command: 'kubectl delete namespace cephfs-provisioner   # or what cephfs_provisioner_namespace says',
      },
      { command: 'kubectl delete clusterrole,clusterrolebinding cephfs-provisioner' },
    ],
    replacement: [{ text: 'ceph-csi, with Rook or Helm.' }],
  },
  {
    flag: 'rbd_provisioner_enabled',
    title: 'RBD provisioner',
    bundled: { since: 'v2.10.0', until: 'v2.27.1' },
    advice: 'ask',
    reasons: [
      {
        text: 'Every run deletes its namespace and its StorageClass and creates them again; claims that come meanwhile fail.',
        references: ['roles/kubernetes-apps/external_provisioner/rbd_provisioner/tasks/main.yml'],
      },
      {
        text: 'Its image was built for Kubernetes 1.11 and for amd64 alone, its project is retired, and Kubespray dropped it in v2.28.0.',
        references: ['kubernetes-sigs/kubespray#12114'],
      },
    ],
    version: 'rbd_provisioner_image_tag',
    variables: ['rbd_provisioner_*'],
    dependents: 'every claim of its StorageClass',
    stays: 'Volumes that it made stay, and nothing manages them any more.',
    removal: [
      { command: 'kubectl get persistentvolumes   # move the data first' },
      { command: 'kubectl delete namespace rbd-provisioner   # or what rbd_provisioner_namespace says' },
      { command: 'kubectl delete clusterrole,clusterrolebinding rbd-provisioner' },
    ],
    replacement: [{ text: 'ceph-csi, with Rook or Helm.' }],
  },
  {
    flag: 'cert_manager_enabled',
    title: 'cert-manager',
    bundled: { since: 'v2.8.0' },
    advice: 'ask',
    advised: { until: 'v2.31.0' },
    reasons: [
      {
        until: 'v2.31.0',
        text: 'Every run deletes the namespace of cert-manager and installs it again, and what you keep there goes with it: keys of ACME accounts and of your own authorities.',
        references: ['kubernetes-sigs/kubespray#13486', 'kubernetes-sigs/kubespray#13493'],
      },
    ],
    version: 'cert_manager_version',
    variables: ['cert_manager_*'],
    dependents: 'every Certificate and Issuer',
    stays: 'cert-manager keeps running and renewing at the version it has now.',
    removal: [
      {
        command: 'kubectl get certificates,issuers,clusterissuers --all-namespaces   # hand these over first',
      },
    ],
    replacement: [
      {
        text: 'Its own Helm chart, which takes over what is there. Until then leave the task out: `--skip-tags upgrade`.',
      },
    ],
  },
  {
    flag: 'krew_enabled',
    title: 'krew',
    bundled: { since: 'v2.16.0', until: 'v2.27.1' },
    advice: 'keep',
    reasons: [
      {
        since: 'v2.28.0',
        text: 'Kubespray dropped it in v2.28.0.',
        references: ['kubernetes-sigs/kubespray#11824'],
      },
    ],
    variables: ['krew_*'],
    dependents: 'kubectl plugins on the control plane nodes',
    stays: 'krew and its plugins stay on the nodes.',
    removal: [],
    replacement: [{ text: 'Install krew where you use kubectl.' }],
  },
  {
    flag: 'ingress_ambassador_enabled',
    title: 'Ambassador',
    bundled: { since: 'v2.14.0', until: 'v2.17.1' },
    advice: 'ask',
    reasons: [{ text: 'Kubespray dropped it in v2.18.0.', references: ['kubernetes-sigs/kubespray#8086'] }],
    variables: ['ingress_ambassador_*'],
    dependents: 'Ingress objects and mappings that it serves',
    stays: 'Ambassador keeps running at the version it has now.',
    removal: [
      { command: 'kubectl delete namespace ambassador   # or what ingress_ambassador_namespace says' },
    ],
    replacement: [{ text: 'Its own Helm chart, or another controller.' }],
  },
  {
    flag: 'kube_network_plugin_multus',
    title: 'Multus',
    bundled: { since: 'v2.8.0' },
    advice: 'ask',
    only: 'mixed',
    reasons: [
      {
        until: 'v2.19.1',
        text: 'It runs on nodes of amd64 only.',
        references: ['roles/network_plugin/multus/templates/multus-daemonset.yml.j2'],
      },
      {
        since: 'v2.20.0',
        text: 'Its manifest is made for the architecture of one node only, so nodes of other architectures go without.',
        references: ['c3c9a4250, #9012', 'd919c58e2, #9224'],
      },
    ],
    version: 'multus_version',
    variables: ['multus_*'],
    dependents: 'pods with more than one network',
    stays: 'Multus keeps running where it runs now.',
    removal: [],
    replacement: [{ text: "Multus' own manifest, whose image is for several architectures." }],
  },
]
