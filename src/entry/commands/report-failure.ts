import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { namingOption } from '../delivery/naming-option.ts'
import { sayJson, sayTrouble } from '../print/say.ts'
import { EXIT } from './exit.ts'
import { troubleOf } from './trouble-of.ts'

interface CalledWith {
  readonly argv: readonly string[]
  /** What the command was called with, by the names that commander gives its options. */
  readonly options: Readonly<Record<string, unknown>>
}

/** Says what went wrong: the sentence of a refusal or of what stands in the way from outside, or an apology for a defect. Returns the exit code. */
export function reportFailure(thrown: unknown, { argv, options }: CalledWith): number {
  const trouble = troubleOf(thrown)
  const error = trouble ? new Refusal(trouble) : thrown
  if (error instanceof Refusal) {
    const problems = error.problems.map((problem) => namingOption(problem, options))
    if (argv.includes('--json')) {
      sayJson({
        schema: SCHEMA,
        problems: problems.map(({ code, message, at }) => ({ code, message, ...defined({ at }) })),
      })
    }
    for (const { message, at } of problems) {
      const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
      sayTrouble(place, message)
    }
    return EXIT.usage
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  sayTrouble('', `this is a defect of mine, not of yours; please report it.\n${detail}`)
  return EXIT.defect
}
