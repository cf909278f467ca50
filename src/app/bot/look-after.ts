import { defined, optional } from '../../core/model/defined.ts'
import type { Decisions } from '../../core/commands/decisions.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { Box, DashboardFacts } from '../../core/explain/texts/render-dashboard.ts'
import type { StandFacts, Waiting } from '../../core/explain/texts/stand-blocks.ts'
import { sameState } from '../../core/commands/cluster-state.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { loadDecisions } from './load-decisions.ts'
import type { Survey, Work } from '../engine/engine.ts'
import type { Proposal } from '../step/proposal-of.ts'
import { openStep, openSteps } from './open-steps.ts'
import { keepDashboard } from './keep-dashboard.ts'
import { nextStep } from './next-step.ts'
import { onboard } from './onboard.ts'
import { proposeStep } from './propose-step.ts'
import { tellConfigProblems, tellRelief, tellTroubles } from './tell-trouble.ts'
import { readSettings, worksOf, type Settings } from './work-at.ts'

/**
 * Looks at a repository as a whole and does what is due. Run twice, the second time finds nothing to do. `answered` are the boxes of
 * the dashboard that are done with. Says how it went.
 */
export async function lookAfter(
  place: Workplace,
  world: BotWorld,
  answered: readonly Box[] = [],
): Promise<Looked> {
  // Asked for in one turn, what every look asks travels together, and is there when it is needed.
  const ahead = [place.forge.issues.ours(DASHBOARD_LABEL), place.forge.pullRequests.openUnder(OUR_BRANCHES)]
  const [settings] = await Promise.all([readSettings(place), Promise.allSettled(ahead)])
  if (settings.kind === 'unseen') {
    world.log.info('repository not seen', { repository: repositoryKey(place.repository) })
    return 'unseen'
  }
  if (settings.kind === 'closed') return 'done'
  if (settings.kind === 'none') return onboardQuietly(place, settings.facts, world)
  return lookInside(place, settings, { ...world, answered })
}

/**
 * `troubled`: something was in the way, and whoever can put it right was told. `unseen`: there was nothing to look at. `waiting`: on what
 * happens in another repository, of which nothing is seen here, or for the time to propose a step.
 */
export type Looked = 'done' | 'troubled' | 'unseen' | 'waiting'

interface LookWorld extends BotWorld {
  readonly answered: readonly Box[]
}

async function lookInside(
  place: Workplace,
  settings: Extract<Settings, { readonly head: Oid }>,
  world: LookWorld,
): Promise<Looked> {
  const { head } = settings
  const { answered } = world
  if (settings.kind === 'config') {
    const looks: WorkLook[] = []
    // One after the other: each sees the pull requests that are open by then.
    for (const work of await worksOf(place, settings.config)) looks.push(await proposeNext(work, world))
    return present(place, { looks, head }, world)
  }
  const decisions = await loadDecisions(place.objects)
  const { problems } = settings
  await tellConfigProblems(place, head, problems)
  const open = (await openSteps(place.forge)).map((pull) => openStep(pull))
  const shown = await keepDashboard(
    place,
    { facts: { open, patches: [], decisions, problems }, answered },
    world,
  )
  return shown === 'refused' ? 'troubled' : 'done'
}

/** A repository that nobody configured hears nothing of what stands in the way: it may be no fork of Kubespray at all. */
async function onboardQuietly(place: Workplace, facts: RepositoryFacts, world: BotWorld): Promise<Looked> {
  try {
    await onboard(place, facts, world)
    return 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.log.info('not onboarded', { codes: error.problems.map(({ code }) => code) })
    return 'troubled'
  }
}

/** What came of a look at a repository, or at one of several clusters in it. */
interface WorkLook {
  readonly facts: StandFacts
  readonly proposal?: Proposal
  readonly troubles: readonly Problem[]
  /** The branch of the step that is due. */
  readonly branch?: string
  /** Whether it waits for another repository. */
  readonly isForks: boolean
}

async function proposeNext(work: Work, world: LookWorld): Promise<WorkLook> {
  const { config, decisions } = work
  const look = await nextStep(work, world)
  const { survey, next } = look
  const problems: Problem[] = [...look.problems]
  const waiting = survey && waitsForApplied(survey, config, decisions)
  let troubles: readonly Problem[] = survey ? [] : look.problems
  let proposal: Proposal | undefined
  let waits = waiting
  let isForks = look.problems.some(({ code }) => code === 'fork-unread')
  if (next && !decisions.held && waiting === undefined) {
    try {
      const outcome = await proposeStep(look.work, next, world)
      if (outcome.kind === 'proposed') {
        proposal = outcome.built.proposal
        isForks = proposal.waits === true
      } else waits = outcome.waiting
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      troubles = error.problems
      problems.push(...troubles)
      isForks = troubles.some(({ code }) => code === 'fork-first')
    }
  }
  const facts = {
    ...optional(config.cluster, ({ name }) => ({ name })),
    patches: proposal?.patches ?? survey?.patches ?? [],
    decisions: look.work.decisions,
    problems,
    ...optional(survey, (survey) => ({
      stands: { branch: survey.branch, state: survey.state, way: survey },
      notes: survey.notes,
      questions: survey.addons.filter(({ policy }) => policy === 'ask'),
    })),
    ...defined({ waiting: waits }),
  }
  return { facts, troubles, isForks, ...defined({ proposal, branch: next?.branch }) }
}

/** One dashboard and one check on the default branch, whatever they are about. */
async function present(
  place: Workplace,
  { looks, head }: { readonly looks: readonly WorkLook[]; readonly head: Oid },
  world: LookWorld,
): Promise<Looked> {
  const proposals = looks.flatMap(({ proposal }) => proposal ?? [])
  const open = (await openSteps(place.forge)).map((pull) => openStep(pull, proposals))
  const facts = { ...(await standsOf(place, looks)), open }
  const shown = await keepDashboard(place, { facts, answered: world.answered }, world)
  const isTroubled = looks.some(({ troubles }) => troubles.length > 0)
  if (isTroubled) await tellTroubles(place, { head, looks })
  else if (shown !== 'untroubled') await tellRelief(place, head)
  if (looks.some(({ isForks, facts }) => isForks || facts.waiting?.kind === 'schedule')) return 'waiting'
  return isTroubled || shown === 'refused' ? 'troubled' : 'done'
}

/** Of several clusters each, with what was decided for all of them. */
async function standsOf(
  { objects }: Workplace,
  looks: readonly WorkLook[],
): Promise<Omit<DashboardFacts, 'open'>> {
  const [first] = looks
  if (first && first.facts.name === undefined) return first.facts
  const decisions = await loadDecisions(objects)
  return { patches: [], problems: [], decisions, clusters: looks.map(({ facts }) => facts) }
}

function waitsForApplied(
  { byUs, state }: Survey,
  { advance }: Config,
  { applied }: Decisions,
): Waiting | undefined {
  if (advance !== 'on-applied' || !byUs || (applied && sameState(applied, state))) return undefined
  return { kind: 'applied', state }
}
