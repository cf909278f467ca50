import { writtenGroups } from '../../core/inventory/written-groups.ts'
import type { Setting, LintFinding, UsedGroup } from '../../core/plan/lint-finding.ts'
import type { Step } from '../../core/plan/step.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Fork } from '../repository/find-series.ts'
import type { CatalogueStore } from './load-catalogue.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { lintBetween } from './route-from.ts'

export interface LintedFork {
  readonly fork: Pick<Fork, 'base'>
  readonly clusters: readonly Cluster[]
  readonly depth: 'mentions' | 'defaults'
  readonly repository: { readonly releases: ReadonlyMap<ReleaseTag, Oid> }
}

/** What a step to another release changes for a fork's own inventories; nothing within one release. */
export async function lintForStep(
  store: CatalogueStore,
  { fork, clusters, repository, depth }: LintedFork,
  { kubespray }: Pick<Step, 'kubespray'>,
): Promise<readonly LintFinding[]> {
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const target = repository.releases.get(kubespray.to)
  if (kubespray.from === kubespray.to || own.length === 0 || !target) return []
  const commits = await store.objects.readCommits([fork.base.commit, target])
  const treeOf = (commit: Oid): Oid => commits.get(commit)?.tree as Oid
  return lintBetween(store, {
    from: { tag: kubespray.from, tree: treeOf(fork.base.commit) },
    to: { tag: kubespray.to, tree: treeOf(target) },
    settings: own.flatMap(settingsIn),
    groups: own.flatMap(groupsIn),
    depth,
  })
}

/** `kube_version` is the plan's own business. */
function settingsIn({ settings }: Cluster): readonly Setting[] {
  const others = settings.settings.filter(({ name }) => name !== 'kube_version')
  return others.map(({ name, at, written }) => ({
    name,
    file: at.file,
    line: at.line,
    value: written,
  }))
}

/** Each group once a file, under the name that is written there. */
function groupsIn({ inventory, texts }: Cluster): readonly UsedGroup[] {
  return inventory.hostFiles.flatMap((file) => {
    const first = new Map<string, UsedGroup>()
    for (const { name, line } of writtenGroups(file, texts.get(file) ?? '')) {
      if (!first.has(name)) first.set(name, { name, file, line })
    }
    return [...first.values()]
  })
}
