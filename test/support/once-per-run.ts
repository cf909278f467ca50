import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

/** Where a run of the tests keeps what its files share; `run-folder.ts` makes it. */
export const RUN_FOLDER = 'MULTIARCH_TEST_RUN'

const made = new Map<string, Promise<string>>()

/**
 * A folder that is filled once for all files of a run, whichever of them needs it first, and read only from then on. Outside of a
 * run of the tests (a bench, the demo) it is filled once for the process.
 */
export function oncePerRun(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const found = made.get(name) ?? make(name, fill)
  made.set(name, found)
  return found
}

async function make(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const run = process.env[RUN_FOLDER]
  if (run !== undefined && existsSync(join(run, name))) return join(run, name)
  const folder = mkdtempSync(join(run ?? tmpdir(), `multiarch-${name}-`))
  await fill(folder)
  if (run === undefined) {
    process.on('exit', () => removeFolder(folder))
    return folder
  }
  try {
    renameSync(folder, join(run, name))
  } catch {
    // Another file of the run was faster; what it made is the same.
    removeFolder(folder)
  }
  return join(run, name)
}
