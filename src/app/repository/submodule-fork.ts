import { refuseForkFirst } from '../../core/explain/trouble/fork-waits.ts'
import type { SubmoduleLayout } from '../../core/layout/layout.ts'
import { pinnedView, withoutInventories, withoutOwn } from '../../core/layout/repository-view.ts'
import type { Commit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { Fork } from './find-series.ts'
import { hiddenOf, movePins, seenOf } from './move-pins.ts'
import { forkTarget, type OwnFork } from './own-fork.ts'
import type { PinnedRepository, PinStore } from './pinned-fork.ts'
import type { Standing } from './standing.ts'

interface SubmoduleOfFork extends Omit<PinnedRepository, 'layout' | 'texts'> {
  readonly layout: SubmoduleLayout
  readonly found: OwnFork
}

/**
 * A repository whose submodule is a fork in another one: what runs is that fork's tree, and a step here goes to the commit with which the fork
 * came to the release. The fork's patches are carried there.
 */
export async function submoduleFork(store: PinStore, repository: SubmoduleOfFork): Promise<Fork> {
  const { head, layout, found, own, base } = repository
  const upstream = await store.readTree(base.commit)
  const tree = await found.store.readTree(layout.gitlink.commit)
  const kubespray = await lend(store, found, { tree, upstream })
  const commit = (await store.readCommits([head])).get(head) as Commit
  const view = pinnedView(repository.tree, { kubespray: tree, own })
  return {
    head: commit,
    headTree: view.tree,
    base: { ...base, found: 'pin' },
    baseTree: withoutOwn(withoutInventories(tree, own), own),
    kubespray,
    series: { patches: [], ownFiles: new Map(), leftOut: [] },
    standing: standingOf(store, repository, { view, from: base.release }),
  }
}

function standingOf(
  store: PinStore,
  { tree: repository, layout, applied, own, found, cluster }: SubmoduleOfFork,
  { view, from }: Pick<Standing, 'view'> & { readonly from: Fork['base']['release'] },
): Standing {
  const ofRelease = (release: Tree): Tree => withoutOwn(withoutInventories(release, own), own)
  const link = layout.gitlink
  return {
    layout,
    applied,
    callers: own.callers,
    view,
    ofRelease,
    moveTo: async (to, workflows) => {
      const target = await forkTarget(found, { link, release: to.tag })
      if (!target) throw new Refusal(refuseForkFirst({ fork: found.name, path: link.path, release: to.tag }))
      const { commit, waits } = target
      const kubespray = await found.store.readTree(commit)
      await lend(store, found, { tree: kubespray, upstream: await store.readTree(to.commit) })
      const pins = { layout, from, to: { ...to, commit }, workflows, cluster }
      const { changes, ...moved } = await movePins(store, repository, pins)
      return {
        ...moved,
        said: 'pins',
        form: 'snapshot',
        release: ofRelease(kubespray),
        start: (release) => withChanges(withChanges(release, view.own), seenOf(changes, view)),
        put: (seen) => withChanges(view.put(seen), hiddenOf(changes, view)),
        see: (tip) => Promise.resolve(pinnedView(tip, { kubespray, own }).tree),
        ...defined({ waits }),
      }
    },
  }
}

/** Makes a tree of the fork's readable beside the repository: what upstream does not have of it is read there. */
async function lend(
  store: PinStore,
  { store: fork }: OwnFork,
  { tree, upstream }: { readonly tree: Tree; readonly upstream: Tree },
): Promise<Oid> {
  const known = new Set([...upstream.values()].map(({ oid }) => oid))
  const own = [...tree.values()].filter(({ mode, oid }) => mode !== '160000' && !known.has(oid))
  const blobs = await fork.readBlobs([...new Set(own.map(({ oid }) => oid))])
  return store.lend(tree, blobs.values())
}
