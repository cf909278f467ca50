import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RUN_FOLDER } from './once-per-run.ts'
import { removeFolder } from './remove-folder.ts'

let made: string | undefined

/** Before the first test: a folder for what the files of this run share, and where all of them put what they throw away. */
export function setup(): void {
  if (process.env[RUN_FOLDER] !== undefined) return
  if (process.env['TMPDIR'] === undefined && isFit(MEMORY)) process.env['TMPDIR'] = MEMORY
  made = mkdtempSync(join(tmpdir(), 'multiarch-run-'))
  process.env[RUN_FOLDER] = made
}

/** Making and removing a world costs a tenth there of what it costs on a disk. */
const MEMORY = '/dev/shm'
/** All that lies there at a time is a few megabytes, a browser's profile aside. */
const ENOUGH = 2 ** 30

/** Whether there is room, and whether programs can be run: a hook that could not run would prove nothing. */
function isFit(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    if (bavail * bsize < ENOUGH) return false
    const trial = mkdtempSync(join(folder, 'multiarch-trial-'))
    const program = join(trial, 'run')
    writeFileSync(program, '#!/bin/sh\nexit 7\n')
    chmodSync(program, 0o755)
    const { status } = spawnSync(program)
    removeFolder(trial)
    return status === 7
  } catch {
    return false
  }
}

/** After the last. */
export function teardown(): void {
  if (made !== undefined) removeFolder(made)
}
