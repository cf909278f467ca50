/** An inventory of a cluster that runs what v2.8.0 brings. */
export const HOME: Readonly<Record<string, string>> = {
  'inventory/home/hosts.ini': [
    '[all]',
    'pi ansible_host=10.0.0.2',
    '[kube-master]',
    'pi',
    '[etcd]',
    'pi',
    '[kube-node]',
    'pi',
    '[k8s-cluster:children]',
    'kube-master',
    'kube-node',
    '',
  ].join('\n'),
  'inventory/home/group_vars/k8s-cluster/k8s-cluster.yml':
    'kube_version: v1.12.5\nkube_network_plugin: flannel\n',
}
