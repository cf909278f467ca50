import { audited, type ClusterToAudit, type TreeToAudit } from '../../core/audit/audited.ts'
import { buildsOf, runsOn } from '../../core/audit/known/builds-of.ts'
import { isOfControlPlane, auditKubernetesMinor } from '../../core/audit/rules/audit-kubernetes-minor.ts'
import { auditNetworkPlugin } from '../../core/audit/rules/audit-network-plugin.ts'
import { readRolePath } from '../../core/audit/read-role-path.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import { wordFindings } from '../../core/explain/found/word-findings.ts'
import type { Remark } from '../../core/judge/judge-step.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Step } from '../../core/plan/step.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { StepAhead } from './look-ahead.ts'
import { treeOfCommit } from './tree-of-commit.ts'

interface AheadAudit {
  readonly clusters: readonly Cluster[]
  readonly architectures: ClusterToAudit['architectures']
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  readonly steps: readonly Step[]
}

/**
 * Adds to what is ahead what the audit would stop at: what the Kubernetes of a step has no more, be it a step of the release or of Kubernetes
 * alone, and a network plugin without images for the cluster. It is asked of the releases themselves, with the inventories as they are.
 */
export async function auditAhead(
  store: CatalogueStore,
  ahead: readonly StepAhead[],
  { clusters, architectures, releases, steps }: AheadAudit,
): Promise<readonly StepAhead[]> {
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const read = new Map<Oid, FileValues>()
  const told = new Set<string>()
  const result: StepAhead[] = []
  for (const step of steps) {
    const known = ahead.find(({ kubespray }) => isStep(kubespray, step.kubespray))
    const commit = releases.get(step.kubespray.to)
    const asking = commit ? await clustersToAsk(store, commit, { own, architectures }) : []
    const tree = commit && asking.length > 0 ? await openTree(store.objects, commit, read) : undefined
    const found = tree
      ? asking.flatMap(({ settings }) =>
          stopsAt(tree, { architectures, settings, kubernetes: step.kubernetes.to }),
        )
      : []
    const fresh = found.filter((each) => !told.has(keyOf(each)))
    for (const each of fresh) told.add(keyOf(each))
    const isRelease = step.kubespray.from !== step.kubespray.to
    if (known && isRelease) result.push({ ...known, findings: [...known.findings, ...fresh] })
    else if (fresh.length > 0)
      result.push({ kubespray: step.kubespray, kubernetes: step.kubernetes, findings: fresh })
  }
  return result
}

/** Reading a release takes a moment, so it is done where an inventory sets something that such a trouble comes of. */
async function clustersToAsk(
  store: CatalogueStore,
  commit: Oid,
  {
    own,
    architectures,
  }: { readonly own: readonly Cluster[]; readonly architectures: AheadAudit['architectures'] },
): Promise<readonly Cluster[]> {
  if (own.length === 0) return []
  const { components, networkPlugins } = await loadCatalogue(store, await treeOfCommit(store.objects, commit))
  const images = Object.values(components).flatMap(({ image }) => image ?? [])
  return own.filter(({ settings, facts }) => {
    const plugin = facts.networkPlugin.value ?? networkPlugins.default ?? ''
    const lacks = images.some((image) => {
      const isOfPlugin = buildsOf(image)?.known.plugins?.includes(plugin) === true
      return isOfPlugin && architectures.some((each) => runsOn(image, each) === 'no')
    })
    const asks = settings.settings.some(
      ({ name, written }) =>
        (ASKS.test(name) && !OFF.has(written.trim().toLowerCase())) ||
        (/_(?:image_repo|image_tag|version)$/.test(name) && name.startsWith(plugin.replaceAll('-', '_'))),
    )
    return lacks || asks
  })
}

/** Settings without which no release of its own asks for what its Kubernetes lacks. */
const ASKS = /feature_gates|admission|pod_?security|extra_args|custom_flags|runtime_config/

/** As the sample has most of them. */
const OFF = new Set(['', 'false', 'no', 'off', '[]', '{}', '""', "''"])

function isStep(a: Step['kubespray'], b: Step['kubespray']): boolean {
  return a.from === b.from && a.to === b.to
}

/** What rules of a minor and of the network read: variables of roles, and how the control plane is made. */
async function openTree(
  objects: ObjectReader,
  commit: Oid,
  read: Map<Oid, FileValues>,
): Promise<TreeToAudit> {
  const tree = await objects.readTree(await treeOfCommit(objects, commit))
  const own = [...tree].flatMap(([path, entry]) => (isAsked(path) ? [entry.oid] : []))
  const blobs = await objects.readBlobs([...new Set([...blobsNeeded(tree), ...own])])
  return { tree, blobs, read }
}

function isAsked(path: string): boolean {
  const role = readRolePath(path)?.role
  return role !== undefined && isOfControlPlane(role)
}

function stopsAt(tree: TreeToAudit, cluster: ClusterToAudit): readonly Remark[] {
  const source = audited(tree, cluster)
  const findings = [...auditKubernetesMinor(source, rolesOf(tree.tree)), ...auditNetworkPlugin(source)]
  return wordFindings(findings.filter(({ severity }) => severity === 'error'))
}

function rolesOf(tree: Tree): ReadonlySet<string> {
  const roles = [...tree.keys()].map((path) => readRolePath(path)?.role)
  return new Set(roles.filter((role) => role !== undefined && isOfControlPlane(role))) as ReadonlySet<string>
}

function keyOf({ code, subject, file, line }: Remark): string {
  return [code, subject, file, line].join('\0')
}
