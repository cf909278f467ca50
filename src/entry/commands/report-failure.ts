import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { sayAside, sayJson } from '../print/say.ts'
import { EXIT } from './exit.ts'
import { troubleOf } from './trouble-of.ts'

/** Says what went wrong: the sentence of a refusal or of what stands in the way from outside, or an apology for a defect. Returns the exit code. */
export function reportFailure(thrown: unknown, argv: readonly string[]): number {
  const trouble = troubleOf(thrown)
  const error = trouble ? new Refusal(trouble) : thrown
  if (error instanceof Refusal) {
    if (argv.includes('--json')) {
      sayJson({
        schema: SCHEMA,
        problems: error.problems.map(({ code, message, at }) => ({ code, message, ...defined({ at }) })),
      })
    }
    for (const { message, at } of error.problems) {
      const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
      sayAside(`multiarch: ${place}${message}\n`)
    }
    return EXIT.usage
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  sayAside(`multiarch: this is a defect of mine, not of yours; please report it.\n${detail}\n`)
  return EXIT.defect
}
