import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { defaultConfig, readConfig } from '../../core/config/read-config.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { TryLater } from '../../ports/try-later.ts'
import { loadDecisions } from './load-decisions.ts'
import type { Work } from '../engine/engine.ts'
import { readConfigText } from '../repository/read-config-at.ts'
import { knownReleases } from '../repository/read-repository.ts'

/** What a repository's people have set, as far as there is anything to read. */
export type Settings =
  /** GitHub shows us no repository, or no commit in it. It may be gone or empty, or fail for a moment: nothing is known of it. */
  | { readonly kind: 'unseen' }
  /** Archived: nothing can be written there. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'none'; readonly facts: RepositoryFacts }
  | { readonly kind: 'problems'; readonly head: Oid; readonly problems: readonly Problem[] }
  | { readonly kind: 'config'; readonly head: Oid; readonly config: Config }

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
  const reading = readConfig(text, CONFIG_PATH, { repository: `${facts.owner}/${facts.name}`, releases })
  return reading.kind === 'problems'
    ? { kind: 'problems', head, problems: reading.problems }
    : { kind: 'config', head, config: reading.config }
}

/**
 * A repository with its config and what was decided in it. Refuses a broken config, with its problems. Asked where something of the
 * repository was seen a moment ago, so that one which is not to be seen is waited for.
 */
export async function workAt(place: Workplace, clock: Clock): Promise<Work> {
  const settings = await readSettings(place)
  if (settings.kind === 'unseen' || settings.kind === 'closed')
    throw new TryLater(`The repository is ${settings.kind} at the moment`, clock.now() + AGAIN)
  if (settings.kind === 'problems') throw new Refusal(settings.problems)
  const config = settings.kind === 'config' ? settings.config : defaultConfig()
  return { place, config, decisions: await loadDecisions(place.objects) }
}

const AGAIN = 60_000
