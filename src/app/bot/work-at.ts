import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { defaultConfig, readConfig } from '../../core/config/read-config.ts'
import type { RepositoryConfig } from '../../core/config/resolve-config.ts'
import type { Oid } from '../../core/model/oid.ts'
import { pullOfAll } from '../../core/explain/trouble/which-cluster.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { TryLater } from '../../ports/try-later.ts'
import { loadDecisions } from './load-decisions.ts'
import type { Work } from '../engine/engine.ts'
import { readStepName } from '../branch/step-name.ts'
import { chooseCluster, eachCluster } from '../repository/cluster/choose-cluster.ts'
import { isThereIn, readConfigText } from '../repository/read-config-at.ts'
import { knownReleases } from '../repository/read-repository.ts'

/** What a repository's people have set, as far as there is anything to read. */
export type Settings =
  /** GitHub shows us no repository, or no commit in it. It may be gone or empty, or fail for a moment: nothing is known of it. */
  | { readonly kind: 'unseen' }
  /** Archived: nothing can be written there. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'none'; readonly facts: RepositoryFacts }
  | { readonly kind: 'problems'; readonly head: Oid; readonly problems: readonly Problem[] }
  | { readonly kind: 'config'; readonly head: Oid; readonly config: RepositoryConfig }

/** Reads the config of the default branch. */
export async function readSettings({ forge, objects }: Workplace): Promise<Settings> {
  // Asked for together; of a repository that is gone nothing else can be listed.
  const heads = objects.listRefs('refs/heads/')
  heads.catch(() => {})
  // One answer that it is not there may be a replica that lags; the second is taken for the state of things, and for no more.
  const facts = (await forge.repository.read()) ?? (await forge.repository.read())
  if (!facts) return { kind: 'unseen' }
  if (facts.archived) return { kind: 'closed' }
  const head = (await heads).get(`refs/heads/${facts.defaultBranch}`)
  if (!head) return { kind: 'unseen' }
  const text = await readConfigText(objects, head)
  if (text === undefined) return { kind: 'none', facts }
  const releases = [...(await knownReleases(objects)).keys()]
  const repository = `${facts.owner}/${facts.name}`
  const isThere = isThereIn(await objects.readTree(head))
  const reading = readConfig(text, CONFIG_PATH, { repository, releases, isThere })
  return reading.kind === 'problems'
    ? { kind: 'problems', head, problems: reading.problems }
    : { kind: 'config', head, config: reading.config }
}

/** What is worked on in a repository: all of it, or each of several clusters. */
export function worksOf(place: Workplace, config: RepositoryConfig): Promise<readonly Work[]> {
  return Promise.all(
    eachCluster(config).map(async (each): Promise<Work> => {
      const decisions = await loadDecisions(place.objects, each.cluster?.name)
      return { place, config: each, decisions }
    }),
  )
}

/**
 * The settings of a repository that somebody waits for. Refuses a broken config, with its problems. Asked where something of the
 * repository was seen a moment ago, so that one which is not to be seen is waited for.
 */
export async function settingsAt(place: Workplace, clock: Clock): Promise<RepositoryConfig> {
  const settings = await readSettings(place)
  if (settings.kind === 'unseen' || settings.kind === 'closed')
    throw notNow(place, SAID[settings.kind], clock)
  if (settings.kind === 'problems') throw new Refusal(settings.problems)
  return settings.kind === 'config' ? settings.config : defaultConfig()
}

/** A repository with its config and what was decided in it; of several clusters the one whose branch this is. */
export async function workAt(place: Workplace, clock: Clock, branch: string): Promise<Work> {
  const settings = await settingsAt(place, clock)
  const name = readStepName(branch, '')?.cluster
  if (name === undefined && settings.clusters.length > 0)
    throw new Refusal(pullOfAll(settings.clusters.map(({ cluster }) => cluster.name)))
  const config = chooseCluster(settings, name)
  return { place, config, decisions: await loadDecisions(place.objects, config.cluster?.name) }
}

const AGAIN = 60_000

const SAID = { closed: 'it is archived', unseen: 'it is not shown, or has no commit' } as const

/** It may stay so for years, so it is asked more and more slowly. */
function notNow({ repository: { owner, name } }: Workplace, said: string, clock: Clock): TryLater {
  const asked = `${owner}/${name}`
  return new TryLater(`${asked}: ${said}`, clock.now() + AGAIN, { kind: 'absent', asked, said })
}
