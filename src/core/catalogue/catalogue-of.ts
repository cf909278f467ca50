import type { FileValues } from '../yaml/values/read-values.ts'
import type { Oid } from '../model/oid.ts'
import { compareVersions, minorOf } from '../model/release-tag.ts'
import type { Tree } from '../model/tree.ts'
import { addonsOf, samplePaths, switchesOf } from './addons-of.ts'
import { ansibleNeeds } from './ansible-needs.ts'
import { CATALOGUE_FORMAT, type Catalogue, type DefaultValue } from './catalogue.ts'
import { checksumMaps, checksumStyle } from './checksum-maps.ts'
import { definitionsIn, winning, type Definitions } from './definitions.ts'
import { componentsOf } from './download-entries.ts'
import { faultsOf } from './faults-of.ts'
import { guardsOf } from './guards-of.ts'
import { isMap, printed, printedScalar } from './jinja/value.ts'
import { kubernetesOffer } from './kubernetes-offer.ts'
import {
  allowedContainerManagers,
  architectureGroups,
  networkPlugins,
  sampleInventory,
} from './network-plugins.ts'
import { releaseFiles } from './release-files.ts'
import { valueChecks } from './value-checks.ts'
import { variablesOf, type Variables } from './variables-of.ts'
import { roleVariables, sampleVariables } from './role-variables.ts'

interface CatalogueSource {
  readonly tree: Tree
  /** At least those that `blobsNeeded` names. */
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
  /**
   * What files were found to say, by blob; handed in again for the next release, which shares most of them.
   */
  readonly read?: Map<Oid, FileValues>
}

/** Reads what a release holds from its tree and the blobs that `blobsNeeded` names. */
export function catalogueOf({ tree, blobs, read }: CatalogueSource): Catalogue {
  const files = releaseFiles(tree, blobs, read)
  const all = definitionsIn(files, files.layout.roleVariables)
  const shared = definitionsIn(files, files.layout.sharedVariables)
  const variables = variablesOf(shared)
  const checksums = checksumMaps(shared)
  const checksumsPath = (checksums['kubelet_checksums'] ?? checksums['kubeadm_checksums'])?.path
  const paths = samplePaths(files)
  const sample = sampleVariables(files)
  const kubernetes = kubernetesOffer({
    files,
    definitions: shared,
    variables,
    checksums,
    sample,
    cluster: paths.cluster,
  })
  const plugins = networkPlugins(files, shared)
  const containerManagers = allowedContainerManagers(files)
  return {
    format: CATALOGUE_FORMAT,
    kubernetes,
    checksums,
    duplicateChecksums: checksumsPath === undefined ? [] : files.values(checksumsPath).duplicates,
    checksumStyle: checksumStyle(
      kubernetes.binaries.map((each) => winning(shared, `${each}_checksums`)?.value),
    ),
    components: componentsOf({
      definitions: shared,
      variables,
      kubernetes: newestOfEachMinor(kubernetes.versions),
    }),
    bundled: bundledVersions(new Map([...all, ...shared])),
    perMinor: perMinorMaps(shared, variables),
    faults: faultsOf(shared, variables, {
      kubernetes: offered(kubernetes.versions),
      containerManagers,
      networkPlugins: plugins.allowed,
    }),
    containerManager: { ...defaultOf('container_manager', shared, variables), allowed: containerManagers },
    etcdDeploymentType: defaultOf('etcd_deployment_type', shared, variables).default,
    networkPlugins: plugins,
    addons: addonsOf({ files, sample, definitions: all }),
    switches: switchesOf(all),
    architectureGroups: architectureGroups(files, all),
    imageArchitecture: printedScalar(winning(shared, 'image_arch')?.value),
    variables: roleVariables(files),
    sample,
    guards: guardsOf(files, variables),
    valueChecks: valueChecks(files, shared),
    ansible: ansibleNeeds(files),
    galaxyVersion:
      files.layout.galaxy && /^version:\s*["']?([\d.]+)/m.exec(files.text(files.layout.galaxy))?.[1],
    inventory: sampleInventory(files, paths.cluster),
    paths: {
      checksums: checksumsPath,
      downloads: winning(shared, 'downloads')?.path,
      sampleAddons: paths.addons,
      sampleCluster: paths.cluster,
    },
  }
}

/** The newest version of each minor, whatever order a map has them in. */
function newestOfEachMinor(versions: Catalogue['kubernetes']['versions']): readonly string[] {
  const newest = new Map<string, string>()
  for (const version of [...offered(versions)].sort(compareVersions)) newest.set(minorOf(version), version)
  return [...newest.values()].reverse()
}

/** Every version that some architecture has. */
function offered(versions: Catalogue['kubernetes']['versions']): readonly string[] {
  return [...new Set(Object.values(versions).flat())]
}

/** What is installed where nobody sets a version: `etcd_version`, `nginx_image_tag`. */
function bundledVersions(definitions: Definitions): Readonly<Record<string, string>> {
  const variables = variablesOf(definitions)
  const versions: Record<string, string> = {}
  for (const name of definitions.keys()) {
    if (!/_(?:version|image_tag|min_version_required)$/.test(name)) continue
    const value = printedScalar(variables.value(name, {}))
    if (value !== undefined && value !== '') versions[name] = value
  }
  return versions
}

/**
 * The maps per Kubernetes minor. A key may be written for use with every minor, so the whole map is asked
 * for.
 */
function perMinorMaps(definitions: Definitions, variables: Variables): Catalogue['perMinor'] {
  const maps: Record<string, Record<string, string>> = {}
  for (const name of definitions.keys()) {
    const value = name.endsWith('_supported_versions') ? variables.value(name, {}) : undefined
    if (isMap(value))
      maps[name] = Object.fromEntries([...value].map(([minor, version]) => [minor, printed(version)]))
  }
  return maps
}

function defaultOf(name: string, definitions: Definitions, variables: Variables): DefaultValue {
  return { default: printedScalar(variables.value(name, {})), path: winning(definitions, name)?.path }
}
