import { writeFile } from 'node:fs/promises'
import type { Block } from '../../core/explain/blocks/block.ts'
import { markdown } from '../../core/explain/blocks/markdown.ts'
import { renderPullRequest } from '../../core/explain/texts/render-pull-request.ts'
import { blocksPage, reportPage, type ReportFacts } from '../report/report-page.ts'

/** A report's title, and its text as blocks or as it stands in a terminal. */
interface TextReport {
  readonly title: string
  readonly blocks?: readonly Block[]
  readonly terminal?: string
}

/** Writes a text of ours, as Markdown or as a page; what is laid out for a terminal keeps its lines. */
export async function writeReport(file: string, { title, blocks, terminal }: TextReport): Promise<void> {
  const laidOut: Block = {
    kind: 'lines',
    lines: (terminal ?? '').trimEnd().split('\n'),
    language: '',
    isWhole: true,
  }
  const shown = blocks ?? [laidOut]
  return writeFile(
    file,
    file.endsWith('.html') ? blocksPage(title, shown) : `# ${title}\n\n${markdown(shown)}\n`,
  )
}

/** Writes the report of a step: a page of its own, or the text of its pull request. */
export async function writeStepReport(file: string, facts: ReportFacts): Promise<void> {
  if (file.endsWith('.html')) return writeFile(file, reportPage(facts))
  const { title, body } = renderPullRequest(facts.step)
  return writeFile(file, `# ${title}\n\n${body}`)
}
