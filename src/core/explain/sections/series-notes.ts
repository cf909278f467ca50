import { short } from '../../model/oid.ts'
import type { Base, Series } from '../../series/series.ts'
import { list, type Block } from '../blocks/block.ts'
import { code, say, type Text } from '../blocks/text.ts'
import { leftOutNotes } from './left-out-notes.ts'
import type { Surface } from '../surface.ts'
import type { InsteadOf } from '../pull-request-facts.ts'

interface SeriesFacts {
  readonly branch: string
  /** Where it is read: settings are named as one can change them there. */
  readonly surface: Surface
  readonly insteadOf?: InsteadOf
  readonly base: Base
  readonly series: Series
}

/** Says why a branch was taken although it is not the default one. */
export function whyInstead(branch: string, { branch: other, why }: InsteadOf): Text {
  const reasons = {
    'no-own-commits': say`${code(other)} holds no commit of your own`,
    'step-branch': say`${code(other)} is checked out, which is a step of mine`,
    detached: say`No branch is checked out`,
  }
  return say`${reasons[why]}, so I took ${code(branch)}.`
}

/** The release whose files a tree has, or the commit of upstream's after it. */
export function standPoint({ release, commit, exact }: Base): Text {
  return exact ? [code(release)] : say`${short(commit)}, a commit of upstream’s after ${code(release)}`
}

/** What a reader should know about how the base and the series were found, where it is not the plain case. */
export function seriesNotes({ branch, surface, insteadOf, base, series }: SeriesFacts): readonly Block[] {
  const notes: Text[] = []
  const setting = surface === 'terminal' ? code('--branch') : say`${code('branch')} in the settings`
  if (insteadOf) notes.push(say`${whyInstead(branch, insteadOf)} Name another with ${setting}.`)
  if (base.disagreement) {
    const { says, release } = base.disagreement
    const witness = says === 'trailer' ? 'My own note in the history' : 'The history'
    notes.push(
      say`${witness} says that the fork stands on ${code(release)}, but its files are those of ${standPoint(base)}. I went by the files.`,
    )
  } else if (base.found === 'content') {
    notes.push(say`The fork shares no history with upstream; by its files it stands on ${standPoint(base)}.`)
  }
  if (base.tagMoved) {
    notes.push(
      say`Upstream’s tag ${code(base.release)} has moved to ${short(base.tagMoved)} since the fork was built on ${short(base.commit)}; I go on from what it was built on.`,
    )
  }
  if (series.net === 'merges') {
    notes.push(
      say`The branch has merges of upstream or of topic branches, so I carry its net change, one patch for each group of files that changed together, instead of commit by commit.`,
    )
  }
  if (series.net === 'copied') {
    notes.push(
      say`Some of its changes came in together with the copied files; I carry those as net changes, one for each group of files.`,
    )
  }
  notes.push(...leftOutNotes(series.leftOut, surface))
  return notes.length > 0 ? [list(notes)] : []
}
