import { defined, optional } from '../../core/model/defined.ts'
import { needsPerson, renderCheck } from '../../core/explain/texts/render-check.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { renderPatch } from '../../core/explain/sections/render-patch.ts'
import { renderPullRequest } from '../../core/explain/texts/render-pull-request.ts'
import type { PersonsFacts, PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { openPaths } from '../../core/series/first-cause.ts'
import { patchRecordedIn } from '../../core/series/trailer.ts'
import { settledAccount } from './account-series.ts'
import { auditFiles } from '../audit/audit.ts'
import { witnessesOf } from '../audit/witnesses-of.ts'
import { isTouched, madeOn, type BranchWork } from '../branch/branch-work.ts'
import { withoutTold } from './unsettled.ts'
import type { StepReading } from './step-reading.ts'
import { publishedNotes } from './published-notes.ts'
import { seenBranch } from '../settle/seen-branch.ts'
import { settledByPerson } from './settled-by-person.ts'
import { hasSuggestion, suggestedLines, type SuggestedLines } from '../settle/suggested-lines.ts'
import type { StepName } from '../branch/step-name.ts'
import type { TakenStep } from './taken-step.ts'
import { withBranch } from './finish-step.ts'
import type { NamedPatch } from '../../core/commands/match-patch.ts'
import type { Annotation } from '../../ports/forge.ts'
import type { Verdict } from '../../core/model/verdict.ts'

interface ProposalQuestion {
  readonly reading: StepReading
  readonly step: StepName
  readonly taken: TakenStep
  /** Where the branch is. */
  readonly tip: Oid
  /** Whose work is on it; absent where it was written just now and is all ours. */
  readonly work?: BranchWork
  /** Where it was written just now: patch id → commit. */
  readonly commits?: ReadonlyMap<string, Oid>
}

/** Everything that is said of a step whose branch is there. */
export async function proposalOf(question: ProposalQuestion): Promise<Proposal> {
  const { reading, step, taken, tip, work } = question
  const commits = question.commits ?? commitsOf(work?.ours ?? [])
  const told = withBranch(taken.facts, { name: step.branch, commits })
  const before = (work && madeOn(work)) ?? taken.plan.branch.head
  const written: PullRequestFacts = {
    ...told,
    ...optional(reading.address, (repository) => ({ at: { repository, head: tip, before } })),
    ...defined({ published: await publishedNotes(reading, taken) }),
  }
  const facts = work && isTouched(work) ? await asItStands(question, written, work) : written
  const text = renderPullRequest(facts)
  const { annotations, ...check } = renderCheck(facts)
  const { dropped } = await reading.fork()
  const suggestions = await suggestionsOf(question)
  return {
    step,
    head: tip,
    title: text.title,
    body: text.body,
    open: needsPerson(facts),
    ...optional(
      facts.against?.some(({ code }) => code === 'fork-waits'),
      () => ({ waits: true as const }),
    ),
    check: { ...check, annotations },
    patches: patchesOf(facts, conflictsIn(taken)),
    suggestions,
    dropped: dropped.map(({ id, title, commits: from }) => ({ id, title, ids: [id, ...from] })),
  }
}

async function suggestionsOf({
  reading,
  taken,
  tip,
  work = ALL_OURS,
}: Pick<ProposalQuestion, 'reading' | 'taken' | 'tip'> & {
  readonly work?: Pick<BranchWork, 'persons' | 'rewritten'>
}): Promise<readonly SuggestedLines[]> {
  const { carried, plan } = taken
  if (!carried || !hasSuggestion(carried)) return []
  const { objects } = reading.store
  const branch = await seenBranch(objects, taken, { tip, work })
  return suggestedLines(objects, carried, { ...branch, onto: plan.fork.headTree })
}

const ALL_OURS = { persons: [], rewritten: false }

/** By patch, whatever became of them on the branch since. */
function conflictsIn({ carried }: TakenStep): ReadonlyMap<string, readonly string[]> {
  return new Map(carried?.patches.map(({ patch, files }) => [patch.id, openPaths(files)]))
}

function patchesOf(
  { carry, at }: PullRequestFacts,
  conflicts: ReadonlyMap<string, readonly string[]>,
): readonly ProposedPatch[] {
  if (!carry) return []
  return carry.carried.patches.map((carried, index): ProposedPatch => {
    const { id, title, commits } = carried.patch
    const diffs = carry.diffs.get(id) ?? []
    const detail = renderPatch({ carried, number: index + 1, diffs, upstream: carry.upstream, at })
    const now = carry.commits?.get(id)
    const named = {
      id,
      ids: [id, ...commits, ...(now ? [now] : [])],
      title,
      verdict: carried.verdict,
      detail,
    }
    return { ...named, conflicts: conflicts.get(id) ?? [] }
  })
}

/** The commit of each patch, by what the commits themselves say. */
function commitsOf(ours: readonly LoggedCommit[]): ReadonlyMap<string, Oid> {
  return new Map(
    ours.flatMap(({ oid, message }): [string, Oid][] => {
      const id = patchRecordedIn(message)
      return id === undefined ? [] : [[id, oid]]
    }),
  )
}

/** What a person's commits made of a step: conflicts they settled, and what the files as they are now would run. */
async function asItStands(
  { reading, taken, tip }: ProposalQuestion,
  facts: PullRequestFacts,
  work: BranchWork,
): Promise<PullRequestFacts> {
  const { objects } = reading.store
  const persons = await personsFacts(reading, work)
  const { carried, releaseTree: release, plan } = taken
  if (!carried || !release || !facts.carry) return { ...facts, persons }
  const branch = await seenBranch(objects, taken, { tip, work })
  const { view: tree } = branch
  const settled: CarriedSeries = await settledByPerson(objects, carried, branch)
  const { findings } = await auditFiles(objects, tree, {
    architectures: plan.architectures.architectures,
    inventories: (facts.inventories ?? []).map(({ path }) => path),
    release,
    callers: plan.fork.standing.callers,
    witnesses: await witnessesOf(reading.store, {
      release: facts.release,
      releases: plan.repository.releases,
    }),
  })
  return {
    ...facts,
    persons,
    carry: { ...facts.carry, carried: settled },
    ...defined({ account: facts.account && (await settledAccount(objects, facts.account, tree)) }),
    findings: withoutTold(findings, facts.lint ?? []),
  }
}

async function personsFacts(reading: StepReading, work: BranchWork): Promise<PersonsFacts> {
  const { branch } = await reading.fork()
  const { persons } = work
  const from = madeOn(work)
  const isMerged = persons.some(({ parents }) => parents.includes(branch.head))
  return {
    commits: persons.filter(({ parents }) => parents.length < 2).length,
    behind: from !== undefined && from !== branch.head && !isMerged,
  }
}

/** What becomes of a pull request. */
export interface Proposal {
  readonly step: StepName
  readonly head: Oid
  readonly title: string
  readonly body: string
  /** Something is left for a person to settle. */
  readonly open: boolean
  /** It waits for something in another repository. */
  readonly waits?: true
  readonly check: {
    readonly title: string
    readonly summary: string
    readonly annotations: readonly Annotation[]
  }
  readonly patches: readonly ProposedPatch[]
  /** What could be written at lines of the branch. */
  readonly suggestions: readonly SuggestedLines[]
  /** Patches that people left out. */
  readonly dropped: readonly (NamedPatch & { readonly id: string })[]
}

export interface ProposedPatch extends NamedPatch {
  /** Stays the same from step to step. */
  readonly id: string
  readonly verdict: Verdict
  /** What became of it, file by file, as Markdown. */
  readonly detail: readonly Block[]
  /** Its files that are in conflict with the release, settled by somebody or not. */
  readonly conflicts: readonly string[]
}
