import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runGit } from '../../adapters/git/run-git.ts'
import { openSettling } from '../../app/step/open-settling.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { terminal } from '../../core/explain/blocks/terminal.ts'
import * as words from '../../core/explain/settling/settling-notes.ts'
import * as refuse from '../../core/explain/trouble/no-such-step.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { say, sayJson } from '../print/say.ts'
import { beginSettling, refuseFolderInside, settlingFolder } from './begin-settling.ts'
import { finishSettling } from './finish-settling.ts'
import { commonDir, findSettlings, removeSettling, type Settling, type SettlingState } from './settling.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { EXIT } from '../commands/exit.ts'
import { findGitDir } from '../commands/clone/find-git-dir.ts'
import { withClone } from '../commands/open-clone.ts'

export interface SettleOptions {
  readonly as?: string
  readonly into?: string
  readonly branch?: string
  readonly cluster?: string
  readonly upstream?: string
  readonly continue?: true
  readonly abort?: true
  readonly json?: true
}

/** Settles the conflicts of a step in files: makes the worktree, commits what a person made of it, or gives it up. */
export async function runSettle(repo: string, options: SettleOptions): Promise<number> {
  if (options.continue && options.abort) throw new Refusal(refuse.settledTwoWays())
  const common = await commonDir(await findGitDir(repo))
  const settlings = await findSettlings(common)
  if (options.continue) return goOn(common, oneOf(settlings, options), options)
  if (options.abort) return giveUp(common, oneOf(settlings, options), options)
  await refuseFolderInside(common, options.into)
  return begin(common, settlings, { ...options, repo })
}

async function begin(
  common: string,
  settlings: readonly Settling[],
  { repo, ...options }: SettleOptions & { readonly repo: string },
): Promise<number> {
  const where = {
    path: common,
    for: 'reading' as const,
    ...defined({ upstream: options.upstream || undefined }),
  }
  const { folder, state } = await withClone(where, async ({ store, upstreamRemotes }) => {
    const { as, branch, cluster } = options
    const names = { as: as || undefined, branch: branch || undefined, cluster: cluster || undefined }
    const open = await openSettling(store, { upstreamRemotes, ...defined(names), cache: catalogueCache() })
    const there = settlings.find((each) => each.state === undefined || each.state.branch === open.branch)
    if (there?.state?.isReady) throw new Refusal(refuse.settlingThere(open.branch, there.folder))
    if (there) throw new Refusal(refuse.settlingCutShort(there.folder))
    const folder = await settlingFolder(common, open, options.into)
    return beginSettling(store, open, { common, folder })
  })
  tell(options, words.settlingBegun(state, { folder, repo }), { ...shown(state), folder, notes: state.notes })
  return EXIT.person
}

async function goOn(common: string, settling: Settling, options: SettleOptions): Promise<number> {
  const commit = await finishSettling(common, settling)
  const { state, folder } = settling
  if (state) tell(options, words.settlingDone(state, { commit, folder }), { ...shown(state), commit })
  return EXIT.done
}

async function giveUp(common: string, settling: Settling, options: SettleOptions): Promise<number> {
  const { state, folder } = settling
  const head = await headOf(settling)
  await removeSettling(common, settling)
  const own = head === state?.tip ? undefined : head
  const json = { ...defined({ branch: state?.branch }), removed: folder, ...defined({ head: own }) }
  tell(options, words.settlingGivenUp(state?.branch, { folder, head: own }), json)
  return EXIT.done
}

async function headOf({ admin }: Settling): Promise<string | undefined> {
  if (!existsSync(join(admin, 'HEAD'))) return undefined
  const said = await runGit({ gitDir: admin }, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(
    () => undefined,
  )
  return said?.toString().trim()
}

function oneOf(settlings: readonly Settling[], { as }: SettleOptions): Settling {
  const meant = as ? settlings.filter(({ state }) => state?.branch === as) : settlings
  const [one, ...more] = meant
  if (!one) throw new Refusal(refuse.noSettling())
  if (more.length === 0) return one
  throw new Refusal(refuse.severalSettlings(meant.flatMap(({ state }) => state?.branch ?? [])))
}

function shown({ branch, release, files }: SettlingState): object {
  return {
    branch,
    release,
    files: files.map(({ path, isText, settles }) => ({
      path,
      kind: isText ? 'text' : 'whole',
      patches: settles.map(({ patch, title }) => ({ id: patch, title })),
    })),
  }
}

function tell({ json }: SettleOptions, blocks: readonly Block[], facts: object): void {
  if (json) sayJson({ schema: SCHEMA, ...facts })
  else say(terminal(blocks))
}
