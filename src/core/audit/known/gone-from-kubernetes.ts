/** What a minor of Kubernetes has no more. */
export interface GoneFromKubernetes {
  readonly name: string
  /** The first minor without it: 25 of 1.25. */
  readonly since: number
  /** What to do instead: a whole sentence. */
  readonly instead?: string
  readonly references: readonly string[]
}

/** A flag, with the components that had it. */
interface GoneFlag extends GoneFromKubernetes {
  readonly of: readonly ('kubelet' | 'apiserver' | 'controller' | 'scheduler')[]
}

/**
 * What Kubernetes gave up, by minor: a file of data, taken from its own changelogs and documents, as of November 2026. Whoever asks for
 * one of these at such a minor gets a component that does not start, or an object that is refused. What is not here is not judged.
 */
export const GONE_ADMISSION_PLUGINS: readonly GoneFromKubernetes[] = [
  { name: 'Initializers', since: 14, references: [changelog(14)] },
  { name: 'PodPreset', since: 20, references: [changelog(20)] },
  { name: 'DenyEscalatingExec', since: 21, references: ['kubernetes/kubernetes#98669'] },
  { name: 'DenyExecOnPrivileged', since: 21, references: ['kubernetes/kubernetes#98669'] },
  {
    name: 'PodSecurityPolicy',
    since: 25,
    instead: 'What it enforced, Pod Security admission does by labels of namespaces.',
    references: [changelog(25), 'kubespray#10018'],
  },
  { name: 'SecurityContextDeny', since: 30, references: ['kubernetes/kubernetes#122612'] },
  { name: 'PersistentVolumeLabel', since: 31, references: ['kubernetes/kubernetes#124505'] },
]

/** Whole groups of APIs: one that is named in `runtime-config` and not known stops the API server. */
export const GONE_API_GROUPS: readonly GoneFromKubernetes[] = [
  { name: 'auditregistration.k8s.io', since: 19, references: [changelog(19)] },
  { name: 'settings.k8s.io', since: 20, references: [changelog(20)] },
]

const GUIDE = 'kubernetes.io: Deprecated API Migration Guide'
const RUNTIME = 'kubernetes.io: dockershim removal'

/** Versions of APIs, `group/version` and, where a version lives on for others, the kinds it has no more. */
export const GONE_APIS: readonly (GoneFromKubernetes & { readonly kinds?: readonly string[] })[] = [
  {
    name: 'extensions/v1beta1',
    since: 16,
    kinds: ['DaemonSet', 'Deployment', 'NetworkPolicy', 'PodSecurityPolicy', 'ReplicaSet'],
    references: [GUIDE],
  },
  { name: 'apps/v1beta1', since: 16, references: [GUIDE] },
  { name: 'apps/v1beta2', since: 16, references: [GUIDE] },
  { name: 'extensions/v1beta1', since: 22, references: [GUIDE] },
  {
    name: 'networking.k8s.io/v1beta1',
    since: 22,
    kinds: ['Ingress', 'IngressClass'],
    references: [GUIDE],
  },
  {
    name: 'admissionregistration.k8s.io/v1beta1',
    since: 22,
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    references: [GUIDE],
  },
  { name: 'apiextensions.k8s.io/v1beta1', since: 22, references: [GUIDE] },
  { name: 'apiregistration.k8s.io/v1beta1', since: 22, references: [GUIDE] },
  { name: 'rbac.authorization.k8s.io/v1beta1', since: 22, references: [GUIDE] },
  { name: 'rbac.authorization.k8s.io/v1alpha1', since: 22, references: [GUIDE] },
  { name: 'scheduling.k8s.io/v1beta1', since: 22, references: [GUIDE] },
  { name: 'coordination.k8s.io/v1beta1', since: 22, kinds: ['Lease'], references: [GUIDE] },
  {
    name: 'storage.k8s.io/v1beta1',
    since: 22,
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    references: [GUIDE],
  },
  { name: 'batch/v1beta1', since: 25, kinds: ['CronJob'], references: [GUIDE] },
  { name: 'discovery.k8s.io/v1beta1', since: 25, references: [GUIDE] },
  { name: 'autoscaling/v2beta1', since: 25, references: [GUIDE] },
  { name: 'policy/v1beta1', since: 25, references: [GUIDE] },
  { name: 'node.k8s.io/v1beta1', since: 25, references: [GUIDE] },
  { name: 'autoscaling/v2beta2', since: 26, references: [GUIDE] },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta1', since: 26, references: [GUIDE] },
  { name: 'storage.k8s.io/v1beta1', since: 27, kinds: ['CSIStorageCapacity'], references: [GUIDE] },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta2', since: 29, references: [GUIDE] },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta3', since: 32, references: [GUIDE] },
]

