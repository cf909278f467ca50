import { defined, optional } from '../../core/model/defined.ts'
import { renderHelp } from '../../core/commands/render-command-reference.ts'
import { findRule, ruleOf, type Command, type CommandPlace } from '../../core/commands/commands.ts'
import { matchPatch } from '../../core/commands/match-patch.ts'
import type { Decision } from '../../core/commands/decisions.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { tally } from '../../core/explain/sections/render-patch-table.ts'
import { sayForgotten } from '../../core/explain/memory/say-forgotten.ts'
import { Refusal } from '../../core/model/problem.ts'
import { nearestRelease } from '../../core/series/nearest-release.ts'
import type { PullRequest } from '../../ports/forge.ts'
import { knownReleases } from '../repository/read-repository.ts'
import type { BotWorld } from './bot-world.ts'
import { loadDecisions, recordDecision } from './load-decisions.ts'
import type { BuildManner, Work } from '../engine/engine.ts'
import type { ProposedPatch, Proposal } from '../step/proposal-of.ts'
import { presentStep } from './present-step.ts'
import { askingPerson, settlePatch } from './settle-patch.ts'
import { branchNameFor, readStepName, type StepName } from '../branch/step-name.ts'
import type { Oid } from '../../core/model/oid.ts'

/** Where a command was given, and by whom. */
export interface CommandContext {
  readonly work: Work
  readonly world: BotWorld
  /** The pull request it was given on; the dashboard issue where there is none. */
  readonly pull?: PullRequest
  readonly by: string
  /**
   * Notes that a branch is about to be built again, from this head of it. Answers where it stood when a process that has ended began
   * the same; `undefined` where none did. Absent where nobody takes up what was begun.
   */
  begin?(this: void, branch: string, from: Oid): Promise<Oid | undefined>
  /** Where the branch stood when a process that has ended began with this comment. */
  readonly begunAt?: Oid
}

/** Whether a process that has ended may have done it already: the branch stands elsewhere than when that one began. */
function isTakenUp({ pull, begunAt }: CommandContext): boolean {
  return begunAt !== undefined && pull?.head.oid !== begunAt
}

/** Does what a command asks, and says what came of it. What cannot be done is thrown as a `Refusal`. */
export async function answerCommand(command: Command, context: CommandContext): Promise<string> {
  const place: CommandPlace = context.pull ? 'pull' : 'dashboard'
  if (!ruleOf(command.name).places.includes(place)) return say.onlyOnPullRequests(command.name)
  return HANDLERS[command.name](command as never, context)
}

type Handler<N extends Command['name']> = (
  command: Extract<Command, { name: N }>,
  context: CommandContext,
) => Promise<string>

const HANDLERS: { readonly [N in Command['name']]: Handler<N> } = {
  recheck: (_, context) => recheckStep(context),
  rebase: (_, context) => rebuildNoted(context, 'rebase'),
  recreate: (_, context) => rebuildNoted(context, 'recreate'),
  plan: async (_, { work, world }) => say.planned(await world.engine.survey(work)),
  explain: ({ patch }, context) =>
    onPatch(context, patch, ({ detail }) => Promise.resolve(say.unfolded(detail))),
  take: (command, context) => take(context, command),
  forget: ({ patch }, context) => onPatch(context, patch, (meant) => forget(context, meant)),
  keep: ({ patch }, context) => keep(context, patch),
  drop: ({ patch }, context) => drop(context, patch),
  skip: ({ release }, context) => skip(context, release),
  hold: async (_, context) => {
    await decided(context, { kind: 'hold' })
    return say.held(context.work.config.cluster?.name)
  },
  resume: (_, context) => resume(context),
  applied: (_, context) => applied(context),
  help: (_, { pull }) => Promise.resolve(renderHelp(pull ? 'pull' : 'dashboard')),
}

/** Judges the branch as it stands, and writes what came of it into the pull request and its check. */
export async function recheckStep({ work, world, pull }: CommandContext): Promise<string> {
  const step = stepOf(pull)
  if (!step) return say.noOpenStep()
  const proposal = await world.engine.judge(work, step)
  await presentStep(work.place, proposal, work.config)
  return say.rechecked(tally(proposal.patches), proposal.open)
}

