import type { HowApplied } from '../../core/automation/how-applied.ts'
import { isOfSample } from '../../core/inventory/find-inventories.ts'
import type { FolderLayout } from '../../core/layout/layout.ts'
import {
  folderView,
  withoutInventories,
  type OwnFiles,
  type RepositoryView,
} from '../../core/layout/repository-view.ts'
import type { LeftPin } from '../../core/layout/moved-pin.ts'
import { mentionsOf, pathAt, versionInPath, type VersionInPath } from '../../core/layout/version-in-path.ts'
import { defined } from '../../core/model/defined.ts'
import { isInside } from '../../core/model/parent-of.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import { hasFolder, treeOid, withChanges, type Tree } from '../../core/model/tree.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { findSeries, type Fork } from './find-series.ts'
import { hiddenOf, movePins, seenOf } from './move-pins.ts'
import type { Repository } from './read-repository.ts'
import type { Standing } from './standing.ts'
import { ViewStore } from './view-store.ts'

interface FolderRepository {
  readonly repository: Repository
  readonly head: Oid
  readonly tree: Tree
  readonly layout: FolderLayout
  readonly own: OwnFiles
  readonly applied: HowApplied
  /** Files that may name the folder. */
  readonly texts: ReadonlyMap<string, string>
  /** The whole repository, where only a part of it is seen: a name may be taken there. */
  readonly whole: Tree
  readonly cluster?: string | undefined
}

/** Of the repository around the folder a series holds nothing. */
const NOTHING: OwnFiles = { paths: new Set(), callers: new Set(), folders: [] }

/** A repository that holds a copy of Kubespray in a folder: its history, as far as it changed that folder, is the fork's. */
export async function folderFork(store: ObjectReader & History, folder: FolderRepository): Promise<Fork> {
  const { repository, head, tree, layout, own } = folder
  const alone = { path: layout.path, own: NOTHING }
  const view = folderView(tree, { path: layout.path, own })
  const release = releaseSeen(view)
  const seenIn = (each: Tree): Tree => folderView(each, alone).tree
  const seen = new ViewStore(store, { tree: seenIn, release, path: folderView(tree, alone).seenAt }, head)
  const found = await findSeries(seen, { ...repository, head })
  const leftOut = found.series.leftOut.filter(({ commit }) => !seen.isElsewhere(commit))
  return {
    ...found,
    headTree: view.tree,
    series: { ...found.series, leftOut },
    kubespray: treeOid(view.kubespray),
    standing: standingOf(store, folder, { view, from: found.base.release }),
  }
}

/** Who took upstream's sample out of the copy has inventories elsewhere, and does not want it back with each release. */
function releaseSeen({ kubespray }: RepositoryView): (tree: Tree) => Tree {
  const hasSample = [...kubespray.keys()].some(isOfSample)
  return hasSample ? (tree) => tree : withoutInventories
}

function standingOf(
  store: ObjectReader,
  { tree, layout, applied, own, texts, whole, cluster }: FolderRepository,
  { view, from }: { readonly view: RepositoryView; readonly from: ReleaseTag },
): Standing {
  const { path } = layout
  const ofRelease = releaseSeen(view)
  return {
    layout,
    applied,
    callers: own.callers,
    view,
    ofRelease,
    moveTo: async (to, workflows) => {
      const { changes, ...moved } = await movePins(store, tree, { layout, from, to, workflows, cluster })
      const rename = renamed(path, { from, to: to.tag, tree: whole })
      const release = ofRelease(await store.readTree(to.commit))
      // Where the release brings a file of the same name, that one is seen, and the repository's stays as it is.
      const paths = new Set([...own.paths].filter((each) => !release.has(each)))
      const next = folderView(tree, { path, own: { ...own, paths }, moved: rename?.to ?? path })
      return {
        ...moved,
        ...defined({ renamed: rename }),
        left: [...moved.left, ...(rename ? namedStill(rename, texts) : [])],
        said: 'folder',
        form: 'snapshot',
        start: (onto) => withChanges(withChanges(onto, next.own), seenOf(changes, next)),
        put: (seen) => withChanges(next.put(seen), hiddenOf(changes, next)),
        see: (tip) =>
          Promise.resolve(folderView(tip, { path: rename?.to ?? path, own: { ...own, paths } }).tree),
      }
    },
  }
}

interface Renamed {
  readonly from: string
  readonly to: string
  readonly written: VersionInPath
}

/** A folder that is called after its release is called after the next one; not where that name is taken. */
function renamed(
  path: string,
  { from, to, tree }: { readonly from: ReleaseTag; readonly to: ReleaseTag; readonly tree: Tree },
): Renamed | undefined {
  const written = versionInPath(path)
  if (written?.release !== from) return undefined
  const next = pathAt(written, to)
  return hasFolder(tree, next) ? undefined : { from: path, to: next, written }
}

/** Files that name the folder by its old name: what else they mean by it is for a person to say. */
function namedStill({ from, to, written }: Renamed, texts: ReadonlyMap<string, string>): readonly LeftPin[] {
  return mentionsOf(written, texts)
    .filter(({ file }) => !isInside(file, from))
    .map(({ file, line }) => ({ file, line, from, to, why: 'folder-name' as const }))
}
