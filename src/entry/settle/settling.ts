import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { runGit, type GitLocation } from '../../adapters/git/run-git.ts'

/** What is known of a worktree in which a person settles conflicts; kept beside what git keeps of it, and gone with it. */
const STATE = z.object({
  branch: z.string(),
  /** Where the branch was when the worktree was made. */
  tip: z.string(),
  release: z.string(),
  /** Whether every file is written. */
  isReady: z.boolean(),
  /** The text beside it. */
  notes: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      /** Whether its lines could be merged. */
      isText: z.boolean(),
      /** The blobs of the two sides; none where a side has no such file. */
      sides: z.array(z.string()),
      settles: z.array(
        z.object({ patch: z.string(), title: z.string(), conflict: z.string(), path: z.string() }),
      ),
    }),
  ),
})

export type SettlingState = z.infer<typeof STATE>

export interface Settling {
  /** Absent where it was cut short before anything was noted. */
  readonly state: SettlingState | undefined
  readonly folder: string
  /** Where git keeps what it knows of the worktree. */
  readonly admin: string
}

const FILE = 'multiarch-settling.json'
/** What git shows of a worktree of ours, and by what one is known that was cut short. */
export const LOCK_REASON = 'multiarch settle'

/** The clone itself, also where a path leads into one of its worktrees. */
export async function commonDir(gitDir: string): Promise<string> {
  const said = (await runGit({ gitDir }, ['rev-parse', '--git-common-dir'])).toString().trim()
  return resolve(gitDir, said)
}

/** Every settling that is under way in a clone, or was cut short. */
export async function findSettlings(common: string): Promise<readonly Settling[]> {
  const folder = join(common, 'worktrees')
  if (!existsSync(folder)) return []
  const found: Settling[] = []
  for (const name of await readdir(folder)) {
    const admin = join(folder, name)
    const lock = await textOf(join(admin, 'locked'))
    if (lock.trim() !== LOCK_REASON && !existsSync(join(admin, FILE))) continue
    const place = (await textOf(join(admin, 'gitdir'))).trim()
    found.push({ state: readState(await textOf(join(admin, FILE))), folder: dirname(place), admin })
  }
  return found
}

async function textOf(path: string): Promise<string> {
  return existsSync(path) ? readFile(path, 'utf8') : ''
}

function readState(text: string): SettlingState | undefined {
  try {
    return STATE.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Whole or not at all. */
export async function writeState(admin: string, state: SettlingState): Promise<void> {
  const path = join(admin, FILE)
  await writeFile(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`)
  await rename(`${path}.new`, path)
}

/** Takes a settling away: the worktree, what git knows of it, and the text beside it. */
export async function removeSettling(common: string, { folder, admin, state }: Settling): Promise<void> {
  if (state) await rm(state.notes, { force: true })
  await rm(folder, { recursive: true, force: true })
  await rm(admin, { recursive: true, force: true })
  await runGit({ gitDir: common }, ['worktree', 'prune'])
}

/** Commands on the worktree, in which nothing runs that a clone's settings name for contents of files. */
export async function insideOf({ folder, admin }: Pick<Settling, 'folder' | 'admin'>): Promise<GitLocation> {
  return { gitDir: admin, workTree: folder, settings: await withoutFilters(admin) }
}

/** A filter is a program; without one, contents come as they are. */
export async function withoutFilters(gitDir: string): Promise<readonly string[]> {
  const named = await runGit({ gitDir }, ['config', '--name-only', '--get-regexp', '^filter\\.']).catch(() =>
    Buffer.alloc(0),
  )
  const names = new Set(
    [...named.toString().matchAll(/^filter\.(.+)\.\w+$/gm)].map(([, name]) => name as string),
  )
  return [...names].flatMap((name) => [
    `filter.${name}.smudge=`,
    `filter.${name}.clean=`,
    `filter.${name}.process=`,
    `filter.${name}.required=false`,
  ])
}
