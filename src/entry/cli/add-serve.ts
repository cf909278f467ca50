import type { Command } from 'commander'
import { EXIT } from '../commands/exit.ts'
import { say } from '../print/say.ts'
import { withHelp } from './with-help.ts'

/** `multiarch serve`, `multiarch worker`, `multiarch sweep`: the App. What they load is loaded only for them. */
export function addServe(program: Command, setCode: (code: number) => void): void {
  const serve = program
    .command('serve')
    .description(
      'run the GitHub App: webhooks, sweep and, without REDIS_URL, the work itself (settings: docs/deployment.md)',
    )
  withHelp(serve, {
    examples: [['multiarch serve', 'with APP_ID, PRIVATE_KEY and WEBHOOK_SECRET in the environment']],
    codes: [STOPPED, UNSET],
    page: 'deployment.md',
  })
  serve.action(async () => {
    const { serve } = await import('../server/start-server.ts')
    await serve()
    leave()
  })
  const worker = program.command('worker').description('take jobs of the App from Redis')
  withHelp(worker, {
    examples: [['multiarch worker', 'with REDIS_URL beside what `multiarch serve` needs']],
    codes: [STOPPED, UNSET],
    page: 'deployment.md',
  })
  worker.action(async () => {
    const { work } = await import('../server/start-worker.ts')
    await work()
    leave()
  })
  const sweep = program.command('sweep').description('look once at every installation of the App')
  withHelp(sweep, {
    examples: [['multiarch sweep', 'by a clock of yours, for example once an hour']],
    codes: [[0, 'all were looked at; 1 also where a look failed'], UNSET],
    page: 'deployment.md',
  })
  sweep.action(async () => {
    const { sweepOnce } = await import('../server/start-worker.ts')
    const { repositories, failed } = await sweepOnce()
    say(`${repositories} looked at, ${failed} failed.\n`)
    if (failed > 0) setCode(EXIT.defect)
  })
}

const STOPPED = [0, 'ended by a signal, with its work done or handed back'] as const
const UNSET = [2, 'a setting is missing or wrong; the message names it'] as const

/** What still runs after its grace must not keep the process: its lease ends, and another worker begins it anew. */
function leave(): void {
  process.exit(EXIT.done)
}
