import type { Command } from 'commander'
import type { SetupOptions } from '../setup/run-setup.ts'
import { withHelp } from './with-help.ts'

/** `multiarch setup`: a GitHub App of one's own, registered in a click. */
export function addSetup(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('setup')
    .description('register a GitHub App of your own in a click, and write the settings it runs with')
    .option(
      '--url <address>',
      'where serve is reached from outside (default: nowhere, it looks by the clock)',
    )
    .option('--org <name>', 'register it for an organization (default: your account)')
    .option('--for <form>', 'say how to run it as: env, lambda or kubernetes', 'env')
    .option('--file <file>', 'where the settings go', '.env')
    .option('--port <number>', 'listen at this port of 127.0.0.1 (default: a free one)')
  withHelp(command, {
    examples: [
      ['multiarch setup', 'for `multiarch sweep` by a clock: no public address'],
      ['multiarch setup --url https://multiarch.example.org', 'for `multiarch serve`'],
      ['multiarch setup --org acme --for kubernetes', 'for the forks of an organization'],
    ],
    codes: [
      [0, 'the App is registered, and its settings are written'],
      [2, 'wrong usage, or no App came back; nothing was written'],
    ],
    page: 'deployment.md#register-the-app',
  })
  command.action(async (options: SetupOptions) => {
    const { runSetup } = await import('../setup/run-setup.ts')
    setCode(await runSetup(options))
  })
}
