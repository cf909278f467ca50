import type { Command } from '../../core/commands/commands.ts'
import { matchPatch, type NamedPatch } from '../../core/commands/match-patch.ts'
import { parseCommands } from '../../core/commands/parse-commands.ts'
import type { NotedPatch } from '../../core/explain/texts/answer-comment.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Comment, PullRequest } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { readStepName } from '../branch/step-name.ts'
import type { ProposedPatch } from '../step/proposal-of.ts'
import type { BotWorld } from './bot-world.ts'
import { workAt } from './work-at.ts'

/** What comments of a thread mean, by their ids. */
interface MeantPatches {
  /** The pull request that they stand on. */
  readonly pull?: PullRequest
  readonly of: ReadonlyMap<number, readonly NotedPatch[]>
}

/** Commands after which another patch may have the number, or none the title, that was written. */
const CHANGES: ReadonlySet<Command['name']> = new Set(['take', 'keep', 'drop', 'forget'])

/**
 * Which patches are meant by comments that wait, all looked up in the list as it stands before any of them is done: what one command
 * does changes the numbers that the next was written by, and those that it was written by itself, if it is done again.
 */
export async function meantPatches(
  place: Workplace,
  comments: readonly Comment[],
  world: BotWorld,
): Promise<MeantPatches> {
  const waiting = comments.filter(({ edited, body }) => !edited && parseCommands(body).commands.some(changes))
  const [first] = waiting
  const pull = first && (await place.forge.pullRequests.read(first.number))
  const step = pull?.state === 'open' ? readStepName(pull.head.branch, pull.base.branch) : undefined
  if (!pull || !step) return { of: new Map() }
  try {
    const { patches } = await world.engine.judge(await workAt(place, world.clock, pull.head.branch), step)
    const of = new Map(waiting.map(({ id, body }) => [id, notedIn(body, patches)]))
    return { ...defined({ pull }), of }
  } catch (error) {
    // Each command meets the same, and says so.
    if (!(error instanceof Refusal)) throw error
    return { of: new Map() }
  }
}

function changes({ name }: Command): boolean {
  return CHANGES.has(name)
}

function notedIn(body: string, patches: readonly ProposedPatch[]): readonly NotedPatch[] {
  return parseCommands(body).commands.flatMap((command, index) => {
    if (!('patch' in command)) return []
    const found = command.name === 'take' ? namedIn(command.patch, patches) : wholly(command.patch, patches)
    const id = found?.patch.ids[0]
    return found && id !== undefined ? [{ index, id, words: found.words }] : []
  })
}

/** The same command with its patch by an id, which no other patch has and this one keeps. */
export function withMeant(command: Command, noted: NotedPatch | undefined): Command {
  if (!noted || !('patch' in command)) return command
  const rest = command.patch.split(' ').slice(noted.words)
  return { ...command, patch: [noted.id, ...rest].join(' ') }
}

interface Named<T> {
  readonly patch: T
  /** How many of the words name the patch; the rest is a file of it. */
  readonly words: number
}

type InConflict = NamedPatch & Pick<ProposedPatch, 'conflicts'>

/** A title may end with the name of a file: one that is in conflict is what was meant, since less is done so. */
export function namedIn<T extends InConflict>(said: string, patches: readonly T[]): Named<T> | undefined {
  const words = said.split(' ')
  const splits = words.slice(1).map((_, at) => {
    const match = matchPatch(patches, unquoted(words.slice(0, at + 1)))
    return match.kind === 'one' ? { patch: match.patch, words: at + 1 } : undefined
  })
  const isMeant = (each: Named<T>) => isOneOf(fileIn(said, each.words), each.patch.conflicts)
  const inConflict = splits.find((each) => each && isMeant(each))
  if (inConflict) return inConflict
  return wholly(said, patches) ?? splits.findLast((each) => each !== undefined)
}

/** The file that stands behind the name of a patch; none where the words end. */
export function fileIn(said: string, words: number): string {
  return unquoted(said.split(' ').slice(words))
}

function wholly<T extends NamedPatch>(said: string, patches: readonly T[]): Named<T> | undefined {
  const match = matchPatch(patches, said)
  return match.kind === 'one' ? { patch: match.patch, words: said.split(' ').length } : undefined
}

function unquoted(words: readonly string[]): string {
  return words.join(' ').replace(/^(["'<])(.*)["'>]$/, '$2')
}

function isOneOf(file: string, paths: readonly string[]): boolean {
  return file !== '' && paths.some((path) => path === file || path.endsWith(`/${file}`))
}
