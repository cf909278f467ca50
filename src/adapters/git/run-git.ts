import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { devNull } from 'node:os'
import { defined } from '../../core/model/defined.ts'

/** Where the objects are: a git directory, and folders of objects borrowed from elsewhere for reading. */
export interface GitLocation {
  readonly gitDir: string
  /** Object folders (`…/objects`) to read from besides the repository's own; never written to. */
  readonly alternates?: readonly string[]
  /** The folder that new objects go to, where it is not the repository's own. */
  readonly objects?: string
  /** The working tree, where a command works on one. */
  readonly workTree?: string
  /** Settings that hold instead of the clone's own, `name=value`. */
  readonly settings?: readonly string[]
}

/** A command that talks to other repositories may use these ways; none of them runs what a repository's settings say. */
const NETWORK = 'file:git:http:https:ssh'

/** A git command that ended with another status than 0. */
export class GitFailure extends Error {
  readonly command: string
  readonly status: number | undefined
  readonly stderr: string

  constructor(args: readonly string[], status: number | undefined, stderr: string) {
    super(`git ${args[0] ?? ''} failed (${status ?? 'killed by a signal'}): ${stderr.trim()}`)
    this.name = 'GitFailure'
    this.command = args[0] ?? ''
    this.status = status
    this.stderr = stderr
  }
}

/** Where git runs for whoever talks to another repository from none: the settings of no clone say by what programs. */
export const NO_REPOSITORY: GitLocation = { gitDir: devNull }

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
  const { status, signal } = await new Promise<{ status?: number; signal?: string }>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, killed) =>
      done(defined({ status: code ?? undefined, signal: killed ?? undefined })),
    )
  })
  if (status !== 0) {
    // Killed, it had no last words; a limit of the machine is mostly why.
    const said = Buffer.concat(err).toString()
    throw new GitFailure(args, status, signal === undefined ? said : `${said}\nended by ${signal}`)
  }
  return Buffer.concat(out)
}

/**
 * Reading and writing objects and refs needs nothing that a clone's own settings could have git run: no hooks, no watcher of files, no
 * tidying up behind us.
 */
const QUIET = [
  ...['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false'],
  ...['-c', 'maintenance.auto=false', '-c', 'gc.auto=0'],
  '--no-pager',
]

/** Starts git in the given repository, deaf to the caller's GIT_* variables. */
export function startGit(location: GitLocation, args: readonly string[]): ChildProcessWithoutNullStreams {
  const env = cleanEnvironment(location, args[0] === 'fetch' || args[0] === 'ls-remote' ? NETWORK : 'none')
  const workTree = location.workTree === undefined ? [] : ['--work-tree', location.workTree]
  const settings = (location.settings ?? []).flatMap((each) => ['-c', each])
  return spawn('git', ['--git-dir', location.gitDir, ...workTree, ...QUIET, ...settings, ...args], { env })
}

function cleanEnvironment(location: GitLocation, protocols: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(process.env)) {
    // GIT_DIR, GIT_INDEX_FILE and the like would point git elsewhere; GIT_CONFIG_* and GIT_SSH_* are the user's wish, GIT_AUTHOR_* their name.
    if (!name.startsWith('GIT_') || /^GIT_(?:CONFIG|SSH|TRACE|CEILING|AUTHOR|COMMITTER)/.test(name))
      env[name] = value
  }
  env['LC_ALL'] = 'C'
  env['GIT_TERMINAL_PROMPT'] = '0'
  // Said to be none, so that no other program that asks for a password is looked for: windows would open, and nobody would see why.
  env['GIT_ASKPASS'] = ''
  env['GIT_OPTIONAL_LOCKS'] = '0'
  env['GIT_NO_REPLACE_OBJECTS'] = '1'
  env['GIT_GRAFT_FILE'] = devNull
  // A partial clone would ask its remote for what it lacks, by whatever program its settings name for that.
  env['GIT_NO_LAZY_FETCH'] = '1'
  env['GIT_ALLOW_PROTOCOL'] = protocols
  if (location.alternates?.length) env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] = location.alternates.join(':')
  if (location.objects !== undefined) env['GIT_OBJECT_DIRECTORY'] = location.objects
  return env
}
