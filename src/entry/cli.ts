#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { cacheFolder } from './cache/cache-folder.ts'
import { EXIT } from './commands/exit.ts'
import { runCli } from './cli/run-cli.ts'

/** From Node 22.1 on: what V8 compiled is kept for the next command, which saves a tenth of a plan. */
interface KeepsCompiled {
  readonly enableCompileCache?: (folder: string) => unknown
}
try {
  ;(nodeModule as KeepsCompiled).enableCompileCache?.(join(cacheFolder(), 'compiled'))
} catch {
  // A user of a container may have no home; nothing is kept then, as where nothing can be written.
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop early (`| head`); that is no failure of ours.
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})
process.exitCode = await runCli(process.argv)
