import { short, type Oid } from '../../model/oid.ts'
import type { LeftOut } from '../../series/series.ts'
import { code, plain, plural } from '../plain.ts'
import type { Surface } from '../surface.ts'

/** Titles that are named; of more, the number is said. */
const MOST_NAMED = 5

/** One sentence for all own commits that are not carried for the same reason; none is passed over. */
export function leftOutNotes(
  leftOut: readonly LeftOut[],
  surface: Surface,
  quote: Quote = plain,
): readonly string[] {
  return WHYS.flatMap((why) => {
    const commits = leftOut.filter((each) => each.why === why)
    return commits.length > 0 ? SENTENCES[why](commits, quote, surface) : []
  })
}

/** How a title is written: Markdown's signs made harmless, or as it is for a terminal. */
type Quote = (title: string) => string

type Why = LeftOut['why']

const SENTENCES: Readonly<
  Record<Why, (commits: readonly LeftOut[], quote: Quote, surface: Surface) => readonly string[]>
> = {
  reverted: revertedNotes,
  open: (commits, quote) =>
    commits.map(
      ({ commit, title }) =>
        `“${quote(title)}” was left open by an earlier step and its commit ${short(commit)} changes nothing. If you did not settle it elsewhere, it is still missing.`,
    ),
  dropped: (commits, quote, surface) =>
    commits.map(({ commit, title }) => {
      const back = surface === 'terminal' ? '' : `; ${code(`/multiarch keep ${short(commit)}`)} takes it back`
      return `“${quote(title)}” is left out because you said so${back}.`
    }),
  'own-files': (commits) => [
    `${plural(commits.length, 'commit')} changed only files of your own, which come along as they are now.`,
  ],
  bot: (commits, quote) => [
    `${plural(commits.length, 'commit')} ${commits.length === 1 ? 'is' : 'are'} from earlier steps of mine, so there is nothing of yours in ${commits.length === 1 ? 'it' : 'them'} to carry: ${named(commits, quote)}.`,
  ],
  merge: (commits, quote) => [
    `${plural(commits.length, 'merge')} ${commits.length === 1 ? 'brings' : 'bring'} together what is carried by itself: ${named(commits, quote)}.`,
  ],
  empty: (commits, quote) => [
    `${plural(commits.length, 'commit')} ${commits.length === 1 ? 'changes' : 'change'} nothing: ${named(commits, quote)}.`,
  ],
}

const WHYS = Object.keys(SENTENCES) as readonly Why[]

function revertedNotes(commits: readonly LeftOut[], quote: Quote): readonly string[] {
  const seen = new Set<Oid>()
  return commits.flatMap(({ commit, title, pair }) => {
    if (!pair || seen.has(commit)) return []
    seen.add(commit).add(pair)
    return [`${short(commit)} “${quote(title)}” is taken back by ${short(pair)}, so I carry neither.`]
  })
}

function named(commits: readonly LeftOut[], quote: Quote): string {
  const shown = commits
    .slice(0, MOST_NAMED)
    .map(({ commit, title }) => `${short(commit)} “${quote(title)}”`)
    .join(', ')
  const rest = commits.length - MOST_NAMED
  return rest > 0 ? `${shown} and ${rest} more` : shown
}
