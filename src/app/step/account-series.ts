import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { blobsIn, FileReader } from '../../core/series/account/accounted-trees.ts'
import { accountFor, blobsForAccount, sumsOf, type SeriesAccount } from '../../core/series/account/account.ts'
import { blobsForEdits, editedUnsaid, type AccountedEdit } from '../../core/series/account/edited-unsaid.ts'
import { withoutSettled } from '../../core/series/account/without-settled.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import {
  likePairs,
  outlivingFiles,
  shadowRemarks,
  type LikePair,
  type OwnFileRemark,
} from '../../core/series/own-file-remark.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Fork } from '../repository/find-series.ts'
import { overlay } from '../carry/overlay.ts'
import type { InventoryEdit } from '../carry/edit-cluster.ts'

interface AccountQuestion {
  readonly carried: CarriedSeries
  /** The release's own tree. */
  readonly release: Tree
  /** What the step then does to inventories. */
  readonly edits?: readonly InventoryEdit[]
}

/** Holds a carried series, and the edits on it, to account; what it reads was mostly read for the carrying. */
export async function accountSeries(
  store: Pick<ObjectReader, 'readBlobs'>,
  fork: Pick<Fork, 'baseTree' | 'headTree' | 'series'>,
  { carried, release, edits = [] }: AccountQuestion,
): Promise<SeriesAccount> {
  const request = {
    base: fork.baseTree,
    head: fork.headTree,
    release,
    result: carried.tree,
    patches: carried.patches,
    leftOut: fork.series.leftOut,
  }
  const made = new Map([...carried.newBlobs, ...edits.flatMap(({ newBlobs }) => [...newBlobs])])
  const reader = overlay(store, made)
  const pairs = ownPairs(fork, { carried, release })
  const accounted = editsOf(edits, carried.tree)
  const blobs = await reader.readBlobs([
    ...new Set([
      ...blobsForAccount(request),
      ...blobsForEdits(accounted),
      ...pairs.flatMap((pair) => blobsIn(entriesOf(pair, carried.tree))),
    ]),
  ])
  const account = accountFor(request, blobs)
  const files = new FileReader(blobs)
  const unplaced = [...account.unplaced, ...accounted.flatMap((edit) => editedUnsaid(edit, files))]
  return {
    sums: sumsOf({ ...account, unplaced }),
    unplaced,
    remarks: remarksOf(fork, { carried, release, pairs, blobs }),
  }
}

/** An account of a step on whose branch a person worked. */
export async function settledAccount(
  store: Pick<ObjectReader, 'readBlobs'>,
  account: SeriesAccount,
  tip: Tree,
): Promise<SeriesAccount> {
  const entries = [...new Set(account.unplaced.map(({ file }) => file))].map((file) => tip.get(file))
  const reader = new FileReader(await store.readBlobs(blobsIn(entries)))
  return withoutSettled(account, (path) => {
    const entry = tip.get(path)
    return entry && reader.lines(entry)
  })
}

function ownPairs(
  { baseTree, headTree }: Pick<Fork, 'baseTree' | 'headTree'>,
  { carried, release }: Pick<AccountQuestion, 'carried' | 'release'>,
): readonly LikePair[] {
  const own = [...headTree.keys()].filter((path) => !baseTree.has(path) && carried.tree.has(path))
  return likePairs({ own, base: baseTree, release })
}

function entriesOf({ file, other }: LikePair, tree: Tree) {
  return [tree.get(file), tree.get(other)] as const
}

function remarksOf(
  { series }: Pick<Fork, 'series'>,
  {
    carried,
    release,
    pairs,
    blobs,
  }: {
    readonly carried: CarriedSeries
    readonly release: Tree
    readonly pairs: readonly LikePair[]
    readonly blobs: ReadonlyMap<Oid, Uint8Array>
  },
): readonly OwnFileRemark[] {
  const reader = new FileReader(blobs)
  const shadows = shadowRemarks(pairs, (pair) => {
    const [own = [], other = []] = entriesOf(pair, carried.tree).map((entry) =>
      entry ? reader.lines(entry) : [],
    )
    return [own, other]
  })
  const outliving = outlivingFiles(series.broughtBy ?? new Map(), carried.patches, {
    result: carried.tree,
    release,
  })
  return [...outliving, ...shadows]
}

function editsOf(edits: readonly InventoryEdit[], start: Tree): readonly AccountedEdit[] {
  return edits.map(({ changed, tree }, at) => ({
    before: edits[at - 1]?.tree ?? start,
    after: tree,
    words: changed.flatMap(({ key, from }) => [key, ...(from === undefined ? [] : [from])]),
  }))
}
