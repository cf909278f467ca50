import type { HowApplied } from '../../core/automation/how-applied.ts'
import type { InventoryLayout, PinLayout, SubmoduleLayout } from '../../core/layout/layout.ts'
import {
  pinnedView,
  withoutInventories,
  withoutOwn,
  type OwnFiles,
} from '../../core/layout/repository-view.ts'
import type { Oid } from '../../core/model/oid.ts'
import { isInside } from '../../core/model/parent-of.ts'
import type { Commit } from '../../core/model/commit.ts'
import { optional } from '../../core/model/defined.ts'
import { differingPaths, withChanges, type Tree } from '../../core/model/tree.ts'
import type { Base } from '../../core/series/series.ts'
import type { History, Lender, ObjectReader } from '../../ports/object-store.ts'
import { applyPatchFiles } from './apply-patch-files.ts'
import type { Fork } from './find-series.ts'
import { movePatchFiles } from './move-patch-files.ts'
import { hiddenOf, movePins, seenOf } from './move-pins.ts'
import { readPatches, type FoundPatches } from './read-patches.ts'
import type { Standing } from './standing.ts'

export type PinStore = ObjectReader & History & Lender

export interface PinnedRepository {
  readonly head: Oid
  readonly tree: Tree
  readonly layout: SubmoduleLayout | PinLayout | InventoryLayout
  readonly own: OwnFiles
  readonly applied: HowApplied
  readonly base: Base
  /** Files that run things, which may apply patches. */
  readonly texts: ReadonlyMap<string, string>
  /** Whose it is, of several clusters. */
  readonly cluster?: string | undefined
}

/**
 * A repository that holds Kubespray by its name alone: a fork whose patches are the patch files that it applies to the release, on which
 * its inventories are laid.
 */
export async function pinnedFork(store: PinStore, pinned: PinnedRepository): Promise<Fork> {
  const { head, base, tree, texts } = pinned
  const commits = await store.readCommits([head, base.commit])
  const upstream = await store.readTree(base.commit)
  const commit = commits.get(head) as Commit
  const patches = await readPatches(store, {
    repository: tree,
    head: commit,
    release: base.release,
    kubespray: upstream,
    texts,
  })
  const kubespray = patches
    ? store.lend(patches.tree, patches.blobs.values())
    : (commits.get(base.commit) as Commit).tree
  const standing = standingOf(store, patches ? withPatches(pinned, patches, upstream) : pinned, {
    upstream,
    patches,
  })
  return {
    head: commit,
    headTree: standing.view.tree,
    base,
    baseTree: standing.ofRelease(upstream),
    kubespray,
    series: {
      patches: (patches?.files ?? []).flatMap((file) => file.patches.filter((each) => each !== undefined)),
      ownFiles: new Map(),
      leftOut: [],
    },
    standing,
  }
}

/** A file that a patch changes is seen as the patch makes it, whatever stands at the same path of the repository. */
function withPatches(
  pinned: PinnedRepository,
  { tree, files }: FoundPatches,
  upstream: Tree,
): PinnedRepository {
  const touched = new Set(differingPaths(upstream, tree))
  const { own, layout } = pinned
  return {
    ...pinned,
    layout: { ...layout, patches: files.map(({ path }) => path) },
    own: {
      ...own,
      paths: new Set([...own.paths].filter((path) => !touched.has(path))),
      showsSample: [...touched].some((path) => isInside(path, 'inventory/sample')),
    },
  }
}

function standingOf(
  store: PinStore,
  { tree: repository, head, layout, applied, own, base, texts, cluster }: PinnedRepository,
  { upstream, patches }: { readonly upstream: Tree; readonly patches: FoundPatches | undefined },
): Standing {
  const view = pinnedView(repository, { kubespray: patches?.tree ?? upstream, own })
  const ofRelease = (release: Tree): Tree => withoutOwn(withoutInventories(release, own), own)
  return {
    layout,
    applied,
    callers: own.callers,
    view,
    ofRelease,
    moveTo: async (to, workflows) => {
      const pins = { layout, from: base.release, to, workflows, cluster }
      const { changes, ...moved } = await movePins(store, repository, pins)
      const kubespray = await store.readTree(to.commit)
      const trees = { from: upstream, to: kubespray }
      const files =
        patches &&
        (await movePatchFiles(store, {
          repository,
          head,
          patches,
          texts,
          kubespray: trees,
          from: base.release,
          release: to.tag,
        }))
      return {
        ...moved,
        left: [...moved.left, ...(files?.left ?? [])],
        said: 'pins',
        form: 'snapshot',
        start: (release) => withChanges(withChanges(release, view.own), seenOf(changes, view)),
        put: (seen) =>
          withChanges(withChanges(view.put(seen), hiddenOf(changes, view)), files?.changes ?? new Map()),
        see: async (tip) => {
          const named = (files?.move.files ?? []).map(({ to: path, strip }) => ({ path, strip }))
          const patched = await applyPatchFiles(store, {
            repository: tip,
            files: named.filter(({ path }) => tip.has(path)),
            kubespray,
          })
          store.lend(patched.tree, patched.blobs.values())
          return pinnedView(tip, { kubespray: patched.tree, own }).tree
        },
        ...optional(files, ({ move }) => ({ patchFiles: move })),
      }
    },
  }
}
