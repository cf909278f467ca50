import type { Command } from '../../core/commands/commands.ts'
import { renderHelp } from '../../core/commands/render-command-reference.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { ruleOf } from '../../core/commands/commands.ts'
import type { Workplace } from '../../ports/host.ts'
import type { Work } from '../engine/engine.ts'
import { answerCommand } from './answer-command.ts'
import type { BotWorld } from './bot-world.ts'
import { recordDecision } from './load-decisions.ts'
import { settingsAt, worksOf } from './work-at.ts'

interface ForAll {
  readonly world: BotWorld
  readonly by: string
}

/** Does what a command on the dashboard asks, where it is about the repository, or about all of several clusters in it. */
export async function answerForAll(
  command: Command,
  place: Workplace,
  { world, by }: ForAll,
): Promise<string> {
  const works = await worksOf(place, await settingsAt(place, world.clock))
  const [only] = works
  if (only && !only.config.cluster) return answerCommand(command, { work: only, world, by })
  if (!ruleOf(command.name).places.includes('dashboard')) return say.onlyOnPullRequests(command.name)
  const decide = { by, clock: world.clock }
  switch (command.name) {
    case 'hold':
      await recordDecision(place.objects, { kind: 'hold' }, decide)
      return say.held()
    case 'resume':
      await recordDecision(place.objects, { kind: 'resume', lastPull: 0 }, decide)
      await each(command, works, { world, by })
      return say.resumed()
    case 'skip': {
      const answers = await each(command, works, { world, by })
      const isDone = works.every(
        ({ config }, at) => answers[at] === say.skipped(command.release, config.cluster?.name),
      )
      return isDone ? say.skipped(command.release) : (answers.at(-1) ?? '')
    }
    case 'plan':
      return joined(works, await each(command, works, { world, by }))
    case 'applied':
      return say.appliedWhich(works.flatMap(({ config }) => config.cluster?.name ?? []))
    default:
      return renderHelp('dashboard')
  }
}

async function each(command: Command, works: readonly Work[], how: ForAll): Promise<readonly string[]> {
  const answers: string[] = []
  for (const work of works) answers.push(await answerCommand(command, { work, ...how }))
  return answers
}

function joined(works: readonly Work[], answers: readonly string[]): string {
  return answers
    .map((answer, at) => say.ofCluster(works[at]?.config.cluster?.name ?? '', answer))
    .join('\n\n')
}
