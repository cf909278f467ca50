import { Refusal } from '../core/model/problem.ts'
import { runAction, command } from './action/run-action.ts'
import { jsonLog } from './server/json-log.ts'
import { logWarnings } from './server/log-warnings.ts'
import { say } from './print/say.ts'

logWarnings(jsonLog())
try {
  process.exitCode = await runAction(process.env)
} catch (error) {
  if (error instanceof Refusal) {
    for (const { message } of error.problems) say(`${command('error', message)}\n`)
    process.exitCode = 2
  } else {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    jsonLog().error('run failed', { error: detail })
    say(`${command('error', 'Something broke on my side; the line “run failed” in this log says where.')}\n`)
    process.exitCode = 1
  }
}
