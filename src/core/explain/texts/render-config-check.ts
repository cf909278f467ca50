import type { Problem } from '../../model/problem.ts'
import { list, paragraph } from '../blocks/block.ts'
import { markdown } from '../blocks/markdown.ts'
import { code, link, say, sentence } from '../blocks/text.ts'
import { documentation, SETTINGS_PATH } from './documentation.ts'
import { plural } from '../plural.ts'
import { ruleName } from '../found/rule-name.ts'
import { withinLimit } from '../within-limit.ts'

interface ConfigCheck {
  readonly title: string
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly {
    readonly path: string
    readonly line: number
    readonly severity: 'failure'
    readonly title: string
    readonly message: string
  }[]
}

/** The check on the commit that broke the config. */
export function renderConfigCheck(problems: readonly Problem[]): ConfigCheck {
  const entries = problems.map(
    ({ message, at }) => say`${at ? say`${code(`${SETTINGS_PATH}:${at.line}`)}: ` : ''}${sentence(message)}`,
  )
  const blocks = [
    paragraph(say`I propose nothing until this is fixed:`),
    list(entries),
    paragraph([link(documentation('configuration.md'), 'What can be set')]),
  ]
  return {
    title: `${plural(problems.length, 'problem')} in the settings`,
    summary: withinLimit(`${markdown(blocks)}\n`),
    annotations: problems.map(({ code: rule, message, at }) => ({
      path: SETTINGS_PATH,
      line: at?.line ?? 1,
      severity: 'failure' as const,
      title: ruleName(rule),
      message,
    })),
  }
}
