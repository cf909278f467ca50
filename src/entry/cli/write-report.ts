import { writeFile } from 'node:fs/promises'
import { fenced } from '../../core/explain/plain.ts'
import { renderPullRequest } from '../../core/explain/texts/render-pull-request.ts'
import { markdownPage, reportPage, type ReportFacts } from '../report/report-page.ts'

/** A report's title, and its text as Markdown or as it stands in a terminal. */
interface TextReport {
  readonly title: string
  readonly markdown?: string
  readonly terminal?: string
}

/** Writes a text of ours, as it is or as a page; what is laid out for a terminal keeps its lines. */
export async function writeReport(file: string, { title, markdown, terminal }: TextReport): Promise<void> {
  const text = markdown ?? fenced((terminal ?? '').trimEnd().split('\n'), '') + '\n'
  return writeFile(file, file.endsWith('.html') ? markdownPage(title, text) : `# ${title}\n\n${text}`)
}

/** Writes the report of a step: a page of its own, or the text of its pull request. */
export async function writeStepReport(file: string, facts: ReportFacts): Promise<void> {
  if (file.endsWith('.html')) return writeFile(file, reportPage(facts))
  const { title, body } = renderPullRequest(facts.step)
  return writeReport(file, { title, markdown: body })
}
