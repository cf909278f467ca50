import { visible } from '../blocks/inert.ts'
import { plain } from '../blocks/plain.ts'
import { marker, markAtEnd } from '../marker.ts'

interface Suggestion {
  /** Names the conflict. */
  readonly name: string
  readonly title: string
  readonly text: string
}

/** A comment with lines that GitHub commits at a click; `undefined` where they could not be shown as they are. */
export function suggestionComment({ name, title, text }: Suggestion): string | undefined {
  if (visible(text) !== text || text.includes('\r')) return undefined
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const lines = text.replace(/\n$/, '')
  return `What I would write here for “${plain(title)}”: what the patch puts in, in the release’s lines. If it is right, commit it, and write \`/multiarch recheck\`.\n\n${fence}suggestion\n${lines}\n${fence}\n\n${marker('suggestion', name)}\n`
}

/** Which conflict a comment of ours is about. */
export function readSuggestion(body: string): string | undefined {
  return markAtEnd(body, 'suggestion')
}
