import type { CommandName } from '../../core/commands/grammar.ts'
import { parseCommands, type ParsedComment } from '../../core/commands/parse.ts'
import * as say from '../../core/explain/answers.ts'
import { marksIn } from '../../core/explain/marker.ts'
import { Refusal } from '../../core/model/problem.ts'
import { ACCESS, type Comment, type Forge } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { answerCommand } from './answer-command.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { lookAfter } from './look-after.ts'
import { workAt } from './work-at.ts'

/**
 * Answers every commented command in a thread of ours that has no answer yet, the oldest first. That an answer is there
 * is seen by its mark, so a job that died in the middle is taken up where it stopped.
 */
export async function answerComments(place: Workplace, number: number, world: BotWorld): Promise<void> {
  const { forge } = place
  if (!(await isOurThread(forge, number))) return
  const comments = await forge.comments.on(number)
  for (const comment of unanswered(comments)) {
    const parsed = parseCommands(comment.body)
    if (parsed.commands.length === 0 && parsed.problems.length === 0) continue
    const login = comment.author.login
    // Said once to each in a thread; after that the reaction tells. Whoever writes a thousand costs one look.
    const refused = wasRefused(comments, login)
    if (refused && comment.seen) continue
    if (!comment.seen) await forge.reactions.add(comment.id, 'eyes')
    const may = await mayCommand(forge, login)
    if (!may && refused) continue
    const outcomes = may
      ? await outcomesOf(place, { comment, number, parsed }, world)
      : [say.mayNotCommand(login)]
    await forge.comments.add(number, say.answerComment(comment.id, outcomes))
  }
}

/** What changes nothing that the dashboard shows. */
const ONLY_ANSWERS: ReadonlySet<CommandName> = new Set(['plan', 'explain', 'help'])

async function outcomesOf(
  place: Workplace,
  { comment, number, parsed }: { comment: Comment; number: number; parsed: ParsedComment },
  world: BotWorld,
): Promise<readonly string[]> {
  if (comment.edited) return [say.wasEdited()]
  const outcomes: string[] = []
  for (const command of parsed.commands) {
    try {
      // Each command sees what the one before it did.
      const work = await workAt(place)
      const pull = await place.forge.pullRequests.read(number)
      outcomes.push(
        await answerCommand(command, { work, world, by: comment.author.login, ...(pull && { pull }) }),
      )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      outcomes.push(error.message)
    }
  }
  // Before the answer, by which a job that died would know that everything is done.
  if (parsed.commands.some(({ name }) => !ONLY_ANSWERS.has(name))) await lookAfter(place, world)
  return [...outcomes, ...parsed.problems.map(say.notUnderstood)]
}

/** Answers what nobody told us of: commands in a thread of ours that have no answer, because their webhook was lost. */
export async function answerLost(place: Workplace, world: BotWorld): Promise<void> {
  const waiting = unanswered(await place.forge.comments.lately()).filter(
    ({ seen, body }) => !seen && isForUs(body),
  )
  for (const number of new Set(waiting.map((each) => each.number))) await answerComments(place, number, world)
}

function isForUs(body: string): boolean {
  const { commands, problems } = parseCommands(body)
  return commands.length + problems.length > 0
}

/** Tells everybody in a thread who waits for an answer that there will be none. */
export async function apologizeIn(place: Workplace, number: number, id: string): Promise<void> {
  if (!(await isOurThread(place.forge, number))) return
  const waiting = unanswered(await place.forge.comments.on(number)).filter(
    ({ body }) => parseCommands(body).commands.length > 0,
  )
  for (const comment of waiting) {
    await place.forge.comments.add(number, say.answerComment(comment.id, [say.apology(id)]))
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

function unanswered(comments: readonly Comment[]): readonly Comment[] {
  const answered = new Set(
    comments.filter(({ author }) => author.kind === 'us').flatMap(({ body }) => marksIn(body, 'answer')),
  )
  return comments.filter(({ id, author }) => author.kind === 'person' && !answered.has(String(id)))
}

function wasRefused(comments: readonly Comment[], login: string): boolean {
  return comments.some(({ author, body }) => author.kind === 'us' && marksIn(body, 'refused').includes(login))
}
