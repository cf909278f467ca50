import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { defined, optional } from '../../core/model/defined.ts'
import type { PatchFileOutcome } from '../../core/patchfile/patch-file-outcome.ts'
import type { Move, Standing } from '../repository/standing.ts'

/** What a proposal says of where Kubespray stands; nothing where that is the top of the repository and nothing there runs it. */
export function placeFacts(
  { layout, applied, cluster }: Standing,
  move?: Move,
  patchFiles?: readonly PatchFileOutcome[],
): Pick<PullRequestFacts, 'place' | 'cluster'> {
  if (layout.kind === 'root' && isSilent(applied)) return {}
  const moved = optional(move, ({ pins, left, renamed, waits }) => ({
    move: { pins, left, ...defined({ renamed, patchFiles, waits }) },
  }))
  return { place: { layout, applied, ...moved }, ...optional(cluster, ({ name }) => ({ cluster: name })) }
}

function isSilent({ onMerge, byHand, own, hooks }: Standing['applied']): boolean {
  return onMerge.length === 0 && byHand.length === 0 && own === undefined && hooks === undefined
}
