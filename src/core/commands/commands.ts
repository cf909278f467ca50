import { CONFLICT_SIDES, type ConflictSide } from '../model/sides.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/** The word every command begins with. */
export const PREFIX = '/multiarch'

/** Where a command makes sense: on one of our pull requests, on the dashboard issue, or on both. */
export type CommandPlace = 'pull' | 'dashboard'

export interface CommandRule {
  readonly name: CommandName
  /** What comes after the name. */
  readonly argument?: 'patch' | 'release' | 'side'
  readonly places: readonly CommandPlace[]
  /** One sentence, for `help` and the page of commands. */
  readonly help: string
  /** What the page of commands says beyond that. */
  readonly more: string
}

/**
 * Every command, in the order people need them. All of them are for people with write permission on the repository that
 * is written, even those that only answer: an answer is a comment in their repository.
 */
export const COMMANDS = [
  {
    name: 'recheck',
    places: ['pull'],
    help: 'judges the pull request as it is now and updates its check, text and verdicts',
    more: 'Commits that a person pushed to the branch count: a conflict they settled is seen as adapted by a person. Nothing on the branch is changed.',
  },
  {
    name: 'rebase',
    places: ['pull'],
    help: 'builds the pull request again on the branch it goes to, as that is now',
    more: 'Commits that a person pushed to the branch are kept and put on top.',
  },
  {
    name: 'recreate',
    places: ['pull'],
    help: 'throws the branch away, a person’s commits on it included, and builds it from nothing',
    more: 'The answer lists the commits that were thrown away, so that they can be fetched again by their ids. How they settled conflicts is remembered and done again; `forget` takes that back.',
  },
  {
    name: 'plan',
    places: ['pull', 'dashboard'],
    help: 'shows the whole route to the newest release, with the reason for each step',
    more: 'The plan is computed again each time and stored nowhere.',
  },
  {
    name: 'explain',
    argument: 'patch',
    places: ['pull'],
    help: 'shows what became of one patch, file by file, with the evidence',
    more: 'For a conflict it shows the three sides: what the patch was written on, what the release has, and what you have.',
  },
  {
    name: 'take',
    argument: 'side',
    places: ['pull'],
    help: 'settles what a patch has in conflict, all of it or one file, with the side you name',
    more: '`mine` is what the patch wants, `upstream` what the release has, `both` what both did, the release’s lines first; what collides nowhere is carried in any case. A commit on the branch does it, in your name: it is kept as your own commits are, and the other side can be taken later. A file that a person changed on the branch is left as they have it.',
  },
  {
    name: 'forget',
    argument: 'patch',
    places: ['pull'],
    help: 'takes back how conflicts of a patch were settled, here and at earlier releases',
    more: 'I remember what you make of a conflict on a branch of mine, and do the same where the same lines meet again; the text says so each time. After this the conflict is open again, and no answer given until now is used any more. What a person wrote on this very branch stays.',
  },
  {
    name: 'keep',
    argument: 'patch',
    places: ['pull'],
    help: 'carries a patch that I proposed to drop',
    more: 'The branch is built again with it, and later steps carry it as well.',
  },
  {
    name: 'drop',
    argument: 'patch',
    places: ['pull'],
    help: 'leaves a patch out, for good',
    more: 'The branch is built again without it. Until the pull request is merged, `keep` takes it back.',
  },
  {
    name: 'skip',
    argument: 'release',
    places: ['pull', 'dashboard'],
    help: 'never proposes a release; I go past it where the rules of upgrading allow that',
    more: 'An open pull request for that release is closed. Closing a pull request unmerged does the same; `resume` takes it back.',
  },
  {
    name: 'hold',
    places: ['pull', 'dashboard'],
    help: 'stops me from proposing or moving anything in this repository',
    more: 'Open pull requests stay as they are, and commands still answer. Where the settings name several `clusters`, a command under the pull request of one is about that one.',
  },
  {
    name: 'resume',
    places: ['pull', 'dashboard'],
    help: 'ends a hold, and forgets which releases were skipped',
    more: 'The next step is looked for at once.',
  },
  {
    name: 'applied',
    places: ['pull', 'dashboard'],
    help: 'says that the cluster runs what was merged, so that the next step may be proposed',
    more: 'Needed only with `advance: on-applied`; without it the answer says that nothing waited.',
  },
  {
    name: 'help',
    places: ['pull', 'dashboard'],
    help: 'lists the commands',
    more: 'It is also the answer to a bare `/multiarch`.',
  },
] as const satisfies readonly (Omit<CommandRule, 'name'> & { name: string })[]

export type CommandName = (typeof COMMANDS)[number]['name']
type TakesPatch = Extract<(typeof COMMANDS)[number], { argument: 'patch' }>['name']
type TakesRelease = Extract<(typeof COMMANDS)[number], { argument: 'release' }>['name']
type TakesSide = Extract<(typeof COMMANDS)[number], { argument: 'side' }>['name']

/** What somebody asked for. */
export type Command =
  | { readonly name: Exclude<CommandName, TakesPatch | TakesRelease | TakesSide> }
  /** `patch` is how it was named: the number in the table, the beginning of an id, or words of its title. */
  | { readonly name: TakesPatch; readonly patch: string }
  | { readonly name: TakesRelease; readonly release: ReleaseTag }
  /** `patch` may end with one of its files. */
  | { readonly name: TakesSide; readonly patch: string; readonly side: ConflictSide }

export function ruleOf(name: CommandName): CommandRule {
  return COMMANDS.find((each) => each.name === name) as CommandRule
}

export function findRule(word: string): CommandRule | undefined {
  return COMMANDS.find((each) => each.name === word.toLowerCase())
}

/** How a command is written: `/multiarch keep <patch>`. */
export function usageOf({ name, argument }: Pick<CommandRule, 'name' | 'argument'>): string {
  if (argument === 'side') return `${PREFIX} ${name} <patch> [<file>] ${CONFLICT_SIDES.join('|')}`
  return argument ? `${PREFIX} ${name} <${argument}>` : `${PREFIX} ${name}`
}
