import { defined } from '../../model/defined.ts'
import type { CommandProblem } from '../../commands/parse-commands.ts'
import { isOid, type Oid } from '../../model/oid.ts'
import type { ClusterState } from '../../commands/cluster-state.ts'
import type { Problem } from '../../model/problem.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { inlineMarkdown, markdown } from '../blocks/markdown.ts'
import { clusterHeading } from '../blocks/cluster-heading.ts'
import { code, joined, link, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { ownCommit, upstreamRelease } from '../linked-reference.ts'
import { markAtEnd, marker } from '../marker.ts'
import { plural } from '../plural.ts'
import { renderState } from '../render-state.ts'
import { withinLimit } from '../within-limit.ts'
import { routeBlocks } from './route-blocks.ts'
import { endOfWay, renderSteps, type WayAhead } from './render-steps.ts'

/** One answer for one comment: its outcomes in order, and the mark by which we know that it is answered. */
export function answerComment(comment: number, outcomes: readonly string[]): string {
  return withinLimit(outcomes.join('\n\n'), `\n\n${marker('answer', comment)}\n`)
}

/** What an answer of ours answers. */
interface Answer {
  /** The id of the comment. */
  readonly to: number
  /** It says to this login that commands are not taken from it, and answers all of its comments up to that one. */
  readonly refuses?: string
}

/**
 * Reads a comment of ours as an answer. Only the mark at its very end counts: what is quoted above it may look like one, and
 * so may what somebody else wrote.
 */
export function readAnswer(body: string): Answer | undefined {
  const to = markAtEnd(body, 'answer')
  if (to === undefined || !/^\d+$/.test(to)) return undefined
  const refuses = REFUSAL.exec(body)?.[1]
  return { to: Number(to), ...defined({ refuses }) }
}

/** A refusal is one line of ours and the two marks; an answer that quotes such a line holds more. */
const REFUSAL = /^Sorry, [^\r\n]+ <!-- multiarch:refused ([\w./:-]+) -->\s*<!-- multiarch:answer \d+ -->\s*$/

/**
 * Stands in the place of an answer while it is worked out, so that whoever takes up the work of a process that ended sees where
 * it began: the branch may have been built, people may have pushed to it since, and what a number meant may mean another patch.
 */
export function begun(comment: number, { branch, from, meant = [] }: Begun): string {
  const text = say`I work on ${code(branch)}, which stood at ${commitLink(from)} when I began. What comes of it will stand here.`
  const noted = meant.map(({ index, id, words }) => `${index}-${id}-${words}`)
  return `${inlineMarkdown(text)}\n\n${marker('begun', [comment, from, ...noted].join(':'))}\n`
}

interface Begun {
  readonly branch: string
  /** The branch's head then. */
  readonly from: Oid
  /** The patches that its commands mean. */
  readonly meant?: readonly NotedPatch[]
}

/** Which patch a command of a comment means. */
export interface NotedPatch {
  /** Which of the comment's commands, from 0. */
  readonly index: number
  readonly id: string
  /** How many words of the command name it. */
  readonly words: number
}

/** Reads such a comment of ours: which comment it is for, where the branch stood, and what was meant. */
export function readBegun(
  body: string,
): { readonly to: number; readonly from: Oid; readonly meant: readonly NotedPatch[] } | undefined {
  const [to = '', from = '', ...noted] = (markAtEnd(body, 'begun') ?? '').split(':')
  if (!/^\d+$/.test(to) || !isOid(from)) return undefined
  const meant = noted.flatMap((each) => {
    const [, index, id, words] = /^(\d+)-([\w./]+)-(\d+)$/.exec(each) ?? []
    return id === undefined ? [] : [{ index: Number(index), id, words: Number(words) }]
  })
  return { to: Number(to), from, meant }
}

/** From a comment in the same repository; whole, so that it can be fetched by its id. */
function commitLink(commit: Oid): Text {
  return [link(ownCommit('..', commit), code(commit))]
}

/** Whoever misses something finds it there. */
export function stoodAt(from: Oid): string {
  return inlineMarkdown(say`Before, it stood at ${commitLink(from)}.`)
}

/** A branch that was to be thrown away had been built already, and people have pushed to it since. */
export function keptSince(): string {
  return inlineMarkdown(
    say`I had begun this once and was interrupted. What was pushed since then I did not throw away; ${code('/multiarch recreate')} does, if you say it again.`,
  )
}

/** Says which line was not understood; the sentence is the parser's own. */
export function notUnderstood({ line, message }: CommandProblem): string {
  return inlineMarkdown(say`Line ${line}: ${sentence(message)}`)
}

/** What a person can mend, as whoever met it worded it. */
export function refused(problems: readonly Problem[]): string {
  return markdown(problems.map(({ message }) => paragraph(sentence(message))))
}

export function mayNotCommand(login: string): string {
  const text = say`Sorry, ${code(`@${login}`)}: commands change this repository, so I take them only from people who may write to it. Somebody with write permission can give the same command.`
  return `${inlineMarkdown(text)} ${marker('refused', login)}`
}

/** The way ahead, each step with its reasons, and where it ends. */
export function planned(way: WayAhead): string {
  return markdown([
    ...(way.steps.length > 0 ? routeBlocks({ steps: way.steps }, 'pull-request') : renderSteps(way)),
    ...endOfWay(way),
  ])
}

/** What somebody asked to see stands open. */
export function unfolded(detail: readonly Block[]): string {
  return markdown(detail.map((block) => (block.kind === 'fold' ? { ...block, isOpen: true } : block)))
}

export function wasEdited(): string {
  return 'This comment was changed after it was written, and I take commands only as they were written: somebody may have answered to the old words. Write a new comment, please.'
}

export function noSuchPatch(said: string, nearest: string | undefined): string {
  const hint = nearest
    ? say` Did you mean “${quoted(nearest)}”?`
    : ' Its number in the table is the surest name.'
  return inlineMarkdown(say`I find no patch ${code(said)} in this pull request.${hint}`)
}

export function severalPatches(said: string, titles: readonly string[]): string {
  return markdown([
    paragraph(say`${code(said)} could be several patches; name it by its number in the table:`),
    list(titles.map((title) => [quoted(title)])),
  ])
}

/*
 * What was decided is said as it holds now, not as what changed: a job that died after deciding and before answering
 * would otherwise say that nothing changed.
 */

export function held(cluster?: string): string {
  const where = cluster === undefined ? 'in this repository' : say`for the cluster ${code(cluster)}`
  return inlineMarkdown(
    say`I hold: nothing is proposed or moved ${where} until somebody writes ${code('/multiarch resume')}.`,
  )
}

export function resumed(cluster?: string): string {
  const where = cluster === undefined ? '' : say` with the cluster ${code(cluster)}`
  return inlineMarkdown(say`I go on${where}: nothing is on hold, and no release counts as skipped.`)
}

/** What was decided for the whole repository holds for each of several clusters. */
export function resumedAlone(cluster: string): string {
  return inlineMarkdown(
    say`What was decided for the cluster ${code(cluster)} is taken back. A hold or a skip of the whole repository stands: ${code('/multiarch resume')} on the dashboard ends that.`,
  )
}

export function skipped(release: ReleaseTag, cluster?: string): string {
  const to = cluster === undefined ? '' : say` to the cluster ${code(cluster)}`
  return inlineMarkdown(
    say`I will not propose ${releaseLink(release)}${to}. ${code('/multiarch resume')} takes that back.`,
  )
}

/** Which of several clusters runs what was merged, nobody says on the dashboard. */
export function appliedWhich(clusters: readonly string[]): string {
  return inlineMarkdown(
    say`There are several clusters here (${listed(clusters.map(code))}), so I noted nothing. Write ${code('/multiarch applied')} under the pull request of the one that runs it by now; a merged one takes comments as well.`,
  )
}

/** An answer about one of several clusters. */
export function ofCluster(name: string, answer: string): string {
  return `${markdown([clusterHeading(name)]).trimEnd()}\n\n${answer}`
}

export function noSuchRelease(release: string, near: ReleaseTag | undefined): string {
  const hint = near === undefined ? '' : say` The nearest that it has is ${releaseLink(near)}.`
  return inlineMarkdown(say`Upstream has no release ${code(release)}, so there is nothing to skip.${hint}`)
}

function releaseLink(release: ReleaseTag): Text {
  return [link(upstreamRelease(release), code(release))]
}

export function applied(state: ClusterState, advance: 'on-merge' | 'on-applied'): string {
  const then =
    advance === 'on-applied'
      ? 'The next step may be proposed.'
      : say`Nothing waited for it: without ${code('advance: on-applied')} the next step follows the merge.`
  return inlineMarkdown(say`Noted: the cluster runs ${renderState(state)}. ${then}`)
}

export function rechecked(tally: string, open: boolean): string {
  const end = open
    ? 'Something is left for you to settle; the check says what.'
    : 'Nothing is left to settle.'
  return `I looked at the branch as it is now${tally === '' ? '' : `: ${tally}`}. ${end}`
}

interface Rebuilt {
  readonly change: 'created' | 'moved' | 'unchanged' | 'kept'
  /** Why it was left as it is, in one sentence. */
  readonly why?: string
}

export function rebuilt({ change, why = '' }: Rebuilt, tally: string): string {
  const sentences = {
    created: say`I built the branch.`,
    moved: say`I built the branch again on the newest state.`,
    unchanged: say`The branch is as I would build it now, so I left it alone.`,
    kept: say`${why === '' ? '' : say`${sentence(why)} `}So I left the branch as it is and checked it again. ${code('/multiarch recreate')} builds it from nothing, without the commits of people.`,
  } as const
  return inlineMarkdown(say`${sentences[change]}${tally === '' ? '' : ` The patches: ${tally}.`}`)
}

/** Says that a person's commits were put on top of a branch that was built again. */
export function onTop(commits: readonly string[]): string {
  if (commits.length === 0) return ''
  const [which, is] =
    commits.length === 1 ? ['The commit', 'is'] : [`The ${plural(commits.length, 'commit')}`, 'are']
  return `${which} that you added ${is} on top of it, as before.`
}

export function carriedAnyway(title: string): string {
  return inlineMarkdown(say`“${quoted(title)}” is carried as it is, so there was nothing to take back.`)
}

export function nothingToKeep(title: string): string {
  return inlineMarkdown(
    say`I carry “${quoted(title)}” from now on, but on this release nothing is left of it to carry: what it changes is there already, or what it changed is gone.`,
  )
}

export function thrownAway(commits: readonly Oid[]): string {
  if (commits.length === 0) return ''
  const links = joined(commits.map(commitLink), ', ')
  return inlineMarkdown(
    say`These commits are on the branch no more; fetch one by its id if you want it back: ${links}.`,
  )
}

export function onlyOnPullRequests(name: string): string {
  return inlineMarkdown(say`${code(`/multiarch ${name}`)} needs a pull request of mine; write it there.`)
}

export function noOpenStep(): string {
  return 'This pull request is closed, so there is nothing to do on it.'
}

/** A defect of ours. It ends what was asked for: done long after it was asked, it could meet a state that nobody meant. */
export function apology(id: string, again = 'write the command once more'): string {
  return inlineMarkdown(
    say`Sorry, I could not do that: something broke on my side, and trying again did not help. It is logged as ${code(id)}; whoever runs me can find it by that. I do not try it again by myself; if you still want it, ${again}.`,
  )
}
