import type { CommitForm } from '../../core/config/resolve-config.ts'
import { withPrefix } from '../../core/text/with-prefix.ts'
import { SIGN_OFF, withTrailers } from '../../core/series/trailer.ts'

type Trailers = readonly (readonly [string, string])[]

/** The message of a commit whose words are ours, as the settings want it. */
export function ownMessage(text: string, trailers: Trailers, form: CommitForm): string {
  return carriedMessage(withPrefix(text, form.prefix), trailers, form)
}

/** The message of a commit whose words are somebody's: they stay as they are, and what they signed off. */
export function carriedMessage(text: string, trailers: Trailers, { signOff }: CommitForm): string {
  return withTrailers(text, signOff ? [...trailers, SIGN_OFF] : trailers)
}
