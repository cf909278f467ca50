import type { Oid } from '../model/oid.ts'
import type { Verdict } from '../model/verdict.ts'
import { linkedCommit } from './linked-reference.ts'
import { bold, say, type Text } from './blocks/text.ts'

/** A verdict as an operator would say it, with the upstream commit that it rests on. JSON and trailers have the verdict's own name. */
export function sayVerdict(verdict: Verdict, by?: Oid): Text {
  const words = bold`${VERDICT_WORDS[verdict]}`
  return by === undefined || BY[verdict] === undefined
    ? [words]
    : say`${words} ${BY[verdict]} ${linkedCommit(by)}`
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  clean: 'clean',
  moved: 'moved along with upstream',
  adapted: 'adapted',
  upstreamed: 'already upstream',
  obsolete: 'no longer applicable',
  conflict: 'conflict',
}

const BY: Readonly<Partial<Record<Verdict, string>>> = {
  upstreamed: 'in',
  obsolete: 'since',
  conflict: 'with',
}
