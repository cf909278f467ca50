/**
 * Whether a variable is one that Kubespray's roles read and other playbooks have no use for: those named for what it installs. `http_proxy` and
 * its like are in everybody's `group_vars`, and `kubespray_version` is read by what fetches Kubespray.
 */
export function isKubesprayVariable(name: string): boolean {
  return !OTHERS.test(name) && OWN.test(name)
}

const OWN =
  /^(?:kube_\w+|kubeadm_\w+|kubelet_\w+|kubeconfig_localhost|kubectl_localhost|container_manager|etcd_(?:deployment_type|version|data_dir|kubeadm_enabled|events_cluster_setup|memory_limit|backup_\w+)|(?:calico|cilium|flannel|weave|multus|canal|macvlan|kube_ovn|nodelocaldns|coredns|dns_autoscaler|netchecker)_\w+|enable_nodelocaldns|dns_mode|resolvconf_mode|(?:containerd|crio|runc|cri_dockerd|gvisor|kata_containers|youki|nri|helm|metrics_server|registry|ingress_nginx|ingress_alb|cert_manager|metallb|argocd|krew|node_feature_discovery|gateway_api|local_path_provisioner|local_volume_provisioner|cephfs_provisioner|rbd_provisioner|csi_snapshot_controller|cinder_csi|aws_ebs_csi|azure_csi|gcp_pd_csi|vsphere_csi|upcloud_csi|external_openstack|external_vsphere|external_hcloud|external_oci|persistent_volumes|dashboard|podsecuritypolicy)_enabled|local_release_dir|download_(?:run_once|localhost|force_cache|keep_remote_cache)|upstream_dns_servers|searchdomains|cloud_provider|external_cloud_provider|loadbalancer_apiserver\w*|apiserver_loadbalancer_domain_name|supplementary_addresses_in_ssl_keys|deploy_netchecker|deploy_container_engine|skip_downloads|unsafe_show_logs|auto_renew_certificates|credentials_dir|event_ttl_duration|docker_storage_options|system_reserved|image_arch|node_labels|node_taints)$/

/** Names of the same kind that belong to other projects: K3s with kube-vip, and charts of monitoring. */
const OTHERS =
  /^(?:kube_vip_(?:tag_version|arp|bgp\w*|lb_ip_range|cloud_provider_tag_version|rbac_url)|kube_prometheus\w*|kube_state_metrics\w*|(?:flannel|calico|cilium)_iface|cilium_(?:mode|hubble|bgp\w*|tag))$/
