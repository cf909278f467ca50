import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isSafePath } from '../../core/model/parent-of.ts'
import type { FilesToRun } from '../../ports/ansible.ts'

/** No file can be run as a program: an inventory that could be would be. */
const MODE = 0o644

/** Writes files below a folder that holds none yet; a path that would lead out of it is refused before anything is written. */
export async function writeFiles(folder: string, files: FilesToRun): Promise<void> {
  for (const path of files.keys())
    if (!isSafePath(path)) throw new Error(`${path} would stand outside of the folder`)
  const folders = new Set([...files.keys()].map(dirname))
  for (const each of folders) await mkdir(join(folder, each), { recursive: true })
  for (const [path, bytes] of files) await writeFile(join(folder, path), bytes, { mode: MODE, flag: 'wx' })
}
