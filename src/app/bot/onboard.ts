import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { defaultConfig, readConfig } from '../../core/config/read-config.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import { NO_DECISIONS } from '../../core/commands/decisions.ts'
import {
  ONBOARDING_TITLE,
  proposedConfig,
  renderBrokenOnboarding,
  questionConfig,
  renderOnboarding,
  renderQuestion,
} from '../../core/explain/texts/render-onboarding.ts'
import { sameText } from '../../core/explain/texts/same-text.ts'
import { speaksOfKubespray } from '../../core/explain/trouble/refuse-layout.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import type { BotWorld } from './bot-world.ts'
import { writeSettingsCommit } from '../branch/write-settings-commit.ts'
import { ONBOARDING_BRANCH } from '../jobs/job.ts'
import { isAskedInSettings } from '../engine/is-asked-in-settings.ts'
import { COMMITTER_EMAIL, COMMITTER_NAME } from '../repository/committer-at.ts'
import { readInventories } from '../repository/read-inventories.ts'
import { readPlaces } from '../repository/read-standing.ts'
import { readConfigText } from '../repository/read-config-at.ts'

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
  const reading = edited === undefined ? undefined : readConfig(edited, CONFIG_PATH)
  if (newest && reading?.kind === 'problems') {
    const body = renderBrokenOnboarding(reading.problems)
    if (!sameText(newest.body, body)) await forge.pullRequests.update(newest.number, { body })
    return
  }
  const config = reading?.kind === 'config' ? reading.config : defaultConfig()
  const { body, text } = await surveyed(place, config, world)
  const { labels } = config.pullRequests
  if (newest) {
    if (!sameText(newest.body, body)) await forge.pullRequests.update(newest.number, { body })
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

/** What can be found out, or the question that has to be answered first. */
async function surveyed(
  place: Workplace,
  config: Config,
  { engine }: BotWorld,
): Promise<{ readonly body: string; readonly text: string }> {
  try {
    const survey = await engine.survey({ place, config, decisions: NO_DECISIONS })
    return { body: renderOnboarding(survey), text: proposedConfig(survey) }
  } catch (error) {
    if (!isAskedInSettings(error)) throw error
    return { body: renderQuestion(error.problems), text: questionConfig() }
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
