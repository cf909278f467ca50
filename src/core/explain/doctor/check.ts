import type { Place } from '../../model/problem.ts'
import type { Text } from '../blocks/text.ts'

/** One thing that was looked at. */
export interface Check {
  readonly code: string
  /** `stops`: it cannot work so; `look`: it works, and a person should look; `not-looked`: nobody knows. */
  readonly state: 'fine' | 'look' | 'stops' | 'not-looked'
  /** What was seen, and what it means. */
  readonly text: Text
  /** Commands that mend it. */
  readonly mend?: readonly string[]
  readonly at?: Place
}

export function check(code: string, state: Check['state'], text: Text, mend: readonly string[] = []): Check {
  return mend.length > 0 ? { code, state, text, mend } : { code, state, text }
}
