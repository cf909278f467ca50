import { CONFIG_PATH } from '../../../core/config/config-path.ts'
import { sharedFile } from '../../../core/explain/trouble/which-cluster.ts'
import type { RepositoryView } from '../../../core/layout/repository-view.ts'
import { treeOfCluster } from '../../../core/layout/scope/places-of-cluster.ts'
import { isWithin, type ClusterScope } from '../../../core/model/cluster/cluster-scope.ts'
import { Refusal } from '../../../core/model/problem.ts'
import { differingPaths, withChanges, type Tree } from '../../../core/model/tree.ts'

/** What of a standing puts files into the repository. */
interface Putting {
  readonly view: RepositoryView
  moveTo(this: void, ...given: never[]): Promise<PuttingMove>
}

interface PuttingMove {
  put(this: void, view: Tree): Tree
  see(this: void, repository: Tree): Promise<Tree>
  readonly renamed?: { readonly to: string }
  readonly patchFiles?: {
    readonly files: readonly { readonly to: string }[]
    readonly lists: readonly { readonly path: string }[]
  }
}

/**
 * How Kubespray stands for one cluster of several, read from what that sees: what a step makes of it is put back into the whole repository, in
 * which the other clusters' files stay as they are. Refuses a step that would change what is nobody's.
 */
export function clusterStanding<S extends Putting>(standing: S, whole: Tree, scope: ClusterScope): S {
  const before = treeOfCluster(whole, scope)
  const others = [...whole].filter(([path]) => isWithin(path, scope.others))
  const refuseShared = (paths: readonly string[], also: readonly string[]): void => {
    const shared = paths.filter((path) => !mayChange(path, scope, also))
    if (shared.length > 0) throw new Refusal(sharedFile(scope.name, shared))
  }
  const putBack = (after: Tree, also: readonly string[] = []): Tree => {
    refuseShared(differingPaths(before, after), also)
    return withChanges(after, new Map(others))
  }
  const { view, moveTo } = standing
  return {
    ...standing,
    cluster: scope,
    view: { ...view, put: (seen: Tree) => putBack(view.put(seen)) },
    moveTo: async (...given: never[]) => {
      const move = await moveTo(...given)
      const also = move.renamed ? [move.renamed.to] : []
      const { files = [], lists = [] } = move.patchFiles ?? {}
      refuseShared([...files.map(({ to }) => to), ...lists.map(({ path }) => path)], also)
      return {
        ...move,
        put: (seen: Tree) => putBack(move.put(seen), also),
        see: (tip: Tree) => move.see(treeOfCluster(tip, scope)),
      }
    },
  }
}

/** Beside its own files, the lines that are its own in the two that all clusters share. */
function mayChange(path: string, { own, others }: ClusterScope, also: readonly string[]): boolean {
  if (isWithin(path, others)) return false
  return isWithin(path, [...own, ...also]) || path === CONFIG_PATH || path === '.gitmodules'
}
