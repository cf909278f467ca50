import type { Signature } from '../../core/model/commit.ts'
import { OUR_IDENTITY } from '../../core/series/trailer.ts'

/** Who writes our commits; the time comes from the inputs, so that a second run makes the same ids. */
export function committerAt(time: number): Signature {
  return { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time, zone: '+0000' }
}

export const { name: COMMITTER_NAME, email: COMMITTER_EMAIL } = OUR_IDENTITY
