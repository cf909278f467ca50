import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { defaultConfig, readConfig } from '../../core/config/read-config.ts'
import type { RepositoryConfig } from '../../core/config/resolve-config.ts'
import { defined } from '../../core/model/defined.ts'
import { NO_DECISIONS } from '../../core/commands/decisions.ts'
import {
  clustersConfig,
  ONBOARDING_TITLE,
  proposedConfig,
  renderBrokenOnboarding,
  renderClustersOnboarding,
  questionConfig,
  renderOnboarding,
  renderQuestion,
} from '../../core/explain/texts/render-onboarding.ts'
import { newBody } from '../../core/explain/keep-ticks.ts'
import { speaksOfKubespray } from '../../core/explain/trouble/refuse-layout.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Forge, PullRequest, RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import type { BotWorld } from './bot-world.ts'
import { writeSettingsCommit } from '../branch/write-settings-commit.ts'
import { ONBOARDING_BRANCH } from '../jobs/job.ts'
import { isAskedInSettings } from '../engine/is-asked-in-settings.ts'
import { COMMITTER_EMAIL, COMMITTER_NAME } from '../repository/committer-at.ts'
import { readInventories } from '../repository/read-inventories.ts'
import { readPlaces } from '../repository/read-standing.ts'
import type { Engine, Survey } from '../engine/engine.ts'
import { namingCluster } from '../repository/cluster/naming-cluster.ts'
import { isThereIn, readConfigText } from '../repository/read-config-at.ts'

/**
 * A repository without a config gets one pull request that adds it, with what was found and what would be done. Closed,
 * it is not opened again; edited, its preview follows. A repository that is no fork of Kubespray makes the survey
 * refuse, and nothing is said there: Apps are installed on whole organizations.
 */
export async function onboard(place: Workplace, facts: RepositoryFacts, world: BotWorld): Promise<void> {
  const { forge, objects } = place
  const [newest] = await forge.pullRequests.from(ONBOARDING_BRANCH)
  if (newest && newest.state !== 'open') return
  await refuseOthers(place, facts)
  const edited = newest && (await readConfigText(objects, newest.head.oid))
  const isThere = newest && isThereIn(await objects.readTree(newest.head.oid))
  const reading = edited === undefined ? undefined : readConfig(edited, CONFIG_PATH, defined({ isThere }))
  if (newest && reading?.kind === 'problems') {
    await rewrite(forge, newest, renderBrokenOnboarding(reading.problems))
    return
  }
  const config = reading?.kind === 'config' ? reading.config : defaultConfig()
  const { body, text } = await surveyed(place, { config, isEdited: edited !== undefined }, world)
  const { labels } = config.pullRequests
  if (newest) {
    await rewrite(forge, newest, body)
    // A job died before it could put them on; whoever wants none says so in the file.
    if (newest.labels.length === 0 && labels.length > 0) await forge.labels.add(newest.number, labels)
    return
  }
  await writeBranch(place, facts, { text, world })
  const { defaultBranch: onto } = facts
  const opened = await forge.pullRequests.open({
    title: ONBOARDING_TITLE,
    body,
    branch: ONBOARDING_BRANCH,
    onto,
    draft: false,
  })
  if (labels.length > 0) await forge.labels.add(opened.number, labels)
}

async function rewrite(forge: Forge, { number, body: before }: PullRequest, text: string): Promise<void> {
  const body = newBody(before, text)
  if (body !== undefined) await forge.pullRequests.update(number, { body })
}

/**
 * An App may be installed on a whole organization. Which release a repository stands on is asked of its history, and one that has
 * nothing of Kubespray's would have to be read to its first commit; so its files are looked at first.
 */
