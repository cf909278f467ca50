import type { Problem } from '../model/problem.ts'
import { list, paragraph } from './blocks/block.ts'
import { markdown } from './blocks/markdown.ts'
import { code, say, sentence } from './blocks/text.ts'
import { withinLimit } from './within-limit.ts'

/** The check of a step that could not be taken. */
export function renderTrouble(problems: readonly Problem[]): {
  readonly title: string
  readonly summary: string
} {
  const entries = problems.map(
    ({ message, at }) => say`${at ? say`${code(`${at.file}:${at.line}`)}: ` : ''}${sentence(message)}`,
  )
  const blocks = [
    paragraph(say`Nothing is lost, and nothing was changed. What stops me:`),
    list(entries),
    paragraph(say`I look again with every push, and at least once a day.`),
  ]
  return { title: 'I cannot go on by myself', summary: withinLimit(`${markdown(blocks)}\n`) }
}

/** What stands there once nothing is in the way any more. */
export const RELIEF = {
  title: 'Nothing stops me any more',
  summary: 'The problem that stood here is solved.\n',
}
