import type { Command } from 'commander'
import { EXIT } from '../commands/exit.ts'
import { say } from '../print/say.ts'

/** `multiarch serve`, `multiarch worker`, `multiarch sweep`: the App. What they load is loaded only for them. */
export function addServe(program: Command, setCode: (code: number) => void): void {
  program
    .command('serve')
    .description(
      'run the GitHub App: webhooks, sweep and, without REDIS_URL, the work itself (settings: docs/deployment.md)',
    )
    .action(async () => {
      const { serve } = await import('../server/start-server.ts')
      await serve()
      leave()
    })
  program
    .command('worker')
    .description('take jobs of the App from Redis')
    .action(async () => {
      const { work } = await import('../server/start-worker.ts')
      await work()
      leave()
    })
  program
    .command('sweep')
    .description('look once at every installation of the App')
    .action(async () => {
      const { sweepOnce } = await import('../server/start-worker.ts')
      const { repositories, failed } = await sweepOnce()
      say(`${repositories} looked at, ${failed} failed.\n`)
      if (failed > 0) setCode(EXIT.defect)
    })
}

/** What still runs after its grace must not keep the process: its lease ends, and another worker begins it anew. */
function leave(): void {
  process.exit(EXIT.done)
}
