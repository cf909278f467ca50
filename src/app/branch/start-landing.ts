import { landingRefused, landingTaken } from '../../core/explain/trouble/no-branch-of-pattern.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { NamedRelease } from '../repository/standing.ts'
import { branchInTheWay } from './move-step-branch.ts'

/**
 * Has the new branch of a release start at its tag. One that is there already stays as it is: it is taken where it holds the release, and
 * refused where it is something else.
 */
export async function startLanding(
  store: ObjectStore,
  { name, release }: { readonly name: string; readonly release: NamedRelease },
): Promise<void> {
  const heads = await store.listRefs('refs/heads/')
  const ref = `refs/heads/${name}`
  const there = heads.get(ref) ?? (await store.listRefs('refs/remotes/')).get(`refs/remotes/origin/${name}`)
  if (there) {
    const holds =
      there === release.commit || (await store.mergeBase(release.commit, there)) === release.commit
    if (!holds) throw new Refusal(landingTaken(name, release.tag))
    if (heads.has(ref)) return
  }
  const other = branchInTheWay(heads, name)
  if (other !== undefined) throw new Refusal(refusalOf({ code: 'branch-in-the-way', branch: name, other }))
  const isMade = await started(store, { name: ref, from: undefined, to: there ?? release.commit }, () =>
    landingRefused(name, release.tag),
  )
  if (!isMade) throw new Refusal(landingTaken(name, release.tag))
}

async function started(
  store: ObjectStore,
  move: Parameters<ObjectStore['moveRef']>[0],
  refused: () => ReturnType<typeof landingRefused>,
): Promise<boolean> {
  try {
    return await store.moveRef(move)
  } catch (error) {
    const codes = error instanceof Refusal ? error.problems.map(({ code }) => code) : []
    if (!codes.some((code) => NOT_OURS.has(code))) throw error
    throw new Refusal(refused())
  }
}

const NOT_OURS: ReadonlySet<string> = new Set([
  ...['object-not-reachable', 'workflows-permission', 'permission-missing', 'branch-refused'],
])