async function refuseOthers({ objects }: Workplace, { defaultBranch }: RepositoryFacts): Promise<void> {
  const head = (await objects.listRefs('refs/heads/')).get(`refs/heads/${defaultBranch}`)
  const tree = head && (await objects.readTree(head))
  // Every release since the first has the one or the other; a copy without either is none.
  if (tree && [...tree.keys()].some((path) => /^(?:cluster\.yml$|roles\/kube)/.test(path))) return
  if (tree && (await isRunFrom(objects, tree))) return
  throw new Refusal({ code: 'not-kubespray', message: 'This repository holds nothing of Kubespray’s.' })
}

/** Whether a repository names Kubespray somewhere, or holds an inventory of it; one of another playbook is somebody else's. */
async function isRunFrom(objects: Workplace['objects'], tree: Tree): Promise<boolean> {
  const { inventories, ...places } = await readPlaces(objects, tree)
  if (speaksOfKubespray({ ...places, inventories: [] })) return true
  if (inventories.length === 0) return false
  const found = await readInventories(objects, { tree, wanted: [], wantedBy: 'config' })
  return found.inventories.length > 0
}

interface Onboarding {
  readonly body: string
  readonly text: string
}

interface Surveyed {
  readonly config: RepositoryConfig
  /** Somebody has the file in hand: what it says is shown, and nothing is proposed beside it. */
  readonly isEdited: boolean
}

/** What can be found out, or the question that has to be answered first. */
async function surveyed(
  place: Workplace,
  { config, isEdited }: Surveyed,
  { engine }: BotWorld,
): Promise<Onboarding> {
  try {
    if (config.clusters.length > 0) return { body: await surveyEach(place, config, engine), text: '' }
    const survey = await engine.survey({ place, config, decisions: NO_DECISIONS })
    return { body: renderOnboarding(survey), text: proposedConfig(survey) }
  } catch (error) {
    if (!isAskedInSettings(error)) throw error
    const { problems } = error
    const found = isEdited ? undefined : await asClusters(place, problems, engine)
    return found ?? { body: renderQuestion(problems), text: questionConfig(problems) }
  }
}

async function surveyEach(place: Workplace, config: RepositoryConfig, engine: Engine): Promise<string> {
  const facts: ClusterSurvey[] = []
  for (const each of config.clusters) {
    const work = { place, config: each, decisions: NO_DECISIONS }
    const survey = await namingCluster(each, () => engine.survey(work))
    facts.push({ ...survey, cluster: each.cluster.name })
  }
  return renderClustersOnboarding(facts)
}

type ClusterSurvey = Survey & { readonly cluster: string }

/** What does not agree may be of several clusters: proposed as such where each of them can be read. */
async function asClusters(
  place: Workplace,
  problems: readonly Problem[],
  engine: Engine,
): Promise<Onboarding | undefined> {
  const settings = problems.flatMap((each) => each.settings ?? [])
  const text = clustersConfig(settings)
  const reading = readConfig(text)
  if (settings.length === 0 || reading.kind !== 'config') return undefined
  try {
    return { body: await surveyEach(place, reading.config, engine), text }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return undefined
  }
}

/** One commit on the default branch's head. A branch that is there already is somebody's work, or ours from a moment ago. */
async function writeBranch(
  { objects }: Workplace,
  { defaultBranch }: RepositoryFacts,
  { text, world }: { readonly text: string; readonly world: BotWorld },
): Promise<void> {
  const ref = `refs/heads/${ONBOARDING_BRANCH}`
  const heads = await objects.listRefs('refs/heads/')
  const head = heads.get(`refs/heads/${defaultBranch}`)
  if (!head) throw new Error(`the default branch ${defaultBranch} has no head`)
  if (heads.has(ref)) return
  const time = Math.floor(world.clock.now() / 1000)
  const who = { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time, zone: '+0000' }
  const to = await writeSettingsCommit(objects, { head, files: [{ path: CONFIG_PATH, text }], who })
  if (!(await objects.moveRef({ name: ref, from: undefined, to })))
    throw new Error(`${ref} was moved by somebody else; the next look tries again`)
}