/**
 * The same, noted before it is begun. Where a process that ended had begun it and the branch stands elsewhere by now, it has been built,
 * or somebody has pushed: nothing is thrown away then that nobody spoke of.
 */
async function rebuildNoted(context: CommandContext, manner: BuildManner): Promise<string> {
  const { pull, begin } = context
  const step = stepOf(pull)
  if (!pull || !step || !begin) return rebuild(context, manner)
  const head = pull.head.oid
  const from = (await begin(step.branch, head)) ?? head
  return rebuild(context, manner, from === head ? { from } : { from, isTakenUp: true })
}

interface Beginning {
  readonly from: Oid
  /** It was begun by a process that ended, and the branch has moved since. */
  readonly isTakenUp?: true
}

/** Builds the branch again, and says what changed. */
async function rebuild(
  { work, world, pull }: CommandContext,
  wanted: BuildManner,
  { from, isTakenUp }: Partial<Beginning> = {},
): Promise<string> {
  const step = stepOf(pull)
  if (!step) return say.noOpenStep()
  const manner = isTakenUp ? 'rebase' : wanted
  // What `rebase` puts on top again has other ids there, and is not gone.
  const gone = isTakenUp && wanted === 'recreate' ? from : undefined
  const built = await world.engine.build(work, step, manner, gone)
  await presentStep(work.place, built.proposal, work.config)
  const { why, proposal, onTop, thrownAway } = built
  const change = isTakenUp && built.change === 'unchanged' ? 'moved' : built.change
  const hasMoved = change === 'moved' || change === 'created'
  return [
    say.rebuilt({ change, ...defined({ why }) }, tally(proposal.patches)),
    say.onTop(onTop),
    isTakenUp && manner !== wanted && (onTop.length > 0 || change === 'kept') ? say.keptSince() : '',
    say.thrownAway(thrownAway),
    from !== undefined && hasMoved ? say.stoodAt(from) : '',
  ]
    .filter((each) => each !== '')
    .join('\n\n')
}

function stepOf(pull: PullRequest | undefined): StepName | undefined {
  if (pull?.state !== 'open') return undefined
  return readStepName(pull.head.branch, pull.base.branch)
}

async function onPatch(
  { work, world, pull }: CommandContext,
  said: string,
  then: (patch: ProposedPatch, proposal: Proposal) => Promise<string>,
): Promise<string> {
  const step = stepOf(pull)
  if (!step) return say.noOpenStep()
  const proposal = await world.engine.judge(work, step)
  const match = matchPatch(proposal.patches, said)
  if (match.kind === 'one') return then(match.patch, proposal)
  if (match.kind === 'none') return say.noSuchPatch(said, match.nearest?.title)
  return say.severalPatches(
    said,
    match.patches.map(({ title }) => title),
  )
}

/** Settles a conflict, and judges what came of it. */
async function take(context: CommandContext, command: Extract<Command, { name: 'take' }>): Promise<string> {
  const step = stepOf(context.pull)
  if (!step) return say.noOpenStep()
  const { work, world, by } = context
  const asked = { work, world, by, isTakenUp: isTakenUp(context) }
  const { answer, isSettled } = await settlePatch(asked, step, command)
  return isSettled ? `${answer}\n\n${await recheckStep(context)}` : answer
}

/** Forgets how a patch was settled, and judges what is open again. */
async function forget(context: CommandContext, { id, title }: ProposedPatch): Promise<string> {
  const { work, world, pull, by } = context
  const step = stepOf(pull)
  if (!step) return say.noOpenStep()
  const asking = askingPerson(by, world.clock)
  const outcome = await world.engine.forget(work, step, { patch: id, title, by: asking })
  const answer = sayForgotten(outcome, title)
  return outcome.kind === 'forgotten' ? `${answer}\n\n${await recheckStep(context)}` : answer
}

