#!/usr/bin/env node
import { EXIT } from './commands/exit.ts'
import { runCli } from './cli/run-cli.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop early (`| head`); that is no failure of ours.
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})
process.exitCode = await runCli(process.argv)
