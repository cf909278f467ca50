import type { Problem } from '../model/problem.ts'
import { withinLimit } from './within-limit.ts'

/** The check of a step that could not be taken. */
export function renderTrouble(problems: readonly Problem[]): {
  readonly title: string
  readonly summary: string
} {
  const lines = problems.map(({ message, at }) => `- ${at ? `\`${at.file}:${at.line}\`: ` : ''}${message}`)
  return {
    title: 'I cannot go on by myself',
    summary: withinLimit(
      `Nothing is lost, and nothing was changed. What stops me:\n\n${lines.join('\n')}\n\nI look again with every push, and at least once a day.\n`,
    ),
  }
}

/** What stands there once nothing is in the way any more. */
export const RELIEF = {
  title: 'Nothing stops me any more',
  summary: 'What stood here before is mended.\n',
}
