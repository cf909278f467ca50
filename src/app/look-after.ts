import type { Decisions } from '../core/commands/decisions.ts'
import type { Config } from '../core/config/resolve.ts'
import { CONFIG_PATH } from '../core/config/read.ts'
import { renderConfigCheck } from '../core/explain/config-check.ts'
import type { DashboardFacts } from '../core/explain/dashboard.ts'
import { Refusal, type Problem } from '../core/model/problem.ts'
import type { Oid } from '../core/model/oid.ts'
import type { RepositoryFacts } from '../ports/forge.ts'
import type { Workplace } from '../ports/host.ts'
import { CONFIG_CHECK, type BotWorld } from './bot-world.ts'
import { loadDecisions } from './decisions.ts'
import type { Built, StepName, Survey, Work } from './engine.ts'
import { closeSuperseded, isUnwanted, openSteps } from './follow-pull.ts'
import { keepDashboard } from './keep-dashboard.ts'
import { onboard } from './onboard.ts'
import { presentStep } from './present-step.ts'
import { readConfigAt } from './read-config.ts'

/** Looks at a repository as a whole and does what is due. Run twice, the second time finds nothing to do. */
export async function lookAfter(place: Workplace, world: BotWorld): Promise<void> {
  const facts = await place.forge.repository.read()
  // Gone, archived, or empty: nothing can be written there.
  if (!facts || facts.archived) return
  const head = (await place.objects.listRefs('refs/heads/')).get(`refs/heads/${facts.defaultBranch}`)
  if (!head) return
  const reading = await readConfigAt(place.objects, head, { repository: `${facts.owner}/${facts.name}` })
  if (!reading) return onboardQuietly(place, facts, world)
  const decisions = await loadDecisions(place.objects)
  if (reading.kind === 'problems')
    return tellProblems(place, { head, problems: reading.problems, decisions }, world)
  await proposeNext({ place, config: reading.config, decisions }, world)
}

/** A repository that nobody configured hears nothing of what stands in the way: it may be no fork of Kubespray at all. */
async function onboardQuietly(place: Workplace, facts: RepositoryFacts, world: BotWorld): Promise<void> {
  try {
    await onboard(place, facts, world)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.log.info('not onboarded', { codes: error.problems.map(({ code }) => code) })
  }
}

async function tellProblems(
  place: Workplace,
  { head, problems, decisions }: { head: Oid; problems: readonly Problem[]; decisions: Decisions },
  world: BotWorld,
): Promise<void> {
  const annotations = problems.map(({ message, at }) => ({
    path: CONFIG_PATH,
    line: at?.line ?? 1,
    severity: 'failure' as const,
    title: 'kubespray-multiarch',
    message,
  }))
  const check = renderConfigCheck(problems)
  await place.forge.checks.report({
    name: CONFIG_CHECK,
    at: head,
    state: 'failure',
    ...check,
    annotations,
    actions: [],
  })
  const open = await openSteps(place.forge)
  await keepDashboard(place, { open, patches: [], decisions, problems }, world)
}

async function proposeNext(work: Work, world: BotWorld): Promise<void> {
  const { place, decisions } = work
  const look = await survey(work, world)
  const problems = [...look.problems]
  let patches: DashboardFacts['patches'] = look.survey?.patches ?? []
  const waiting = look.survey && waitsForApplied(look.survey, work.config, decisions)
  if (look.next && !decisions.held && !waiting) {
    try {
      const built = await propose(look.work, look.next, world)
      if (built) patches = built.proposal.patches
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(...error.problems)
    }
  }
  const stands = look.survey && {
    branch: look.survey.branch,
    release: look.survey.release,
    route: look.survey.route,
  }
  const open = await openSteps(place.forge)
  await keepDashboard(
    place,
    {
      open,
      patches,
      decisions: look.work.decisions,
      problems,
      ...(stands && { stands }),
      ...(waiting && { waiting }),
    },
    world,
  )
}

interface Look {
  readonly work: Work
  readonly survey?: Survey
  readonly next?: StepName
  readonly problems: readonly Problem[]
}

/** The survey, with releases counted as skipped whose pull request people closed. */
async function survey(work: Work, { engine }: BotWorld): Promise<Look> {
  try {
    const found = await engine.survey(work)
    const { next, stopped } = found
    if (!next || !(await isUnwanted(work.place.forge, next, work.decisions)))
      return { work, survey: found, problems: stopped ? [stopped] : [], ...(next && { next }) }
    if (work.decisions.skipped.includes(next.release))
      throw new Error(`the engine proposes ${next.release}, which is skipped`)
    const skipped = [...work.decisions.skipped, next.release]
    return await survey({ ...work, decisions: { ...work.decisions, skipped } }, { engine } as BotWorld)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { work, problems: error.problems }
  }
}

function waitsForApplied(found: Survey, { advance }: Config, { applied }: Decisions): string | undefined {
  if (advance !== 'on-applied' || !found.byUs || applied === found.state) return undefined
  return `The branch stands on ${found.state}, and nobody has said yet that the cluster runs it. Once it does, comment \`/multiarch applied\`, and I propose the next step.`
}

async function propose(work: Work, next: StepName, world: BotWorld): Promise<Built | undefined> {
  const { forge } = work.place
  const others = (await openSteps(forge)).filter(({ head }) => head.branch !== next.branch)
  if (others.length >= work.config.pullRequests.maxOpen) return undefined
  const built = await world.engine.build(work, next, 'update')
  const pull = await presentStep(work.place, built.proposal, work.config)
  await closeSuperseded(work.place, { step: next, pull })
  return built
}
