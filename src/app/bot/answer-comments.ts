import { defined } from '../../core/model/defined.ts'
import type { CommandName } from '../../core/commands/commands.ts'
import { parseCommands, type ParsedComment } from '../../core/commands/parse-commands.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { Refusal } from '../../core/model/problem.ts'
import { ACCESS, type Comment, type Forge } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { TryLater } from '../../ports/try-later.ts'
import { answerForAll } from './answer-for-all.ts'
import { answerCommand, type CommandContext } from './answer-command.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { lookAfter } from './look-after.ts'
import { meantPatches, withMeant } from './meant-patches.ts'
import { readSettings, workAt } from './work-at.ts'
import type { Oid } from '../../core/model/oid.ts'

/**
 * Answers every commented command in a thread of ours that has no answer yet, the oldest first. That an answer is there is seen
 * by the mark at the end of a comment of ours and by nothing else, so a job that died in the middle is taken up where it stopped.
 */
export async function answerComments(place: Workplace, number: number, world: BotWorld): Promise<void> {
  const { forge } = place
  if (!(await isOurThread(forge, number))) return
  const comments = await forge.comments.on(number)
  const waiting = unanswered(comments)
  if (waiting.length === 0) return
  const settings = await readSettings(place)
  // Nobody can be answered there now, and whoever waits is found again once somebody can.
  if (settings.kind === 'unseen' || settings.kind === 'closed')
    return world.log.info('not answered', { number, why: settings.kind })
  const mayNot = new Map<string, number>()
  const heard: Comment[] = []
  for (const comment of waiting) {
    await showSeen(forge, comment, world)
    const login = comment.author.login
    if (mayNot.has(login) || !(await mayCommand(forge, login))) mayNot.set(login, comment.id)
    else heard.push(comment)
  }
  // Before the first is done: all of them were written by the list as it stands now.
  const begun = await noteMeant(place, { heard, comments }, world)
  for (const comment of heard) await answer(place, { comment, before: begun.get(comment.id) }, world)
  for (const [login, upTo] of mayNot) await refuse(forge, { comments, number, login, upTo })
}

/** For whoever looks at the thread; nothing is known by it, and nothing fails for want of it. */
async function showSeen({ reactions }: Forge, { id }: Comment, { log }: BotWorld): Promise<void> {
  try {
    await reactions.add(id, 'eyes')
  } catch (error) {
    if (error instanceof TryLater) throw error
    log.info('no reaction', { comment: id, why: String(error) })
  }
}

/** Notes what is meant by the comments of a thread, where it was not noted by a process that ended. */
async function noteMeant(
  place: Workplace,
  { heard, comments }: { readonly heard: readonly Comment[]; readonly comments: readonly Comment[] },
  world: BotWorld,
): Promise<ReadonlyMap<number, Noted>> {
  const noted = new Map(
    heard.flatMap((each): [number, Noted][] => {
      const before = begunFor(each, comments)
      return before ? [[each.id, { ...before, isTakenUp: true }]] : []
    }),
  )
  const fresh = heard.filter(({ id }) => !noted.has(id))
  const { pull, of } = await meantPatches(place, fresh, world)
  for (const [comment, meant] of of) {
    if (!pull || meant.length === 0) continue
    const { branch, oid: from } = pull.head
    const { id } = await place.forge.comments.add(pull.number, say.begun(comment, { branch, from, meant }))
    noted.set(comment, { id, from, meant })
  }
  return noted
}

/** What stands in an answer's place while it is worked out. */
interface Noted {
  readonly id: number
  readonly from: Oid
  readonly meant: readonly say.NotedPatch[]
  /** A process that ended wrote it. */
  readonly isTakenUp?: true
}

interface Asked {
  /** The one that waits for an answer. */
  readonly comment: Comment
  readonly before: Noted | undefined
}

async function answer(place: Workplace, { comment, before }: Asked, world: BotWorld): Promise<void> {
  const { forge } = place
  let note = before?.id
  const begunAt = before?.isTakenUp ? before.from : undefined
  const begin: CommandContext['begin'] = async (branch, from) => {
    note ??= (await forge.comments.add(comment.number, say.begun(comment.id, { branch, from }))).id
    return begunAt
  }
  const outcomes = await outcomesOf(place, comment, {
    world,
    begin,
    meant: before?.meant ?? [],
    ...defined({ begunAt }),
  })
  await write(forge, { comment, note, outcomes })
}

/** What a process that ended had begun for a comment and not answered. */
function begunFor({ id }: Comment, comments: readonly Comment[]): Noted | undefined {
  for (const each of comments) {
    const begun = each.author.kind === 'us' ? say.readBegun(each.body) : undefined
    if (begun?.to === id) return { id: each.id, from: begun.from, meant: begun.meant }
  }
  return undefined
}

interface Answer {
  readonly comment: Comment
  /** What stands in the answer's place. */
  readonly note: number | undefined
  readonly outcomes: readonly string[]
}

async function write({ comments }: Forge, { comment, note, outcomes }: Answer): Promise<void> {
  const text = say.answerComment(comment.id, outcomes)
  if (note === undefined) await comments.add(comment.number, text)
  else await comments.update(note, text)
}

