import { deltaOf, doneWeight, effectOf } from '../delta-of.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { Candidate } from './find-candidates.ts'
import type { Workspace } from '../workspace.ts'

/** Files of a patch that the commit which took it leaves alone, and of whose lines it has none elsewhere. */
interface OwnRest {
  readonly paths: ReadonlySet<string>
  /** Whether they are a change of their own, or the commit has all of the others: then it is a part and no reviewed form. */
  readonly isLarge: boolean
}

/** Where the commit has all of the files it touches, it is no reviewed form but a part, and the rest is a rest. */
const WHOLE = 0.98
/** A rest smaller than this share of the patch is what review left out; a larger one is a change of its own. */
const OWN_CHANGE = 1 / 3

export function restOf(changes: readonly PatchChange[], candidate: Candidate, workspace: Workspace): OwnRest {
  let all = 0
  let untouched = 0
  let done = 0
  const paths = new Set<string>()
  for (const { path, to, before, after } of changes) {
    const wanted = effectOf([deltaOf(before, after, workspace)])
    all += wanted.weight
    const share = doneWeight(wanted, candidate.effect)
    done += share
    if (wanted.weight === 0 || share > 0 || candidate.paths.has(path) || candidate.paths.has(to)) continue
    untouched += wanted.weight
    paths.add(path)
  }
  const isLarge = untouched > 0 && (untouched >= OWN_CHANGE * all || done >= WHOLE * (all - untouched))
  return { paths, isLarge }
}
