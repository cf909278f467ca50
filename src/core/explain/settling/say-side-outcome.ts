import type { ConflictSide } from '../../model/sides.ts'
import type { Oid } from '../../model/oid.ts'
import type { SideRefusal } from '../../merge/settle/side-refusal.ts'
import type { Verdict } from '../../model/verdict.ts'
import { enumerated, someOf } from '../../text/enumerated.ts'
import { code, fenced, plain } from '../blocks/plain.ts'

interface Asked {
  readonly title: string
  readonly verdict: Verdict
  readonly side: ConflictSide
  readonly file?: string | undefined
}

/** What became of a request to settle; only `settled` has written anything. */
export type SideOutcome =
  | {
      readonly kind: 'settled'
      /** Absent where all of it was so already. */
      readonly commit?: Oid
      /** Files that have that side now, or had it before. */
      readonly files: readonly SettledPlace[]
      /** Files that a person changed, and that are as they left them. */
      readonly left: readonly LeftPlace[]
      /** Later patches of these files that go on by themselves now. */
      readonly following: readonly string[]
      /** Where all of it was so already: the commit that made it so at somebody's word, and what followed then. */
      readonly before?: { readonly commit: Oid; readonly following: readonly string[] }
    }
  /** Nothing of the patch was in conflict, or is any more. */
  | { readonly kind: 'nothing-open' }
  | { readonly kind: 'no-such-file'; readonly files: readonly string[] }
  /** Nothing was written, since a part of it cannot be had. */
  | {
      readonly kind: 'refused'
      readonly files: readonly { readonly path: string; readonly why: SideRefusal }[]
    }
  /** What stands there is not what was put there. */
  | { readonly kind: 'changed-since'; readonly files: readonly string[] }
  /** Somebody was faster. */
  | { readonly kind: 'moved' }

interface SettledPlace {
  readonly path: string
  /** As a whole, since it could not be merged. */
  readonly isWhole: boolean
  /** Lines that the other side put in there and that are not in it now. */
  readonly leftOut: readonly string[]
}

export interface LeftPlace {
  readonly path: string
  readonly why: 'by-hand' | 'marked'
}

/** What came of a request to settle a conflict. */
export function saySideOutcome(outcome: SideOutcome, asked: Asked): string {
  const title = `“${plain(asked.title)}”`
  switch (outcome.kind) {
    case 'nothing-open':
      return `Nothing of ${title} is in conflict with the release: the patch is ${asked.verdict} here. I changed nothing.`
    case 'no-such-file':
      return `${title} has nothing in conflict in ${code(asked.file ?? '')}. It has in ${enumerated(outcome.files.map(code))}. I changed nothing.`
    case 'moved':
      return 'Somebody pushed to the branch while I was at it, so I changed nothing. Write the command again.'
    case 'changed-since':
      return `What stands in ${enumerated(outcome.files.map(code))} on the branch is not what I left there, so I changed nothing. Settle it by hand on the branch, and then write \`/multiarch recheck\`.`
    case 'refused':
      return notHad(outcome.files, asked.side)
    case 'settled':
      return settled(outcome, asked, title)
  }
}

function settled(
  { files, left, commit, following }: Extract<SideOutcome, { kind: 'settled' }>,
  { side }: Asked,
  title: string,
): string {
  const of = (isWhole: boolean): readonly string[] =>
    files.filter((each) => each.isWhole === isWhole).map(({ path }) => code(path))
  const [merged, whole] = [of(false), of(true)]
  const done = commit === undefined ? 'It was so already, so I changed nothing.' : `That is commit ${commit}.`
  return [
    ...(merged.length === 0 ? [] : [MERGED[side](merged, title)]),
    ...(whole.length === 0 ? [] : [WHOLE[side](whole, title)]),
    ...(files.length > 0 ? [done] : []),
    ...(following.length === 0 ? [] : [follows(following)]),
    ...left.map(leftAlone),
    ...files.flatMap(({ path, leftOut }) => (leftOut.length === 0 ? [] : [notIn(path, leftOut, side)])),
  ].join(' ')
}

