import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The version of the git that is installed; `undefined` where there is none. */
export async function gitVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'])
    return /^git version (\d[\d.]*)/.exec(stdout)?.[1]?.replace(/\.$/, '') ?? stdout.trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
