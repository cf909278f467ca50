import { defined } from '../../model/defined.ts'
import { isWithin, type ClusterScope } from '../../model/cluster/cluster-scope.ts'
import { isInside } from '../../model/parent-of.ts'
import { withChanges, type Tree } from '../../model/tree.ts'
import type { LayoutPlaces } from '../layout.ts'

/** A repository as one of its clusters sees it: its own, and what is nobody's, such as the scripts that run it. */
export function treeOfCluster(tree: Tree, { others }: ClusterScope): Tree {
  const hidden = [...tree.keys()].filter((path) => isWithin(path, others))
  return withChanges(tree, new Map(hidden.map((path) => [path, undefined])))
}

/** Of everything that speaks of Kubespray what is the cluster's own: a release that is named elsewhere is nobody's or another's. */
export function placesOfCluster(places: LayoutPlaces, { own }: ClusterScope): LayoutPlaces {
  return {
    isRoot: false,
    folders: places.folders.filter((path) => isWithin(path, own)),
    gitlinks: places.gitlinks.filter(({ path }) => isWithin(path, own)),
    missingGitlinks: places.missingGitlinks.filter(({ path }) => isWithin(path, own)),
    pins: places.pins.filter(({ file }) => isWithin(file, own)),
    // A file of hosts may be the cluster's own while its folder is not.
    inventories: places.inventories.filter(
      (path) => isWithin(path, own) || own.some((each) => each !== path && isInside(each, path)),
    ),
    ...defined({ read: places.read, unread: places.unread?.filter((path) => isWithin(path, own)) }),
  }
}
