import { codeSpan } from '../../core/model/code-span.ts'
import type { Problem } from '../../core/model/problem.ts'
import { flagOf } from './command-line.ts'

/** A problem that quotes what somebody gave to an option says which option it was, so that they know what to write otherwise. */
export function namingOption(problem: Problem, options: Readonly<Record<string, unknown>>): Problem {
  const { message } = problem
  const given = Object.entries(options).flatMap(([key, value]) =>
    typeof value === 'string' && value !== ''
      ? [{ flag: flagOf(key), span: codeSpan(value.replace(/\/$/, '')) }]
      : [],
  )
  const [only] = given
    .filter(({ span }) => message.includes(span))
    .toSorted((a, b) => message.indexOf(a.span) - message.indexOf(b.span))
  if (!only || message.includes(only.flag)) return problem
  return { ...problem, message: message.replace(only.span, () => `${only.span} (\`${only.flag}\`)`) }
}
