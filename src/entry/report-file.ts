import { writeFile } from 'node:fs/promises'
import { renderPullRequest } from '../core/explain/pull-request.ts'
import { Refusal } from '../core/model/problem.ts'
import { markdownPage, reportPage, type ReportFacts } from './report-page.ts'

/** Refuses a report's name whose format I cannot write; asked before anything is done. */
export function checkReportName(file: string | undefined): void {
  if (file === undefined || /\.(?:md|html)$/.test(file)) return
  throw new Refusal({
    code: 'report-format',
    message: `I write reports as HTML or Markdown: \`${file}\` should end in \`.html\` or \`.md\`.`,
  })
}

/** Writes the report of a step: a page of its own, or the text of its pull request. */
export async function writeStepReport(file: string, facts: ReportFacts): Promise<void> {
  checkReportName(file)
  if (file.endsWith('.html')) return writeFile(file, reportPage(facts))
  const { title, body } = renderPullRequest(facts.step)
  return writeFile(file, `# ${title}\n\n${body}`)
}

/** Writes any text of ours, as it is or as a page. */
export async function writeTextReport(
  file: string,
  { title, markdown }: { readonly title: string; readonly markdown: string },
): Promise<void> {
  checkReportName(file)
  return writeFile(file, file.endsWith('.html') ? markdownPage(title, markdown) : markdown)
}
