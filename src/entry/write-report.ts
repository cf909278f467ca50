import { writeFile } from 'node:fs/promises'
import { Refusal } from '../core/model/problem.ts'

/** Refuses a report's name whose format I cannot write; asked before anything is done. */
export function checkReport(file: string | undefined): void {
  if (file === undefined || file.endsWith('.md')) return
  throw new Refusal({
    code: 'report-format',
    message: `I write reports as Markdown: \`${file}\` should end in \`.md\`.`,
  })
}

export async function writeReport(file: string, markdown: string): Promise<void> {
  await writeFile(file, markdown)
}
