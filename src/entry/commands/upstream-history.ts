import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GitFailure, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { cacheFolder } from '../cache/cache-folder.ts'
import type { Progress } from '../../ports/progress.ts'
import { Refusal } from '../../core/model/problem.ts'

/** The one that people mean who name none. */
export const KUBESPRAY = 'https://github.com/kubernetes-sigs/kubespray'

/** How long what was fetched counts as new; upstream releases every few weeks. */
const FRESH_MS = 15 * 60 * 1000

/** Upstream's releases and its own branches, under the names that they have there. */
const SPECS = {
  upstream: [
    '+refs/tags/v*:refs/tags/v*',
    '+refs/heads/master*:refs/heads/master*',
    '+refs/heads/release-*:refs/heads/release-*',
  ],
  fork: ['+refs/tags/v*:refs/tags/v*', '+refs/heads/*:refs/heads/*'],
}

/**
 * A repository of ours with upstream's history, in the user's folder for caches; all commands share it. It is fetched when it is
 * older than a quarter of an hour; where that fails, what was fetched before serves, and is said to be older.
 */
export async function upstreamHistory(
  url: string,
  { env = process.env, tell, progress, of = 'upstream' }: HistoryRequest,
): Promise<GitLocation> {
  const kept = keptAt(url, env, of)
  const fetched = await whenFetched(url, env, of)
  if (fetched !== undefined && Date.now() - fetched < FRESH_MS) return kept
  progress?.({ code: 'fetching', from: url })
  try {
    if (!existsSync(join(kept.gitDir, 'HEAD'))) {
      await mkdir(kept.gitDir, { recursive: true })
      await runGit(kept, ['init', '--quiet', '--bare', '--template='])
    }
    await runGit(kept, ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', url, ...SPECS[of]])
    await writeFile(join(kept.gitDir, MARKER), '')
  } catch (error) {
    if (!(error instanceof GitFailure) || error.command !== 'fetch') throw error
    const why = error.stderr.trim().split('\n')[0] ?? ''
    if (fetched === undefined) throw new Refusal(unreachable(url, why))
    tell(`I could not reach ${url} (${why}), so I go by what I fetched on ${dayOf(fetched)}.\n`)
  }
  return kept
}

interface HistoryRequest {
  readonly env?: NodeJS.ProcessEnv
  readonly progress?: Progress | undefined
  /** A fork's branches may be called anything. */
  readonly of?: Kept
  tell(this: void, line: string): void
}

/** What is kept of an address, without asking anybody; absent where nothing is. */
export async function keptHistory(url: string): Promise<GitLocation | undefined> {
  const fetched = await whenFetched(url)
  return fetched === undefined ? undefined : keptAt(url, process.env, 'upstream')
}

/** When what is kept of an address was fetched, as the time of its clock; absent where nothing is kept. */
export async function whenFetched(
  url: string,
  env: NodeJS.ProcessEnv = process.env,
  of: Kept = 'upstream',
): Promise<number | undefined> {
  return stat(join(keptAt(url, env, of).gitDir, MARKER)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
}

const MARKER = 'multiarch-fetched'

/** Whose history it is. */
type Kept = keyof typeof SPECS

function keptAt(url: string, env: NodeJS.ProcessEnv, of: Kept): GitLocation {
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16)
  return { gitDir: join(cacheFolder(env), `${of}-${name}.git`) }
}

function unreachable(url: string, why: string): { readonly code: string; readonly message: string } {
  return {
    code: 'upstream-unreachable',
    message: `I could not fetch upstream's tags from \`${url}\`: ${why}`,
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
