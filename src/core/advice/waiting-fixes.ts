import { subjectOf, type LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/** What stands on a release's branch behind its last tag, as far as a repository knows that branch. */
export interface WaitingFixes {
  readonly branch: string
  readonly release: ReleaseTag
  /** All commits behind the tag, but for merges. */
  readonly count: number
  /** Those that touch what the cluster runs or what the fork changes, oldest first. */
  readonly concerns: readonly WaitingFix[]
}

export interface WaitingFix {
  readonly commit: Oid
  readonly title: string
  /** The first thing that it touches. */
  readonly touches:
    | { readonly kind: 'role'; readonly role: string }
    | { readonly kind: 'playbook'; readonly file: string }
    | { readonly kind: 'patched'; readonly file: string }
}

interface WaitingQuestion {
  readonly branch: string
  readonly release: ReleaseTag
  /** Newest first, as a log has them. */
  readonly commits: readonly LoggedCommit[]
  /** Roles that some cluster's settings lead to. */
  readonly roles: ReadonlySet<string>
  /** Files that the fork's patches touch. */
  readonly patched: ReadonlySet<string>
}

/** Which commits behind a tag concern a fork and its clusters. */
export function waitingFixes({ branch, release, commits, roles, patched }: WaitingQuestion): WaitingFixes {
  const own = commits.filter(({ parents }) => parents.length < 2)
  const concerns = own.toReversed().flatMap(({ oid, message, changes }): readonly WaitingFix[] => {
    const [touches] = changes.flatMap(({ path }) => touchOf(path, { roles, patched }))
    return touches ? [{ commit: oid, title: subjectOf(message), touches }] : []
  })
  return { branch, release, count: own.length, concerns }
}

function touchOf(
  path: string,
  { roles, patched }: Pick<WaitingQuestion, 'roles' | 'patched'>,
): readonly WaitingFix['touches'][] {
  if (patched.has(path)) return [{ kind: 'patched', file: path }]
  if (/^(?:playbooks\/)?[^/]+\.ya?ml$/.test(path) && !/galaxy|pre-commit|^\./.test(path))
    return [{ kind: 'playbook', file: path }]
  const role = /^roles\/(.+?)\/(?:tasks|templates|handlers|defaults|vars|meta|files)\//.exec(path)?.[1]
  // They hold the versions and checksums of everything, in use or not.
  if (role === undefined || /^(?:kubespray[-_]defaults|download)$/.test(role)) return []
  return roles.has(role) ? [{ kind: 'role', role }] : []
}
