import { defaultConfig } from '../core/config/read.ts'
import { Refusal } from '../core/model/problem.ts'
import type { Workplace } from '../ports/host.ts'
import { loadDecisions } from './decisions.ts'
import type { Work } from './engine.ts'
import { readConfigAt } from './read-config.ts'

/** A repository with its config and what was decided in it. Refuses a broken config, with its problems. */
export async function workAt(place: Workplace): Promise<Work> {
  const facts = await place.forge.repository.read()
  if (!facts || facts.archived)
    throw new Refusal({
      code: 'archived',
      message: 'This repository is gone or archived, so I can write nothing here.',
    })
  const head = (await place.objects.listRefs('refs/heads/')).get(`refs/heads/${facts.defaultBranch}`)
  const reading = head && (await readConfigAt(place.objects, head))
  if (reading?.kind === 'problems') throw new Refusal(reading.problems)
  const config = reading?.config ?? defaultConfig()
  return { place, config, decisions: await loadDecisions(place.objects) }
}
