import { defined } from '../../core/model/defined.ts'
import type { CommitForm } from '../../core/config/resolve-config.ts'
import { CONFIG_PATH } from '../../core/config/config-path.ts'
import {
  ONBOARDING_TITLE,
  proposedConfig,
  questionConfig,
} from '../../core/explain/texts/render-onboarding.ts'
import { OWN_WORKFLOW_PATH, renderOwnWorkflow } from '../../core/explain/init/render-own-workflow.ts'
import { noBranchForSettings, noPlaceFor, settingsThere } from '../../core/explain/trouble/settings-there.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { withPrefix } from '../../core/text/with-prefix.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { freeTarget, moveStepBranch, type WrittenBranch } from '../branch/move-step-branch.ts'
import { writeSettingsCommit, type ProposedFile } from '../branch/write-settings-commit.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../jobs/job.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { planFork, type PlanRequest } from '../plan/plan-fork.ts'
import { isAskedInSettings } from './is-asked-in-settings.ts'
import { committerAt } from '../repository/committer-at.ts'
import { readConfigAt, readConfigText } from '../repository/read-config-at.ts'
import { readRepository, type Repository } from '../repository/read-repository.ts'
import type { Survey } from './engine.ts'
import { surveyPlan } from './survey-fork.ts'

interface SettingsRequest extends PlanRequest {
  /** Whether the workflow that runs the Action is proposed as well. */
  readonly workflow: boolean
  readonly write: 'branch' | 'nothing'
  /** The branch to write, where it is not the one that the App writes as well. */
  readonly as?: string
}

export interface ProposedSettings {
  /** The branch that they are for. */
  readonly base: string
  readonly title: string
  readonly files: readonly ProposedFile[]
  /** What was asked for and is there already. */
  readonly kept: readonly string[]
  readonly survey?: Survey
  /** What the settings have to say before anything can be found out. */
  readonly asked: readonly Problem[]
  readonly written?: WrittenBranch
}

/**
 * Proposes the settings of a repository with what planning finds there, and the workflow where that is wanted: as a commit on a branch
 * of ours. What is there already stays; with nothing left to add it refuses.
 */
export async function proposeSettings(
  store: ObjectStore,
  request: SettingsRequest,
): Promise<ProposedSettings> {
  const repository = await readRepository(store, request.upstreamRemotes)
  const { base, head } = baseOf(repository, request.branch)
  const tree = await store.readTree(head)
  const wanted = [CONFIG_PATH, ...(request.workflow ? [OWN_WORKFLOW_PATH] : [])]
  const [missing, kept] = [wanted.filter((path) => !tree.has(path)), wanted.filter((path) => tree.has(path))]
  if (missing.length === 0) throw new Refusal(settingsThere(base, kept))
  for (const path of missing) refuseInTheWay(tree, path, base)
  const found = missing.includes(CONFIG_PATH) ? await foundOut(store, request) : { asked: [] }
  const files = missing.map((path) => ({ path, text: textOf(path, { base, ...found }) }))
  const there = kept.includes(CONFIG_PATH) ? await readConfigAt(store, head) : undefined
  const words = there?.kind === 'config' ? there.config.commits : undefined
  const title = withPrefix(ONBOARDING_TITLE, words?.prefix)
  const proposed = { base, title, files, kept, ...found }
  if (request.write === 'nothing') return proposed
  const { as: name = ONBOARDING_BRANCH } = request
  return { ...proposed, written: await writeOnBranch(store, { name, base, head, files, words }) }
}

interface FoundOut {
  readonly survey?: Survey
  readonly asked: readonly Problem[]
}

function textOf(path: string, { base, survey, asked }: FoundOut & { readonly base: string }): string {
  if (path === OWN_WORKFLOW_PATH)
    return renderOwnWorkflow([...new Set([base, ...(survey ? [survey.branch] : [])])])
  return survey ? proposedConfig(survey) : questionConfig(asked)
}

/** The default branch, where bots and workflows look; one of ours that is checked out is none. */
function baseOf(
  { branches, defaultBranch }: Repository,
  wanted: string | undefined,
): { readonly base: string; readonly head: Oid } {
  const named = [defaultBranch, wanted].find(
    (name): name is string => name !== undefined && branches.has(name) && !name.startsWith(OUR_BRANCHES),
  )
  const head = branches.get(named ?? '')
  if (named === undefined || !head) throw new Refusal(noBranchForSettings())
  return { base: named, head }
}

/** A file needs folders above it, and none in its place. */
function refuseInTheWay(tree: Tree, path: string, base: string): void {
  const parts = path.split('/')
  const above = parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'))
  const other =
    above.find((each) => tree.has(each)) ?? [...tree.keys()].find((each) => each.startsWith(`${path}/`))
  if (other !== undefined) throw new Refusal(noPlaceFor(path, base, other))
}

/** What planning finds, or what has to be answered before it can. */
async function foundOut(store: ObjectStore, request: SettingsRequest): Promise<FoundOut> {
  try {
    const plan = await planFork(store, request)
    const { name, head } = plan.branch
    if ((await readConfigText(store, head)) !== undefined)
      throw new Refusal(settingsThere(name, [CONFIG_PATH]))
    const survey = await surveyPlan({ objects: store, cache: cacheOfRun(request.cache) }, plan)
    return { survey, asked: [] }
  } catch (error) {
    if (!isAskedInSettings(error)) throw error
    return { asked: error.problems }
  }
}

async function writeOnBranch(
  store: ObjectStore,
  {
    name,
    base,
    head,
    files,
    words,
  }: {
    readonly name: string
    readonly base: string
    readonly head: Oid
    readonly files: readonly ProposedFile[]
    readonly words: CommitForm | undefined
  },
): Promise<WrittenBranch> {
  const target = await freeTarget(store, { name, source: base, below: [head], step: 'settings' })
  const time = (await store.readCommits([head])).get(head)?.committer.time ?? 0
  const tip = await writeSettingsCommit(store, {
    head,
    files,
    who: committerAt(time),
    ...defined({ words }),
  })
  return { name, tip, change: await moveStepBranch(store, target, tip) }
}
