import { refusalOf } from '../../core/explain/refusal-of.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ChosenBranch } from './choose-branch.ts'
import type { Fork } from './find-series.ts'
import type { Repository } from './read-repository.ts'

/** Other branches are looked into to name one; more of them than this would take seconds. */
const MOST_BRANCHES = 20

/**
 * A branch whose own commits took most of Kubespray away holds something else by now, and its deletions would be one conflict of
 * hundreds of files. Refused, with the branches that do hold Kubespray.
 */
export async function refuseEmptied(
  store: ObjectReader,
  { branches, upstreamTips }: Pick<Repository, 'branches' | 'upstreamTips'>,
  { name, head }: Pick<ChosenBranch, 'name' | 'head'>,
  { baseTree, headTree }: Pick<Fork, 'baseTree' | 'headTree'>,
): Promise<void> {
  const roles = [...baseTree.keys()].filter((path) => path.startsWith('roles/'))
  const leftIn = (tree: Tree): number => roles.filter((path) => tree.has(path)).length
  const left = leftIn(headTree)
  if (2 * left >= roles.length) return
  const others: string[] = []
  const rest = [...branches].filter(
    ([other, tip]) =>
      other !== name && tip !== head && !upstreamTips.includes(tip) && !other.startsWith('multiarch/'),
  )
  for (const [other, tip] of rest.slice(0, MOST_BRANCHES))
    if (2 * leftIn(await store.readTree(tip)) >= roles.length) others.push(other)
  throw new Refusal(refusalOf({ code: 'kubespray-removed', branch: name, left, of: roles.length, others }))
}
