import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { GitFailure, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { Refusal } from '../../core/model/problem.ts'

/** The one that people mean who name none. */
export const KUBESPRAY = 'https://github.com/kubernetes-sigs/kubespray'

/** How long what was fetched counts as new; upstream releases every few weeks. */
const FRESH_MS = 15 * 60 * 1000

/** Upstream's releases and its own branches, under the names that they have there. */
const SPECS = [
  '+refs/tags/v*:refs/tags/v*',
  '+refs/heads/master*:refs/heads/master*',
  '+refs/heads/release-*:refs/heads/release-*',
]

/**
 * A repository of ours with upstream's history, in the user's folder for caches; all commands share it. It is fetched when it is
 * older than a quarter of an hour; where that fails, what was fetched before serves, and is said to be older.
 */
export async function upstreamHistory(
  url: string,
  { env = process.env, tell }: { readonly env?: NodeJS.ProcessEnv; tell(this: void, line: string): void },
): Promise<GitLocation> {
  const caches = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16)
  const kept: GitLocation = { gitDir: join(caches, 'kubespray-multiarch', `upstream-${name}.git`) }
  const marker = join(kept.gitDir, 'multiarch-fetched')
  const fetched = await stat(marker).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
  if (fetched !== undefined && Date.now() - fetched < FRESH_MS) return kept
  try {
    if (!existsSync(join(kept.gitDir, 'HEAD'))) {
      await mkdir(kept.gitDir, { recursive: true })
      await runGit(kept, ['init', '--quiet', '--bare', '--template='])
    }
    await runGit(kept, ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', url, ...SPECS])
    await writeFile(marker, '')
  } catch (error) {
    if (!(error instanceof GitFailure) || error.command !== 'fetch') throw error
    const why = error.stderr.trim().split('\n')[0] ?? ''
    if (fetched === undefined) throw new Refusal(unreachable(url, why))
    tell(`I could not reach ${url} (${why}), so I go by what I fetched on ${dayOf(fetched)}.\n`)
  }
  return kept
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
