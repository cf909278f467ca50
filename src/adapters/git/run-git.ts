import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'

/** Where the objects are: a git directory, and folders of objects borrowed from elsewhere for reading. */
export interface GitLocation {
  readonly gitDir: string
  /** Object folders (`…/objects`) to read from besides the repository's own; never written to. */
  readonly alternates?: readonly string[]
}

/** A git command that ended with another status than 0. */
export class GitFailure extends Error {
  readonly status: number | undefined
  readonly stderr: string

  constructor(args: readonly string[], status: number | undefined, stderr: string) {
    super(`git ${args[0] ?? ''} failed (${status ?? 'killed by a signal'}): ${stderr.trim()}`)
    this.name = 'GitFailure'
    this.status = status
    this.stderr = stderr
  }
}

/** Runs git once and returns what it printed. Arguments are a list and never pass a shell. */
export async function runGit(
  location: GitLocation,
  args: readonly string[],
  input?: Uint8Array | string,
): Promise<Buffer> {
  const child = startGit(location, args)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.on('error', () => {}) // a child that dies early closes the pipe; its status says why
  child.stdin.end(input ?? '')
  const status = await new Promise<number | undefined>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done(code ?? undefined))
  })
  if (status !== 0) throw new GitFailure(args, status, Buffer.concat(err).toString())
  return Buffer.concat(out)
}

/** Starts git in the given repository, deaf to the caller's GIT_* variables. */
export function startGit(location: GitLocation, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', ['--git-dir', location.gitDir, ...args], { env: cleanEnvironment(location) })
}

function cleanEnvironment(location: GitLocation): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(process.env)) {
    // GIT_DIR, GIT_INDEX_FILE and the like would point git elsewhere; GIT_CONFIG_* and GIT_SSH_* are the user's wish.
    if (!name.startsWith('GIT_') || /^GIT_(CONFIG|SSH|TRACE|CEILING)/.test(name)) env[name] = value
  }
  env['LC_ALL'] = 'C'
  env['GIT_TERMINAL_PROMPT'] = '0'
  env['GIT_OPTIONAL_LOCKS'] = '0'
  env['GIT_NO_REPLACE_OBJECTS'] = '1'
  if (location.alternates?.length) env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] = location.alternates.join(':')
  return env
}
