import type { Oid } from '../../model/oid.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code, plain } from '../blocks/plain.ts'

/** What came of a request to forget how conflicts were settled. */
export type ForgetOutcome =
  | {
      readonly kind: 'forgotten'
      readonly commit: Oid
      /** The releases at which the answers were given. */
      readonly releases: readonly ReleaseTag[]
      /** Files that are open again. */
      readonly open: readonly string[]
      /** Files that are as a person left them on this branch. */
      readonly left: readonly string[]
    }
  /** No conflict of the patch was settled by anybody, as far as the repository tells. */
  | { readonly kind: 'nothing-remembered' }
  /** What stands there is not what was put there. */
  | { readonly kind: 'changed-since'; readonly files: readonly string[] }
  /** Somebody was faster. */
  | { readonly kind: 'moved' }

export function sayForgotten(outcome: ForgetOutcome, title: string): string {
  const patch = `“${plain(title)}”`
  switch (outcome.kind) {
    case 'nothing-remembered':
      return `I remember nothing of how a conflict of ${patch} was settled. I changed nothing.`
    case 'moved':
      return 'Somebody pushed to the branch while I was at it, so I changed nothing. Write the command again.'
    case 'changed-since':
      return `What stands in ${enumerated(outcome.files.map(code))} on the branch is not what I left there, so I changed nothing. Settle it by hand on the branch.`
    case 'forgotten':
      return forgotten(outcome, patch)
  }
}

function forgotten(
  { commit, releases, open, left }: Extract<ForgetOutcome, { kind: 'forgotten' }>,
  patch: string,
): string {
  const [stands, it] = open.length === 1 ? ['stands', 'is'] : ['stand', 'are']
  return [
    `I forgot how ${patch} was settled at ${enumerated(releases.map(code))}, and will not use that again. That is commit ${commit}.`,
    ...(open.length > 0
      ? [`${enumerated(open.map(code))} ${stands} as the release has it, and ${it} open again.`]
      : []),
    ...(left.length > 0
      ? [
          `${enumerated(left.map(code))} ${left.length === 1 ? 'is' : 'are'} as a person left it on this branch.`,
        ]
      : []),
  ].join(' ')
}
