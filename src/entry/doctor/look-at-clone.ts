import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GitFailure, NO_REPOSITORY, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { readConfigAt } from '../../app/repository/read-config-at.ts'
import { readForks, type ReadFork } from '../../app/repository/read-fork.ts'
import { knownReleases } from '../../app/repository/read-repository.ts'
import type { CloneFacts, ForkFacts, RemoteFacts } from '../../core/explain/doctor/doctor-facts.ts'
import { defined, optional } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { troubleOf } from '../commands/trouble-of.ts'
import { withClone, type OpenClone } from '../commands/open-clone.ts'
import { forkRemote, remoteUrls } from '../delivery/fork-remote.ts'
import { mayWrite } from './may-write.ts'

/** What a clone says of itself; nothing of it is changed, and no other machine is asked unless it is wished. */
export function lookAtClone(path: string, isOnline: boolean): Promise<CloneFacts> {
  return withClone({ path, for: 'reading', wants: 'facts' }, async (open) => {
    const { store, gitDir, upstreamRemotes, beside, forkOf: findFork } = open
    const clone = { gitDir }
    const flags = await told(clone, ['rev-parse', '--is-bare-repository', '--is-shallow-repository'])
    const common = resolve(gitDir, await told(clone, ['rev-parse', '--git-common-dir']))
    const releases = beside === 'nothing' ? [] : [...(await knownReleases(store)).keys()]
    const main = (await store.defaultBranch())?.replace(/^refs\/heads\//, '')
    const isShallow = flags.endsWith('true')
    return {
      gitDir,
      isBare: flags.startsWith('true'),
      isShallow,
      partial: await partialRemotes(clone),
      tags: {
        count: releases.length,
        isBeside: beside !== undefined,
        ...defined({ newest: releases.at(-1) }),
      },
      remotes: await remotesOf(clone, { upstreamRemotes, base: main ?? 'HEAD', isOnline }),
      notWritable: await notWritable(common),
      locks: ['packed-refs.lock', 'HEAD.lock', 'config.lock', 'shallow.lock']
        .map((name) => join(common, name))
        .filter((file) => existsSync(file)),
      underWay: UNDER_WAY.filter(([file]) => existsSync(join(gitDir, file))).map(([, what]) => what),
      checkedOut: await stepsCheckedOut(clone),
      settings: await settingsOf(store, main),
      fork: await forkOf(store, {
        upstreamRemotes,
        isShallow,
        hasTags: releases.length > 0,
        forkOf: findFork,
      }),
    }
  })
}

const UNDER_WAY = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['BISECT_LOG', 'a bisection'],
] as const

async function told(clone: GitLocation, args: readonly string[]): Promise<string> {
  const answer = await runGit(clone, args).catch((error: unknown) => {
    if (error instanceof GitFailure) return Buffer.alloc(0)
    throw error
  })
  return answer.toString().trim()
}

async function partialRemotes(clone: GitLocation): Promise<readonly string[]> {
  const set = await told(clone, ['config', '--get-regexp', '^remote\\..*\\.partialclonefilter$'])
  return [...set.matchAll(/^remote\.(.+)\.partialclonefilter /gm)].map(([, name = '']) => name)
}

async function remotesOf(
  clone: GitLocation,
  {
    upstreamRemotes,
    base,
    isOnline,
  }: { readonly upstreamRemotes: readonly string[]; readonly base: string; readonly isOnline: boolean },
): Promise<readonly RemoteFacts[]> {
  const fork = await forkRemote(clone, { upstreamRemotes, base })
  const urls = [...(await remoteUrls(clone))]
  return Promise.all(
    urls.map(async ([name, url]): Promise<RemoteFacts> => {
      const own = name === fork?.name ? ('fork' as const) : ('other' as const)
      return {
        name,
        url: url.replace(/\/\/[^/@]*@/, '//'),
        role: upstreamRemotes.includes(name) ? 'upstream' : own,
        ...defined({ reachable: isOnline ? await isReachable(url) : undefined }),
      }
    }),
  )
}

/** Asked from no repository: by which programs others are talked to, the clone's settings do not say. */
async function isReachable(url: string): Promise<NonNullable<RemoteFacts['reachable']>> {
  try {
    await runGit(NO_REPOSITORY, ['ls-remote', '--quiet', '--', url, 'HEAD'])
    return true
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    return {
      why:
        error.stderr
          .trim()
          .split('\n')[0]
          ?.replace(/\/\/[^/@]*@/g, '//') ?? '',
    }
  }
}

async function notWritable(common: string): Promise<readonly string[]> {
  const folders = [common, join(common, 'objects'), join(common, 'refs/heads')]
  const may = await Promise.all(folders.map(mayWrite))
  return folders.filter((_, at) => !may[at])
}

async function stepsCheckedOut(clone: GitLocation): Promise<CloneFacts['checkedOut']> {
  const listed = await told(clone, ['worktree', 'list', '--porcelain'])
  return listed.split('\n\n').flatMap((entry) => {
    const path = /^worktree (.*)$/m.exec(entry)?.[1]
    const branch = /^branch refs\/heads\/(multiarch\/.*)$/m.exec(entry)?.[1]
    return path === undefined || branch === undefined ? [] : [{ branch, path }]
  })
}

async function settingsOf(store: ObjectStore, main: string | undefined): Promise<CloneFacts['settings']> {
  const found = await store.resolve('HEAD')
  const reading = found && (await readConfigAt(store, found.oid))
  if (reading?.kind === 'problems') return reading
  return { branch: main ?? 'HEAD', kind: reading ? 'fine' : 'none' }
}

interface ForkQuestion {
  readonly upstreamRemotes: readonly string[]
  readonly isShallow: boolean
  readonly hasTags: boolean
  readonly forkOf: OpenClone['forkOf']
}

function forkFacts({ branch, fork: { base, series, standing } }: ReadFork): ForkFacts {
  return {
    ...optional(standing.cluster, ({ name }) => ({ cluster: name })),
    branch: branch.name,
    base,
    layout: standing.layout,
    patches: series.patches.length,
    ownFiles: series.ownFiles.size,
  }
}

/** The fork as every other command reads it; what would stop those is what is told here. */
async function forkOf(
  store: ObjectStore,
  { upstreamRemotes, isShallow, hasTags, forkOf: findFork }: ForkQuestion,
): Promise<CloneFacts['fork']> {
  if (isShallow) return { notLooked: 'shallow' }
  if (!hasTags) return { notLooked: 'no-tags' }
  try {
    return {
      forks: (await readForks(store, { upstreamRemotes, ...defined({ forkOf: findFork }) })).map(forkFacts),
    }
  } catch (error) {
    if (error instanceof Refusal) return { problems: error.problems }
    const trouble = troubleOf(error)
    if (trouble) return { problems: [trouble] }
    throw error
  }
}
