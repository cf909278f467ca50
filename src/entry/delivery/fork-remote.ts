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
  const told = await settings(clone, `^(remote\\..*\\.url|remote\\.pushdefault|branch\\..*\\.(push)?remote)$`)
  const urls = urlsAmong(told)
  const own = [...urls.keys()].filter((name) => !upstreamRemotes.includes(name))
  const set = [`branch.${base}.pushremote`, 'remote.pushdefault', `branch.${base}.remote`]
  const name =
    [...set.map((key) => told.get(key)), 'origin'].find((each) => each !== undefined && own.includes(each)) ??
    only(own)
  if (name === undefined) return undefined
  const hasBase = await asked(clone, ['rev-parse', '--verify', '--quiet', `refs/remotes/${name}/${base}`])
  return {
    name,
    hasBase: hasBase.length > 0,
    ...defined({ repository: gitHubRepository(urls.get(name) ?? '') }),
  }
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined
}

/** Every remote of a clone with its address. */
export async function remoteUrls(clone: GitLocation): Promise<ReadonlyMap<string, string>> {
  return urlsAmong(await settings(clone, '^remote\\..*\\.url$'))
}

function urlsAmong(told: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...told].flatMap(([key, value]) => {
      const name = /^remote\.(.+)\.url$/.exec(key)?.[1]
      return name === undefined ? [] : [[name, value] as const]
    }),
  )
}

/** The clone's settings whose names, as git writes them, match; the last value of each. */
async function settings(clone: GitLocation, pattern: string): Promise<ReadonlyMap<string, string>> {
  const told = await asked(clone, ['config', '-z', '--get-regexp', pattern])
  return new Map(
    told
      .split('\0')
      .slice(0, -1)
      .map((each) => {
        const end = each.indexOf('\n')
        return end < 0 ? ([each, ''] as const) : ([each.slice(0, end), each.slice(end + 1)] as const)
      }),
  )
}

/** What git answers; nothing, where it has no answer. */
async function asked(clone: GitLocation, args: readonly string[]): Promise<string> {
  return (await runGit(clone, args).catch(() => Buffer.alloc(0))).toString()
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
