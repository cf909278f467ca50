import { Refusal } from '../core/model/problem.ts'
import { runAction } from './run-action.ts'

try {
  process.exitCode = await runAction(process.env)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  // The form in which a workflow's log shows an error as one.
  for (const { message } of error.problems) console.log(`::error::${message.replaceAll('\n', ' ')}`)
  process.exitCode = 2
}
