import type { HowApplied } from '../../core/layout/how-applied.ts'
import type { InventoryLayout, PinLayout, SubmoduleLayout } from '../../core/layout/layout.ts'
import {
  pinnedView,
  withoutInventories,
  withoutOwn,
  type OwnFiles,
} from '../../core/layout/repository-view.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Commit } from '../../core/model/commit.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { Base } from '../../core/series/series.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Fork } from './find-series.ts'
import { hiddenOf, movePins, seenOf } from './move-pins.ts'
import type { Standing } from './standing.ts'

interface PinnedRepository {
  readonly head: Oid
  readonly tree: Tree
  readonly layout: SubmoduleLayout | PinLayout | InventoryLayout
  readonly own: OwnFiles
  readonly applied: HowApplied
  readonly base: Base
}

/** A repository that holds Kubespray by its name alone: a fork with no patches, on whose release its inventories are laid. */
export async function pinnedFork(store: ObjectReader, pinned: PinnedRepository): Promise<Fork> {
  const { head, base } = pinned
  const commits = await store.readCommits([head, base.commit])
  const upstream = await store.readTree(base.commit)
  const standing = standingOf(store, pinned, upstream)
  return {
    head: commits.get(head) as Commit,
    headTree: standing.view.tree,
    base,
    baseTree: standing.ofRelease(upstream),
    kubespray: (commits.get(base.commit) as Commit).tree,
    series: { patches: [], ownFiles: new Map(), leftOut: [] },
    standing,
  }
}

function standingOf(
  store: ObjectReader,
  { tree: repository, layout, applied, own, base }: PinnedRepository,
  upstream: Tree,
): Standing {
  const view = pinnedView(repository, { kubespray: upstream, own })
  const ofRelease = (release: Tree): Tree => withoutOwn(withoutInventories(release), own)
  return {
    layout,
    applied,
    callers: own.callers,
    view,
    ofRelease,
    moveTo: async (to, workflows) => {
      const pins = { layout, from: base.release, to, workflows }
      const { changes, ...moved } = await movePins(store, repository, pins)
      const kubespray = await store.readTree(to.commit)
      return {
        ...moved,
        said: 'pins',
        form: 'snapshot',
        start: (release) => withChanges(withChanges(release, view.own), seenOf(changes, view)),
        put: (seen) => withChanges(view.put(seen), hiddenOf(changes, view)),
        see: (tip) => pinnedView(tip, { kubespray, own }).tree,
      }
    },
  }
}
