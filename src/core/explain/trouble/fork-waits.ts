import type { ForkWait } from '../../layout/layout.ts'
import type { Problem } from '../../model/problem.ts'
import { codeSpan } from '../../model/code-span.ts'
import type { RefusalFacts } from '../../model/refusal-facts.ts'
import { refusalOf } from '../refusal-of.ts'

/** A submodule cannot go to a release before its fork is there. */
export function refuseForkFirst(facts: Omit<Extract<RefusalFacts, { code: 'fork-first' }>, 'code'>): Problem {
  return refusalOf({ code: 'fork-first', ...facts })
}

/** What a step here waits for in the fork. */
export function forkWaits({ url, state }: ForkWait, fork = 'the fork'): Problem {
  const number = url.slice(url.lastIndexOf('/') + 1)
  return { code: 'fork-waits', message: WAITS[state](codeSpan(`${fork}#${number}`)) }
}

const WAITS: Readonly<Record<ForkWait['state'], (pull: string) => string>> = {
  open: (pull) =>
    `This waits for ${pull}, the same step in your fork: until that is merged, the submodule is at the head of its branch here, and this stays a draft. Then I move it to the commit that it was merged as.`,
  closed: (pull) =>
    `This waited for ${pull}, the same step in your fork, and that was closed without being merged. Open it again, or close this one as well: the submodule here points at a commit that is on no branch which people keep.`,
  merged: (pull) =>
    `${pull}, the same step in your fork, is merged, and I do not find its commits on the branch that the submodule follows. Say which branch that is with \`branch\` in \`.gitmodules\`.`,
}
