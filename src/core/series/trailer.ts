import { trailersOf } from '../model/commit.ts'
import { isOid, type Oid } from '../model/oid.ts'
import { readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'

/** The trailers by which our own commits are known again; with merged history they are the only memory we have. */
export const TRAILER = {
  base: 'Multiarch-Base',
  step: 'Multiarch-Step',
  patch: 'Multiarch-Patch',
  verdict: 'Multiarch-Verdict',
  open: 'Multiarch-Open',
  release: 'Multiarch-Release',
  settled: 'Multiarch-Settled',
  conflict: 'Multiarch-Conflict',
  remembers: 'Multiarch-Remembers',
  forgotten: 'Multiarch-Forgotten',
  from: 'Multiarch-From',
} as const

/** Who our commits are by. `.invalid` is reserved (RFC 2606): nobody's address. */
export const OUR_IDENTITY = {
  name: 'kubespray-multiarch',
  email: 'kubespray-multiarch@noreply.invalid',
} as const

/** By which we say that we may hand a commit on (DCO). People's own are theirs. */
export const SIGN_OFF = ['Signed-off-by', `${OUR_IDENTITY.name} <${OUR_IDENTITY.email}>`] as const

/** The release a step commit of ours moved the fork to; `undefined` for any other commit. */
export function stepRecordedIn(message: string): ReleaseTag | undefined {
  // A squash merge puts our trailers somewhere into its body, so they are looked for in the whole message.
  if (!lineValue(message, TRAILER.step)) return undefined
  const written = lineValue(message, TRAILER.base)
  return written === undefined ? undefined : readReleaseTag(written)
}

/** The commit of upstream's that a step commit of ours moved to: its second parent, or what it says where it could have none. */
export function releaseCommitIn({
  parents,
  message,
}: {
  readonly parents: readonly Oid[]
  readonly message: string
}): Oid | undefined {
  const written = lineValue(message, TRAILER.release)
  return parents[1] ?? (written !== undefined && isOid(written) ? written : undefined)
}

/** The fork's commit that a step commit of ours was made on: its first parent, or what it says where that is the release alone. */
export function forkCommitIn({
  parents,
  message,
}: {
  readonly parents: readonly Oid[]
  readonly message: string
}): Oid | undefined {
  const written = lineValue(message, TRAILER.from)
  return written !== undefined && isOid(written) ? written : parents[0]
}

/** The identity a carried patch was given when it was first carried. */
export function patchRecordedIn(message: string): string | undefined {
  return trailersOf(message).findLast(([key]) => key === TRAILER.patch)?.[1]
}

/** Whether a commit is one of our own that is no patch of the user's: a step, or an inventory edit that belongs to one. */
export function isBotCommit(message: string): boolean {
  return trailersOf(message).some(([key]) => key === TRAILER.step) && patchRecordedIn(message) === undefined
}

/** The files that a carried patch left as the release has them. */
export function openRecordedIn(message: string): readonly string[] {
  return trailersOf(message)
    .filter(([key]) => key === TRAILER.open)
    .map(([, path]) => path)
}

/** The message with our trailers added to its last paragraph, or as a paragraph of their own; older ones of ours are replaced. */
export function withTrailers(message: string, trailers: readonly (readonly [string, string])[]): string {
  const text = withoutOurTrailers(message).trimEnd()
  if (trailers.length === 0) return `${text}\n`
  // A path may hold what would end a line, and with it the trailer.
  const shown = (value: string): string => value.replace(/\p{Cc}/gu, encodeURIComponent)
  const added = trailers.map(([key, value]) => `${key}: ${shown(value)}`).join('\n')
  const gap = trailersOf(text).length > 0 && text.includes('\n\n') ? '\n' : '\n\n'
  return `${text}${gap}${added}\n`
}

/** The message as its author wrote it. */
export function withoutOurTrailers(message: string): string {
  const ours = new Set<string>(Object.values(TRAILER))
  return message
    .split('\n')
    .filter((line) => line.trimEnd() !== SIGNED && !ours.has(/^([A-Za-z-]+):\s/.exec(line)?.[1] ?? ''))
    .join('\n')
    .trimEnd()
}

const SIGNED = SIGN_OFF.join(': ')

function lineValue(message: string, key: string): string | undefined {
  return new RegExp(`^[ \\t]*${key}:[ \\t]+(\\S+)`, 'm').exec(message)?.[1]
}
