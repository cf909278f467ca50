import { ARCHITECTURES, type Architecture } from '../model/architecture.ts'
import type { ChecksumMap, Definition, KubernetesOffer, SampleVariable } from './catalogue.ts'
import { winning, type DefinitionOf, type Definitions } from './definitions.ts'
import { printedScalar } from './jinja/value.ts'
import type { ReleaseFiles } from './release-files.ts'
import type { Variables } from './variables-of.ts'
import { valueText } from './role-variables.ts'

interface KubernetesSource {
  readonly files: ReleaseFiles
  readonly definitions: Definitions
  readonly variables: Variables
  readonly checksums: Readonly<Record<string, ChecksumMap>>
  readonly sample: readonly SampleVariable[]
  /** The sample's file of cluster-wide settings. */
  readonly cluster: string | undefined
}

/** Which Kubernetes versions a release offers, its default and its minimum. */
export function kubernetesOffer(source: KubernetesSource): KubernetesOffer {
  const { files, definitions, variables, checksums, sample, cluster } = source
  const minimum = winning(definitions, 'kube_version_min_required')
  const pinned = sample.find(({ name, path }) => name === 'kube_version' && path === cluster)
  const binaries = nodeBinaries(checksums)
  const versions = installable(binaries, checksums)
  return {
    default: text(variables, 'kube_version'),
    definitions: (definitions.get('kube_version') ?? []).map(definition),
    minimum: text(variables, 'kube_version_min_required'),
    minimumDefinition: minimum && definition(minimum),
    minimumEnforcedIn: files.layout.checks.filter((path) => ENFORCES_MINIMUM.test(files.text(path))),
    prefixed: (versions.amd64?.[0] ?? text(variables, 'kube_version') ?? '').startsWith('v'),
    sample: pinned?.commented === false ? pinned.value : undefined,
    sampleCommented: pinned?.commented === true ? pinned.value : undefined,
    binaries,
    versions,
  }
}

const ENFORCES_MINIMUM = /kube_version\s*(?:is|\|)\s*version(?:_compare)?\(\s*kube_version_min_required/

function definition({ path, line, value }: DefinitionOf): Definition {
  return { path, line, raw: valueText(value) }
}

function text(variables: Variables, name: string): string | undefined {
  return printedScalar(variables.value(name, {}))
}

/** Until v2.11 one binary, hyperkube, held kubelet and kubectl. */
function nodeBinaries(checksums: Readonly<Record<string, ChecksumMap>>): readonly string[] {
  const binaries = checksums['kubelet_checksums']
    ? ['kubelet', 'kubeadm', 'kubectl']
    : ['kubeadm', 'hyperkube']
  return binaries.filter((each) => checksums[`${each}_checksums`])
}

function installable(
  binaries: readonly string[],
  checksums: Readonly<Record<string, ChecksumMap>>,
): Partial<Record<Architecture, readonly string[]>> {
  const [first, ...rest] = binaries.map((each) => checksums[`${each}_checksums`]?.versions ?? {})
  const versions: Partial<Record<Architecture, readonly string[]>> = {}
  for (const architecture of ARCHITECTURES) {
    const others = rest.map((each) => new Set(each[architecture]))
    const all = (first?.[architecture] ?? []).filter((version) => others.every((each) => each.has(version)))
    if (first?.[architecture]) versions[architecture] = all
  }
  return versions
}
