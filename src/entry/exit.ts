import { Refusal } from '../core/model/problem.ts'
import { SCHEMA } from './cli-json.ts'

/** What the exit code of `multiarch` says. */
export const EXIT = { done: 0, defect: 1, usage: 2, person: 3 } as const

/** Says what went wrong: the sentence of a refusal, or an apology for a defect. Returns the exit code. */
export function report(error: unknown, argv: readonly string[]): number {
  if (error instanceof Refusal) {
    if (argv.includes('--json')) {
      process.stdout.write(JSON.stringify({ schema: SCHEMA, problems: error.problems }, undefined, 2) + '\n')
    }
    for (const { message, at } of error.problems) {
      const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
      process.stderr.write(`multiarch: ${place}${message}\n`)
    }
    return EXIT.usage
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`multiarch: this is a defect of mine, not of yours; please report it.\n${detail}\n`)
  return EXIT.defect
}
