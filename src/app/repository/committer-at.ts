import type { Signature } from '../../core/model/commit.ts'

/** Who writes our commits; the time comes from the inputs, so that a second run makes the same ids. */
export function committerAt(time: number): Signature {
  return { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time, zone: '+0000' }
}

export const COMMITTER_NAME = 'kubespray-multiarch'
/** `.invalid` is reserved (RFC 2606): nobody's address. */
export const COMMITTER_EMAIL = 'kubespray-multiarch@noreply.invalid'
