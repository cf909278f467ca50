import { writeFile } from 'node:fs/promises'
import { Refusal } from '../core/model/problem.ts'

/** Writes a report as its file's name asks for: Markdown. */
export async function writeReport(file: string, markdown: string): Promise<void> {
  if (!file.endsWith('.md')) {
    throw new Refusal({
      code: 'report-format',
      message: `I write reports as Markdown: \`${file}\` should end in \`.md\`.`,
    })
  }
  await writeFile(file, markdown)
}
