import type { PathOf } from '../../core/explain/blocks/from-top.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { defined, optional } from '../../core/model/defined.ts'
import { isInside } from '../../core/model/parent-of.ts'
import type { PatchFileOutcome } from '../../core/patchfile/patch-file-outcome.ts'
import type { Move, Standing } from '../repository/standing.ts'

/** What a proposal says of where Kubespray stands; nothing where that is the top of the repository and nothing there runs it. */
export function placeFacts(
  { layout, applied, cluster, view }: Standing,
  move?: Move,
  patchFiles?: readonly PatchFileOutcome[],
): Pick<PullRequestFacts, 'place' | 'cluster'> {
  if (layout.kind === 'root' && isSilent(applied)) return {}
  const moved = optional(move, ({ pins, left, renamed, waits }) => ({
    move: { pins, left, ...defined({ renamed, patchFiles, waits }) },
  }))
  return {
    place: { layout, applied, ...defined({ pathOf: shownAfter({ view }, move) }), ...moved },
    ...optional(cluster, ({ name }) => ({ cluster: name })),
  }
}

/** How people find what is seen once a step is made; nothing where all paths are the repository's. */
export function shownAfter({ view }: Pick<Standing, 'view'>, move?: Move): PathOf | undefined {
  return view.shownAt && move?.renamed ? renamedIn(view.shownAt, move.renamed) : view.shownAt
}

function isSilent({ onMerge, byHand, own, hooks }: Standing['applied']): boolean {
  return onMerge.length === 0 && byHand.length === 0 && own === undefined && hooks === undefined
}

function renamedIn(at: PathOf, { from, to }: NonNullable<Move['renamed']>): PathOf {
  return (path) => {
    const shown = at(path)
    return shown !== path && isInside(shown, from) ? `${to}${shown.slice(from.length)}` : shown
  }
}
