import { existsSync } from 'node:fs'
import { lstat, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { readRefs } from '../../adapters/git/read-refs.ts'
import { GitFailure, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import { settledText, settledTitle } from '../../core/explain/settling/settled-text.ts'
import * as refuse from '../../core/explain/trouble/no-such-step.ts'
import { checkSettled } from '../../core/merge/settle/check-settled.ts'
import type { Signature } from '../../core/model/commit.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { settledTrailer, type Settlement } from '../../core/series/settlement.ts'
import { withTrailers } from '../../core/series/trailer.ts'
import { insideOf, removeSettling, type Settling, type SettlingState } from './settling.ts'

/** Looks at what a person made of the conflicts, and commits it to the branch. Whatever is not right yet is refused, and all stays. */
export async function finishSettling(common: string, settling: Settling): Promise<string> {
  const { state, folder } = settling
  if (!state?.isReady) throw new Refusal(refuse.settlingCutShort(folder))
  if (!existsSync(join(folder, '.git'))) throw new Refusal(refuse.folderGone(folder))
  const inside = await insideOf(settling)
  const tip = await tipOf(common, state.branch)
  const head = await textFrom(inside, ['rev-parse', 'HEAD'])
  if (tip === undefined || !(await isAncestor(inside, tip, head)))
    throw new Refusal(refuse.branchMoved({ branch: state.branch, folder, from: state.tip }))
  await refuseCheckedOut(common, settling)
  const problems = await problemsOf(inside, folder, state)
  if (problems.length > 0) throw new Refusal(problems)
  const who = await identity(inside)
  await runGit(inside, ['add', '--update'])
  const tree = await textFrom(inside, ['write-tree'])
  const commit = await commitOf(inside, { tree, head, who, state })
  await moveBranch(common, { state, folder }, { from: tip, to: commit })
  await removeSettling(common, settling)
  return commit
}

/** Somebody may have checked the branch out since; in the worktree itself, which is removed, that is no matter. */
async function refuseCheckedOut(common: string, { state, folder }: Settling): Promise<void> {
  const ref = `refs/heads/${state?.branch ?? ''}`
  const at = (await readRefs({ gitDir: common }, [ref])).checkedOut.get(ref)
  if (at === undefined || (existsSync(at) && (await realpath(at)) === (await realpath(folder)))) return
  throw new Refusal(refusalOf({ code: 'branch-checked-out', branch: state?.branch ?? '', at }))
}

async function problemsOf(
  inside: GitLocation,
  folder: string,
  state: SettlingState,
): Promise<readonly Problem[]> {
  const unmerged = new Set(await unmergedIn(inside))
  const status = await runGit(inside, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
  ])
  const rows = status.toString().split('\0')
  const strange = rows.filter((row) => row.startsWith('?? ')).map((row) => row.slice(3))
  const gone = rows.filter((row) => row.startsWith(' D ')).map((row) => row.slice(3))
  const mine = new Map(state.files.map((file) => [file.path, file]))
  const lost = [
    ...gone,
    ...[...unmerged].filter((path) => mine.get(path)?.isText && !existsSync(join(folder, path))),
  ]
  const undecided = [...unmerged].filter((path) => !mine.get(path)?.isText)
  const problems: Problem[] = []
  const marks: { path: string; line: number }[] = []
  for (const file of state.files) {
    for (const found of await unsettledIn(inside, folder, file)) {
      if (found.kind === 'mark') marks.push({ path: file.path, line: found.line })
      else problems.push(refuse.noYamlNow(file.path, found))
    }
  }
  return [
    ...(marks.length > 0 ? [refuse.marksLeft(marks)] : []),
    ...(undecided.length > 0 ? [refuse.undecided(undecided)] : []),
    ...problems,
    ...(strange.length > 0 ? [refuse.untracked(strange)] : []),
    ...(lost.length > 0 ? [refuse.goneUnsaid(lost)] : []),
  ]
}

async function unsettledIn(
  inside: GitLocation,
  folder: string,
  { path, isText, sides }: SettlingState['files'][number],
): Promise<ReturnType<typeof checkSettled>> {
  const place = join(folder, path)
  const found = await lstat(place).catch(() => undefined)
  if (!isText || !found?.isFile()) return []
  const before: Uint8Array[] = []
  for (const oid of sides) before.push(await runGit(inside, ['cat-file', 'blob', oid]))
  return checkSettled(path, await readFile(place), before)
}

async function commitOf(
  inside: GitLocation,
  {
    tree,
    head,
    who,
    state,
  }: { readonly tree: string; readonly head: string; readonly who: Identity; readonly state: SettlingState },
): Promise<string> {
  const settlements = state.files.flatMap(({ settles }) =>
    settles.map((each): Settlement & { title: string } => ({ ...each, side: 'hand' })),
  )
  const [first, ...more] = [...new Set(settlements.map(({ title }) => title))]
  const title =
    first !== undefined && more.length === 0
      ? settledTitle(first, 'hand')
      : `Settle the conflicts with ${state.release} by hand`
  const message = withTrailers(`${title}\n\n${settledText(settlements)}\n`, settlements.map(settledTrailer))
  const lines = [`tree ${tree}`, `parent ${head}`, `author ${who.author}`, `committer ${who.committer}`]
  return textFrom(
    inside,
    ['hash-object', '-t', 'commit', '-w', '--stdin'],
    `${lines.join('\n')}\n\n${message}`,
  )
}

interface Identity {
  readonly author: string
  readonly committer: string
}

async function identity(inside: GitLocation): Promise<Identity> {
  try {
    return {
      author: await textFrom(inside, ['var', 'GIT_AUTHOR_IDENT']),
      committer: await textFrom(inside, ['var', 'GIT_COMMITTER_IDENT']),
    }
  } catch (error) {
    if (error instanceof GitFailure) throw new Refusal(refuse.noIdentity())
    throw error
  }
}

/** Whoever runs this, as the author of a commit, now. */
export async function signatureIn(common: string): Promise<Signature> {
  const { author } = await identity({ gitDir: common })
  const [, name = '', email = '', time = '0', zone = '+0000'] =
    /^([^<>]*) <([^<>]*)> (\d+) ([-+]\d{4})$/.exec(author) ?? []
  return { name, email, time: Number(time), zone }
}

async function moveBranch(
  common: string,
  { state, folder }: { readonly state: SettlingState; readonly folder: string },
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const ref = `refs/heads/${state.branch}`
  await runGit({ gitDir: common }, ['update-ref', '-m', 'multiarch settle', ref, to, from]).catch(
    async (error: unknown) => {
      if ((await tipOf(common, state.branch)) === from) throw error
      throw new Refusal(refuse.branchMoved({ branch: state.branch, folder, from: state.tip }))
    },
  )
}

async function tipOf(common: string, branch: string): Promise<string | undefined> {
  return textFrom({ gitDir: common }, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).catch(
    (error: unknown) => {
      if (error instanceof GitFailure) return undefined
      throw error
    },
  )
}

async function isAncestor(inside: GitLocation, below: string, above: string): Promise<boolean> {
  try {
    await runGit(inside, ['merge-base', '--is-ancestor', below, above])
    return true
  } catch (error) {
    if (error instanceof GitFailure && error.status === 1) return false
    throw error
  }
}

async function unmergedIn(inside: GitLocation): Promise<readonly string[]> {
  const rows = (await runGit(inside, ['ls-files', '-z', '--unmerged'])).toString().split('\0')
  return rows.filter((row) => row !== '').map((row) => row.slice(row.indexOf('\t') + 1))
}

async function textFrom(where: GitLocation, args: readonly string[], input?: string): Promise<string> {
  return (await runGit(where, args, input)).toString().trim()
}