export const GONE_FLAGS: readonly GoneFlag[] = [
  { name: 'allow-privileged', of: ['kubelet'], since: 15, references: [changelog(15)] },
  { name: 'basic-auth-file', of: ['apiserver'], since: 19, references: [changelog(19)] },
  ...['policy-config-file', 'policy-configmap', 'use-legacy-policy-config'].map((name) => ({
    name,
    of: ['scheduler'] as const,
    since: 23,
    references: ['kubernetes/kubernetes#105424'],
  })),
  ...[
    'network-plugin',
    'network-plugin-mtu',
    'cni-conf-dir',
    'cni-bin-dir',
    'cni-cache-dir',
    'docker-endpoint',
    'image-pull-progress-deadline',
  ].map((name) => ({ name, of: ['kubelet'] as const, since: 24, references: [RUNTIME] })),
  { name: 'dynamic-config-dir', of: ['kubelet'], since: 24, references: [changelog(24)] },
  { name: 'insecure-port', of: ['apiserver'], since: 24, references: [changelog(24)] },
  ...['port', 'address'].map((name) => ({
    name,
    of: ['controller', 'scheduler'] as const,
    since: 24,
    references: [changelog(24)],
  })),
  { name: 'container-runtime', of: ['kubelet'], since: 27, references: ['kubernetes/kubernetes#114017'] },
  ...['pod-eviction-timeout', 'enable-taint-manager'].map((name) => ({
    name,
    of: ['controller'] as const,
    since: 27,
    references: ['kubernetes.io: upcoming changes in 1.27'],
  })),
  {
    name: 'pod-infra-container-image',
    of: ['kubelet'],
    since: 35,
    references: ['kubernetes/kubernetes#133779'],
  },
]

/** Where the gates below are from. */
const GATES_SOURCE = 'kubernetes.io: Feature Gates (removed)'

