import type { Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/version.ts'
import { renderPullRequest, type PullRequestText } from './pull-request.ts'
import type { CarryFacts } from './pull-request-facts.ts'

export interface ProposalFacts extends Omit<CarryFacts, 'commits'> {
  /** The fork's branch the step is built on. */
  readonly branch: string
  readonly to: ReleaseTag
  /** The branch written, with the commit of each patch by its id; absent in a dry run. */
  readonly written?: { readonly name: string; readonly commits: ReadonlyMap<string, Oid> }
}

/** The title and text of one step to a release of which nothing is known but its patches. */
export function renderProposal({ branch, to, written, ...carry }: ProposalFacts): PullRequestText {
  return renderPullRequest({
    kind: 'kubespray',
    surface: 'terminal',
    branch,
    release: to,
    carry: { ...carry, ...(written && { commits: written.commits }) },
    ...(written && { written }),
  })
}
