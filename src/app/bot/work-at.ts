import { CONFIG_PATH, defaultConfig, readConfig } from '../../core/config/read.ts'
import type { Config } from '../../core/config/resolve.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { RepositoryFacts } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { loadDecisions } from './decisions.ts'
import type { Work } from './engine.ts'
import { readConfigText } from '../fork/read-config.ts'
import { knownReleases } from '../fork/read-repository.ts'

/** What a repository's people have set, as far as there is anything to read. */
export type Settings =
  /** Gone, archived, or empty: nothing can be written there. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'none'; readonly facts: RepositoryFacts }
  | { readonly kind: 'problems'; readonly head: Oid; readonly problems: readonly Problem[] }
  | { readonly kind: 'config'; readonly head: Oid; readonly config: Config }

/** Reads the config of the default branch. */
export async function readSettings({ forge, objects }: Workplace): Promise<Settings> {
  // Asked for together; of a repository that is gone nothing else can be listed.
  const heads = objects.listRefs('refs/heads/')
  heads.catch(() => {})
  const facts = await forge.repository.read()
  if (!facts || facts.archived) return { kind: 'closed' }
  const head = (await heads).get(`refs/heads/${facts.defaultBranch}`)
  if (!head) return { kind: 'closed' }
  const text = await readConfigText(objects, head)
  if (text === undefined) return { kind: 'none', facts }
  const releases = [...(await knownReleases(objects)).keys()]
  const reading = readConfig(text, CONFIG_PATH, { repository: `${facts.owner}/${facts.name}`, releases })
  return reading.kind === 'problems'
    ? { kind: 'problems', head, problems: reading.problems }
    : { kind: 'config', head, config: reading.config }
}

/** A repository with its config and what was decided in it. Refuses a broken config, with its problems. */
export async function workAt(place: Workplace): Promise<Work> {
  const settings = await readSettings(place)
  if (settings.kind === 'closed')
    throw new Refusal({
      code: 'archived',
      message: 'This repository is gone or archived, so I can write nothing here.',
    })
  if (settings.kind === 'problems') throw new Refusal(settings.problems)
  const config = settings.kind === 'config' ? settings.config : defaultConfig()
  return { place, config, decisions: await loadDecisions(place.objects) }
}
