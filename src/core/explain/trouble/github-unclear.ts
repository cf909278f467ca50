import type { Problem } from '../../model/problem.ts'
import type { Unclear } from '../../model/unclear.ts'
import { code } from '../blocks/plain.ts'

/** GitHub has said something that I could not act on, and says it still: what it was, and when it is asked again. */
export function githubUnclear({ kind, asked, said }: Unclear, again: number): Problem {
  const time = new Date(again).toISOString().slice(0, 16).replace('T', ' ')
  const found = SENTENCES[kind](code(asked), code(shortened(said)))
  const message = `${found} Nothing is lost: I try again on ${time} UTC, and more slowly each time.`
  return { code: `github-${kind}`, message }
}

const SENTENCES: Readonly<Record<Unclear['kind'], (asked: string, said: string) => string>> = {
  'not-understood': (asked, said) => `I do not understand what GitHub answers to ${asked}: ${said}.`,
  absent: (asked, said) =>
    `GitHub says that something I need is not there, or not for me to see (${asked}: ${said}). If somebody deleted it or took it away from me, that is why.`,
  'too-much': (asked, said) => `GitHub does not manage to answer ${asked}: ${said}.`,
  unread: (asked, said) => `GitHub has not answered ${asked} in a way that can be read: ${said}.`,
}

/** A whole page of HTML helps nobody. */
const LONGEST = 300

function shortened(said: string): string {
  const line = said.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