/** What changes nothing that the dashboard shows. */
const ONLY_ANSWERS: ReadonlySet<CommandName> = new Set(['plan', 'explain', 'help'])

interface Answering extends Pick<CommandContext, 'begin' | 'begunAt'> {
  readonly world: BotWorld
  readonly meant: readonly say.NotedPatch[]
}

async function outcomesOf(
  place: Workplace,
  comment: Comment,
  { world, begin, begunAt, meant }: Answering,
): Promise<readonly string[]> {
  if (comment.edited) return [say.wasEdited()]
  const parsed = parseCommands(comment.body)
  const outcomes: string[] = []
  for (const [index, command] of parsed.commands.entries()) {
    try {
      // Each command sees what the one before it did.
      const by = comment.author.login
      const pull = await place.forge.pullRequests.read(comment.number)
      if (!pull) {
        outcomes.push(await answerForAll(command, place, { world, by }))
        continue
      }
      const work = await workAt(place, world.clock, pull.head.branch)
      const named = withMeant(
        command,
        meant.find((each) => each.index === index),
      )
      outcomes.push(await answerCommand(named, { work, world, by, pull, ...defined({ begin, begunAt }) }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      outcomes.push(say.refused(error.problems))
    }
  }
  // Before the answer, by which a job that died would know that everything is done.
  if (parsed.commands.some(({ name }) => !ONLY_ANSWERS.has(name))) await lookAfter(place, world)
  return [...outcomes, ...parsed.problems.map(say.notUnderstood)]
}

interface Refused {
  readonly comments: readonly Comment[]
  readonly number: number
  readonly login: string
  /** The last of the comments that are refused. */
  readonly upTo: number
}

/** Said once to each in a thread; further comments of theirs are noted in what was said. Whoever writes a thousand costs one write. */
async function refuse(forge: Forge, { comments, number, login, upTo }: Refused): Promise<void> {
  const body = say.answerComment(upTo, [say.mayNotCommand(login)])
  const said = comments.findLast(
    (each) => each.author.kind === 'us' && say.readAnswer(each.body)?.refuses === login,
  )
  if (said) await forge.comments.update(said.id, body)
  else await forge.comments.add(number, body)
}

const TALK = { branchPrefix: OUR_BRANCHES, label: DASHBOARD_LABEL }

/** Every comment in a talk of ours, as far as one may wait for an answer. */
export function lastSaid({ comments }: Forge): Promise<readonly Comment[]> {
  return comments.lately(TALK)
}

/**
 * Answers what nobody told us of, in every thread in which a webhook would have been answered: its webhook was lost, or the
 * process that took it. What fails in one thread keeps no other one waiting; the first failure is thrown in the end.
 */
export async function answerLost(place: Workplace, world: BotWorld): Promise<void> {
  const failures: unknown[] = []
  const waiting = unanswered(await lastSaid(place.forge))
  for (const number of new Set(waiting.map((each) => each.number))) {
    try {
      await answerComments(place, number, world)
    } catch (error) {
      failures.push(error)
      if (error instanceof TryLater) break
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Tells everybody in a thread who waits for an answer that there will be none. */
export async function apologizeIn(place: Workplace, number: number, id: string): Promise<void> {
  if (!(await isOurThread(place.forge, number))) return
  const comments = await place.forge.comments.on(number)
  for (const comment of unanswered(comments)) {
    // Whoever may not command waits for nothing.
    if (!(await mayCommand(place.forge, comment.author.login))) continue
    const note = begunFor(comment, comments)?.id
    await write(place.forge, { comment, note, outcomes: [say.apology(id)] })
  }
}

/** Whether somebody may give commands here: whoever may write to the repository that is written. */
export async function mayCommand(forge: Forge, login: string): Promise<boolean> {
  return ACCESS.indexOf(await forge.permissions.of(login)) >= ACCESS.indexOf('write')
}

/** One of our own pull requests, or our dashboard; nowhere else are commands taken. */
async function isOurThread(forge: Forge, number: number): Promise<boolean> {
  const pull = await forge.pullRequests.read(number)
  if (pull)
    return pull.author.kind === 'us' && !pull.head.elsewhere && pull.head.branch.startsWith(OUR_BRANCHES)
  const issue = await forge.issues.read(number)
  return issue?.author.kind === 'us' && issue.labels.includes(DASHBOARD_LABEL)
}

/** The comments of people that hold something for us and have no answer. */
function unanswered(comments: readonly Comment[]): readonly Comment[] {
  const answers = comments
    .filter(({ author }) => author.kind === 'us')
    .flatMap(({ body }) => say.readAnswer(body) ?? [])
  const answered = new Set(answers.map(({ to }) => to))
  return comments
    .filter(({ id, author }) => author.kind === 'person' && !answered.has(id))
    .filter(({ id, author }) => !answers.some(({ refuses, to }) => refuses === author.login && id <= to))
    .filter(({ body }) => isForUs(parseCommands(body)))
}

function isForUs({ commands, problems }: ParsedComment): boolean {
  return commands.length + problems.length > 0
}
