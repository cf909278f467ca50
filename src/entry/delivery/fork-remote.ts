import { runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { defined } from '../../core/model/defined.ts'
import type { Delivery } from '../../core/explain/texts/delivery-blocks.ts'

interface RemoteQuestion {
  /** Remotes of the clone that are upstream's. */
  readonly upstreamRemotes: readonly string[]
  /** The branch that the step is for. */
  readonly base: string
}

/**
 * Where the fork's branches are pushed to: where the branch itself goes by the clone's settings, else `origin`, else the only remote
 * that is not upstream's. None where that does not tell.
 */
export async function forkRemote(
  clone: GitLocation,
  { upstreamRemotes, base }: RemoteQuestion,
): Promise<Delivery['remote']> {
  const urls = await remoteUrls(clone)
  const own = [...urls.keys()].filter((name) => !upstreamRemotes.includes(name))
  const set = await Promise.all(
    [`branch.${base}.pushRemote`, 'remote.pushDefault', `branch.${base}.remote`].map((key) =>
      setting(clone, key),
    ),
  )
  const name = [...set, 'origin'].find((each) => each !== undefined && own.includes(each)) ?? only(own)
  if (name === undefined) return undefined
  const hasBase = await setting(clone, undefined, [
    'rev-parse',
    '--verify',
    '--quiet',
    `refs/remotes/${name}/${base}`,
  ])
  return {
    name,
    hasBase: hasBase !== undefined,
    ...defined({ repository: gitHubRepository(urls.get(name) ?? '') }),
  }
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined
}

/** Every remote of a clone with its address. */
export async function remoteUrls(clone: GitLocation): Promise<ReadonlyMap<string, string>> {
  const told = await setting(clone, undefined, ['config', '--get-regexp', '^remote\\..*\\.url$'])
  return new Map(
    [...(told ?? '').matchAll(/^remote\.(.+)\.url (.*)$/gm)].map(([, name = '', url = '']) => [name, url]),
  )
}

async function setting(
  clone: GitLocation,
  key: string | undefined,
  args: readonly string[] = ['config', '--get', key ?? ''],
): Promise<string | undefined> {
  const told = await runGit(clone, args).catch(() => Buffer.alloc(0))
  return told.toString().trim() || undefined
}

/** `owner/name` on GitHub, and `host/owner/name` on one of a company's own, as `gh` takes it; absent where it is no GitHub. */
export function gitHubRepository(url: string): string | undefined {
  const found =
    /^(?:(?:https?|ssh|git):\/\/(?:[^/@]+@)?|[^/@:]+@)([^/:]+)(?::\d+)?[/:]([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(
      url,
    )
  const [, host = '', owner = '', name = ''] = found ?? []
  if (/^(?:www\.|ssh\.)?github\.com$/i.test(host)) return `${owner}/${name}`
  return /(?:^|\.)(?:github|ghe)\./i.test(host) ? `${host}/${owner}/${name}` : undefined
}
