import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { envHolds } from '../../core/explain/setup/env-holds.ts'
import { Refusal } from '../../core/model/problem.ts'

/** Settings as a file of the form `NAME=value`, which a shell, Docker, systemd and `kubectl` all read alike where nothing is quoted. */
export type EnvLines = Readonly<Record<string, string>>

/** What `setup` writes, and what would say the same of another App. */
const OURS = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET', 'GITHUB_API_URL', 'GHE_HOST']

/** Refuses a file that has settings of an App already, which may be the only place where its key is kept, and one that could not be replaced. */
export function refuseHeld(file: string): void {
  accessSync(dirname(realPath(file)), constants.W_OK | constants.X_OK)
  const held = heldIn(file)
  if (held.length > 0) throw new Refusal(envHolds(file, held))
}

/** Adds lines to a file, which only its owner can read from then on. Either all of it is written or nothing. Says where it was put. */
export function writeEnv(file: string, lines: EnvLines, free: string): string {
  // Somebody else may have been at it while GitHub was asked.
  const to = heldIn(file).length > 0 ? free : file
  const before = readIfThere(to)
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  const text = Object.entries(lines).map(([name, value]) => `${name}=${asWord(value)}\n`)
  const target = realPath(to)
  const beside = `${target}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(beside, `${before}${gap}${text.join('')}`, { mode: 0o600, flag: 'wx' })
    // What is masked at making a file is not for this one.
    chmodSync(beside, 0o600)
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  return to
}

/** What GitHub hands out needs no quotes, which Docker would take for a part of it; whatever else comes must not be run by a shell. */
function asWord(value: string): string {
  return /^[\w.:/+=@%-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

function heldIn(file: string): readonly string[] {
  const lines = readIfThere(file).split('\n')
  const names = lines.map((line) => /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1])
  return OURS.filter((name) => names.includes(name))
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** A link is followed: the file it leads to is the one that is read. */
function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
