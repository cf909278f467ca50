import { short, type Oid } from '../../model/oid.ts'
import type { LeftOut } from '../../series/series.ts'
import { code, joined, quoted, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import type { Surface } from '../surface.ts'

/** Titles that are named; of more, the number is said. */
const MOST_NAMED = 5

/** One sentence for all own commits that are not carried for the same reason; none is passed over. */
export function leftOutNotes(leftOut: readonly LeftOut[], surface: Surface): readonly Text[] {
  return WHYS.flatMap((why) => {
    const commits = leftOut.filter((each) => each.why === why)
    return commits.length > 0 ? SENTENCES[why](commits, surface) : []
  })
}

type Why = LeftOut['why']

const SENTENCES: Readonly<Record<Why, (commits: readonly LeftOut[], surface: Surface) => readonly Text[]>> = {
  reverted: revertedNotes,
  open: (commits) =>
    commits.map(
      ({ commit, title }) =>
        say`“${quoted(title)}” was left open by an earlier step and its commit ${short(commit)} changes nothing. If you did not settle it elsewhere, it is still missing.`,
    ),
  dropped: (commits, surface) =>
    commits.map(({ commit, title }) => {
      const back =
        surface === 'terminal' ? '' : say`; ${code(`/multiarch keep ${short(commit)}`)} takes it back`
      return say`“${quoted(title)}” is left out because you said so${back}.`
    }),
  'own-files': (commits) => [
    say`${plural(commits.length, 'commit')} changed only files of your own, which come along as they are now.`,
  ],
  bot: (commits) => [
    say`${plural(commits.length, 'commit')} ${commits.length === 1 ? 'is' : 'are'} from earlier steps of mine, so there is nothing of yours in ${commits.length === 1 ? 'it' : 'them'} to carry: ${named(commits)}.`,
  ],
  merge: (commits) => [
    say`${plural(commits.length, 'merge')} ${commits.length === 1 ? 'brings' : 'bring'} together what is carried by itself: ${named(commits)}.`,
  ],
  empty: (commits) => [
    say`${plural(commits.length, 'commit')} ${commits.length === 1 ? 'changes' : 'change'} nothing: ${named(commits)}.`,
  ],
}

const WHYS = Object.keys(SENTENCES) as readonly Why[]

function revertedNotes(commits: readonly LeftOut[]): readonly Text[] {
  const seen = new Set<Oid>()
  return commits.flatMap(({ commit, title, pair }) => {
    if (!pair || seen.has(commit)) return []
    seen.add(commit).add(pair)
    return [say`${short(commit)} “${quoted(title)}” is taken back by ${short(pair)}, so I carry neither.`]
  })
}

function named(commits: readonly LeftOut[]): Text {
  const shown = joined(
    commits.slice(0, MOST_NAMED).map(({ commit, title }) => say`${short(commit)} “${quoted(title)}”`),
    ', ',
  )
  const rest = commits.length - MOST_NAMED
  return rest > 0 ? say`${shown} and ${rest} more` : shown
}