/** Feature gates by the last minor that knew them; the one after refuses to start with them. */
const LAST_WITH_GATES: Readonly<Record<number, string>> = {
  11: 'Accelerators',
  12: 'DynamicVolumeProvisioning',
  14: 'Initializers MountPropagation',
  16: 'CSIPersistentVolume CustomPodDNS ExperimentalCriticalPodAnnotation GCERegionalPersistentDisk HugePages KubeletPluginsWatcher PersistentLocalVolumes PodReadinessGates VolumeScheduling',
  17: 'EnableAggregatedDiscoveryTimeout MountContainers RequestManagement',
  18: 'CustomResourceDefaulting CustomResourcePublishOpenAPI CustomResourceSubresources CustomResourceValidation CustomResourceWebhookConversion PodPriority ResourceQuotaScopeSelectors ScheduleDaemonSetPods TaintNodesByCondition',
  19: 'DynamicAuditing PodShareProcessNamespace ResourceLimitsPriorityFunction',
  20: 'HyperVContainer ServiceLoadBalancerFinalizer SupportIPVSProxyMode TaintBasedEvictions WindowsGMSA WindowsRunAsUserName',
  21: 'AttachVolumeLimit BlockVolume CSIBlockVolume CSIDriverRegistry CSIMigrationAWSComplete CSIMigrationAzureDiskComplete CSIMigrationAzureFileComplete CSIMigrationGCEComplete CSIMigrationOpenStackComplete EvenPodsSpread RotateKubeletClientCertificate TokenRequest TokenRequestProjection VolumePVCDataSource',
  22: 'BalanceAttachedNodeVolumes CRIContainerLogRotation CSIMigrationvSphereComplete CSINodeInfo ExternalPolicyForExternalIP LegacyNodeRoleBehavior NodeDisruptionExclusion RootCAConfigMap RunAsGroup SCTPSupport ServiceAppProtocol ServiceNodeExclusion ServiceTopology Sysctls VolumeSnapshotDataSource',
  23: 'BoundServiceAccountTokenVolume CronJobControllerV2 EnableEquivalenceClassCache NamespaceDefaultLabelName NodeLease ServiceAccountIssuerDiscovery StartupProbe SupportNodePidsLimit SupportPodPidsLimit',
  24: 'CSIServiceAccountToken EndpointSlice EndpointSliceNodeName EndpointSliceProxying GenericEphemeralVolume HugePageStorageMediumSize IPv6DualStack ImmutableEphemeralVolumes IngressClassNamespacedParams RuntimeClass SetHostnameAsFQDN StorageObjectInUseProtection StreamingProxyRedirects TTLAfterFinished ValidateProxyRedirects VolumeSubpath VolumeSubpathEnvExpansion WarningHeaders WindowsEndpointSliceProxying',
  25: 'AllowInsecureBackendProxy CSIMigrationOpenStack CSIVolumeFSGroupPolicy CSRDuration ConfigurableFSGroupPolicy DefaultPodTopologySpread DynamicKubeletConfig IndexedJob NonPreemptingPriority PodAffinityNamespaceSelector PodDisruptionBudget PodOverhead PreferNominatedNode SelectorIndex ServiceLBNodePortControl ServiceLoadBalancerClass SuspendJob',
  26: 'CSIInlineVolume CSIMigration CSIMigrationAWS CSIMigrationAzureDisk ControllerManagerLeaderMigration EphemeralContainers ExpandCSIVolumes ExpandInUsePersistentVolumes ExpandPersistentVolumes IdentifyPodOS LocalStorageCapacityIsolation NetworkPolicyEndPort StatefulSetMinReadySeconds',
  27: 'AdvancedAuditing CSIMigrationGCE CSIStorageCapacity DelegateFSGroupToCSIDriver DevicePlugins DisableAcceleratorUsageMetrics DryRun EndpointSliceTerminatingCondition MixedProtocolLBService NetworkPolicyStatus PodHasNetworkCondition PodSecurity ServiceIPStaticSubrange ServiceInternalTrafficPolicy UserNamespacesStatelessPodsSupport WindowsHostProcessContainers',
  28: 'CSIMigrationvSphere CronJobTimeZone DaemonSetUpdateSurge DownwardAPIHugePages GRPCContainerProbe JobMutableNodeSchedulingDirectives JobTrackingWithFinalizers KubeletCredentialProviders LegacyServiceAccountTokenNoAutoGeneration MultiCIDRRangeAllocator OpenAPIV3 ProbeTerminationGracePeriod RetroactiveDefaultStorageClass SeccompDefault TopologyManager',
  32: 'AdmissionWebhookMatchConditions AggregatedDiscoveryEndpoint APIListChunking',
}

export const GONE_FEATURE_GATES: readonly GoneFromKubernetes[] = Object.entries(LAST_WITH_GATES).flatMap(
  ([last, names]) =>
    names.split(' ').map((name) => ({ name, since: Number(last) + 1, references: [GATES_SOURCE] })),
)

function changelog(minor: number): string {
  return `CHANGELOG-1.${minor}.md of Kubernetes`
}