/** More is seen in the commit. */
const MOST_LINES = 20

/** What a choice costs is seen where it is made: the lines that stood together there may be more than the three sides showed. */
function notIn(path: string, lines: readonly string[], side: ConflictSide): string {
  const whose = side === 'mine' ? 'The release’s lines' : 'The patch’s lines'
  const more = lines.length - MOST_LINES
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `… ${more} more lines`] : lines
  return `${whose} that are not in ${code(path)} so:\n\n${fenced(shown, '')}\n\n`
}

/** Files with the word of what they do: `a has`, `a and b have`. */
function subject(files: readonly string[], one: string, several: string): string {
  return `${enumerated(files)} ${files.length === 1 ? one : several}`
}

type Words = Readonly<Record<ConflictSide, (files: readonly string[], title: string) => string>>

const MERGED: Words = {
  mine: (files, title) =>
    `Where they collided, ${subject(files, 'now has', 'now have')} what ${title} wants.`,
  upstream: (files, title) =>
    `Where they collided, ${subject(files, 'has', 'have')} what the release has; what else ${title} changes there is in.`,
  both: (files, title) =>
    `Where they collided, ${subject(files, 'now has', 'now have')} what the release has and what ${title} adds.`,
}

const WHOLE: Words = {
  mine: (files, title) =>
    `${subject(files, 'is', 'are')} as ${title} has it, as a whole: that cannot be merged.`,
  upstream: (files) =>
    `${subject(files, 'stays', 'stay')} as the release has it, as a whole: that cannot be merged.`,
  both: (files) => `${subject(files, 'has', 'have')} both.`,
}

function follows(titles: readonly string[]): string {
  const names = enumerated(titles.map((title) => `“${plain(title)}”`))
  return `${names} waited for that and ${titles.length === 1 ? 'merges by itself now, so it is' : 'merge by themselves now, so they are'} in as well.`
}

function leftAlone({ path, why }: { readonly path: string; readonly why: 'by-hand' | 'marked' }): string {
  return why === 'by-hand'
    ? `A person changed ${code(path)} on the branch, which I do not write over: it is as they left it.`
    : `A person worked on ${code(path)}, and marks of a conflict are still in it, so I left it as it is; remove them on the branch.`
}

function notHad(
  files: readonly { readonly path: string; readonly why: SideRefusal }[],
  side: ConflictSide,
): string {
  const why = files.map(({ path, why }) => whyNot(code(path), why)).join(' ')
  const next =
    side === 'both'
      ? `\`mine\` or \`upstream\` can be taken instead, or it is settled by hand.`
      : `Settle it by hand on the branch, and then write \`/multiarch recheck\`.`
  return `I cannot take ${code(side)}, so I changed nothing. ${why} ${next}`
}

function whyNot(path: string, why: SideRefusal): string {
  switch (why.code) {
    case 'one-side':
      return `In ${path} one of the two only takes away what the other changes, so there are no two things to have.`
    case 'no-lines':
      return `${path} is no text, so only one of the two can stand there.`
    case 'deleted':
      return `One of the two has no file ${path}, so there is nothing to put beside the other’s.`
    case 'kind':
      return `${path} is a link or a submodule on one side, so only one of the two can stand there.`
    case 'mode':
      return `The two differ in whether ${path} may be run.`
    case 'folder-in-the-way':
      return `A folder stands where one of the two has the file ${path}, or the other way round.`
    case 'unreadable':
      return `${path} would be no YAML any more.`
    case 'stands-twice':
      return `In ${path} ${someNames(why.names) || 'a setting'} would stand twice.`
    case 'place-unclear':
      return `From ${path} I cannot tell which lines to put there.`
  }
}

/** Five are enough to know which are meant; the rest is counted. */
function someNames(names: readonly string[]): string {
  return enumerated(someOf(names.map(code), 5))
}