/** Leaves a patch out. One that a process that has ended left out stands in the list no more. */
async function drop(context: CommandContext, said: string): Promise<string> {
  const { work, world, pull, begunAt } = context
  const step = stepOf(pull)
  const leave = ({ id }: { readonly id: string }) => decideOnPatch(context, { kind: 'drop', patch: id })
  if (step && begunAt !== undefined) {
    const done = matchPatch((await world.engine.judge(work, step)).dropped, said)
    if (done.kind === 'one') return leave(done.patch)
  }
  return onPatch(context, said, leave)
}

/** Takes back a patch that was left out, at a person's word or because upstream was found to have it. */
async function keep(context: CommandContext, said: string): Promise<string> {
  const { work, world, pull } = context
  const step = stepOf(pull)
  if (!step) return say.noOpenStep()
  const { patches, dropped } = await world.engine.judge(work, step)
  const isNumber = /^#?\d{1,3}$/.test(said.trim())
  const left = isNumber ? undefined : matchPatch(dropped, said)
  if (left?.kind === 'one') return decideOnPatch(context, { kind: 'keep', patch: left.patch.id })
  return onPatch(context, said, async ({ id, title }) => {
    const before = patches.find((each) => each.id === id)?.verdict
    const answer = await decideOnPatch(context, { kind: 'keep', patch: id })
    if (before !== 'upstreamed' && before !== 'obsolete') return `${say.carriedAnyway(title)} ${answer}`
    const after = (await world.engine.judge(await anew(context), step)).patches.find((each) => each.id === id)
    return after?.verdict === before ? `${say.nothingToKeep(title)} ${answer}` : answer
  })
}

async function decideOnPatch(context: CommandContext, decision: Decision): Promise<string> {
  await decided(context, decision)
  const taken = optional(isTakenUp(context), () => ({ isTakenUp: true as const }))
  return rebuild({ ...context, work: await anew(context) }, 'rebase', taken)
}

async function skip(
  context: CommandContext,
  release: Extract<Command, { name: 'skip' }>['release'],
): Promise<string> {
  const { work } = context
  const known = [...(await knownReleases(work.place.objects)).keys()]
  // Where no release is known, one that is not among them may well exist.
  if (known.length > 0 && !known.includes(release))
    return say.noSuchRelease(release, nearestRelease(release, known))
  await decided(context, { kind: 'skip', release })
  // Wherever it was said: the pull request of that release is not wanted any more.
  const [own] = await work.place.forge.pullRequests.from(branchNameFor(release, work.config))
  if (own?.state === 'open') await work.place.forge.pullRequests.update(own.number, { state: 'closed' })
  return say.skipped(release, work.config.cluster?.name)
}

/** Pull requests that were closed so far no longer speak against their releases. */
async function resume(context: CommandContext): Promise<string> {
  const { work, world, pull } = context
  const found = await world.engine
    .survey({ ...work, decisions: { ...work.decisions, skipped: [] } })
    .catch(refusalOnly)
  const closed = found?.next ? await work.place.forge.pullRequests.from(found.next.branch) : []
  const lastPull = Math.max(0, pull?.number ?? 0, ...closed.map(({ number }) => number))
  await decided(context, { kind: 'resume', lastPull })
  const cluster = work.config.cluster?.name
  const { held, skipped } = (await anew(context)).decisions
  const stands = held || skipped.length > 0
  return stands && cluster !== undefined ? say.resumedAlone(cluster) : say.resumed(cluster)
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

async function applied(context: CommandContext): Promise<string> {
  const { work, world } = context
  const { state } = await world.engine.survey(work)
  await decided(context, { kind: 'applied', state })
  return say.applied(state, work.config.advance)
}

function decided({ work, world, by }: CommandContext, decision: Decision): Promise<boolean> {
  const { place, config } = work
  return recordDecision(place.objects, decision, { by, clock: world.clock, cluster: config.cluster?.name })
}

async function anew({ work }: CommandContext): Promise<Work> {
  return { ...work, decisions: await loadDecisions(work.place.objects, work.config.cluster?.name) }
}

/** A button does what the command of its name does. */
export function commandOfButton(action: string): Command | undefined {
  const rule = findRule(action)
  return rule && rule.argument === undefined && rule.places.includes('pull')
    ? ({ name: rule.name } as Command)
    : undefined
}
