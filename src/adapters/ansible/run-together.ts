import { spawn } from 'node:child_process'

interface Together {
  readonly status: number | undefined
  readonly timedOut: boolean
  readonly out: string
  readonly err: string
}

interface How {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** In milliseconds. */
  readonly limit: number
  /** What has to go before this process may be ended from outside. */
  readonly onStopped?: () => void
}

/** More than this nobody reads; what comes after it is dropped, and the process goes on. */
const LONGEST = 16_000_000

/** The signals by which people and machines end a command. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program with a list of arguments, never through a shell, in a process group of its own: Ansible forks workers, and whatever
 * is left of them ends with it, on a time-out, and when we are stopped ourselves. A program that is not there throws as `spawn` does.
 */
export function runTogether(program: string, args: readonly string[], how: How): Promise<Together> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: how.cwd,
      env: how.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out = collected(child.stdout)
    const err = collected(child.stderr)
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      endGroup(child.pid)
    }, how.limit)
    const stopped = (signal: NodeJS.Signals): void => {
      endGroup(child.pid)
      how.onStopped?.()
      release()
      process.kill(process.pid, signal)
    }
    const release = (): void => {
      clearTimeout(timer)
      for (const signal of STOPPING) process.removeListener(signal, stopped)
    }
    for (const signal of STOPPING) process.on(signal, stopped)
    child.on('error', (error) => {
      release()
      fail(error)
    })
    // A worker that outlives its parent may hold the pipes open: the group ends as soon as the program has.
    child.on('exit', () => endGroup(child.pid))
    child.on('close', (code) => {
      release()
      done({ status: code ?? undefined, timedOut, out: out(), err: err() })
    })
  })
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nobody of the group is left.
  }
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length < LONGEST) chunks.push(chunk)
    length += chunk.length
  })
  return () => Buffer.concat(chunks).toString()
}
