import { writeFile } from 'node:fs/promises'
import type { Block } from '../../core/explain/blocks/block.ts'
import { markdown } from '../../core/explain/blocks/markdown.ts'
import { renderPullRequest } from '../../core/explain/texts/render-pull-request.ts'
import { blocksPage, reportPage, type ReportFacts } from '../report/report-page.ts'

/** A report's title, and its text. */
interface TextReport {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** Writes a text of ours, as Markdown or as a page. */
export async function writeReport(file: string, { title, blocks }: TextReport): Promise<void> {
  return writeFile(
    file,
    file.endsWith('.html') ? blocksPage(title, blocks) : `# ${title}\n\n${markdown(blocks)}\n`,
  )
}

/** Writes the report of a step: a page of its own, or the text of its pull request. */
export async function writeStepReport(file: string, facts: ReportFacts): Promise<void> {
  if (file.endsWith('.html')) return writeFile(file, reportPage(facts))
  const { title, body } = renderPullRequest(facts.step)
  return writeFile(file, `# ${title}\n\n${body}`)
}
