import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RUN_FOLDER } from './once-per-run.ts'
import { removeFolder } from './remove-folder.ts'

let made: string | undefined

/** Before the first test: a folder for what the files of this run share. */
export function setup(): void {
  if (process.env[RUN_FOLDER] !== undefined) return
  made = mkdtempSync(join(tmpdir(), 'multiarch-run-'))
  process.env[RUN_FOLDER] = made
}

/** After the last. */
export function teardown(): void {
  if (made !== undefined) removeFolder(made)
}
