import { plural } from '../plural.ts'
import type { Problem } from '../../model/problem.ts'

/** The check on the commit that broke the config. */
export function renderConfigCheck(problems: readonly Problem[]): {
  readonly title: string
  readonly summary: string
} {
  const lines = problems.map(({ message, at }) => `- ${at ? `Line ${at.line}: ` : ''}${message}`)
  return {
    title: `${plural(problems.length, 'problem')} in the settings`,
    summary: `I propose nothing until this is mended:\n\n${lines.join('\n')}\n`,
  }
}
