import { short, type Oid } from '../model/oid.ts'
import type { Base, LeftOut, Series } from '../series/series.ts'
import { code, plain, plural } from './markdown.ts'

export interface SeriesFacts {
  readonly branch: string
  /** Where it is read: settings are named as one can change them there. */
  readonly surface: 'pull-request' | 'terminal'
  readonly insteadOf?: InsteadOf
  readonly base: Base
  readonly series: Series
}

/** The default branch, and why another was taken. */
export interface InsteadOf {
  readonly branch: string
  readonly why: 'no-own-commits' | 'step-branch' | 'detached'
}

/** Says why a branch was taken although it is not the default one. */
export function whyInstead(branch: string, { branch: other, why }: InsteadOf): string {
  const reasons = {
    'no-own-commits': `${code(other)} holds no commit of your own`,
    'step-branch': `${code(other)} is checked out, which is a step of mine`,
    detached: 'No branch is checked out',
  }
  return `${reasons[why]}, so I took ${code(branch)}.`
}

/** What a reader should know about how the base and the series were found, where it is not the plain case. */
export function seriesNotes({ branch, surface, insteadOf, base, series }: SeriesFacts): string {
  const notes: string[] = []
  const setting = surface === 'terminal' ? '`--branch`' : '`branch` in the settings'
  if (insteadOf) notes.push(`${whyInstead(branch, insteadOf)} Name another with ${setting}.`)
  if (base.disagreement) {
    const { says, release } = base.disagreement
    const witness = says === 'trailer' ? 'My own note in the history' : 'The history'
    notes.push(
      `${witness} says that the fork stands on ${code(release)}, but its files are those of ${code(base.release)}. I went by the files.`,
    )
  } else if (base.found === 'content') {
    notes.push(`The fork shares no history with upstream; by its files it stands on ${code(base.release)}.`)
  }
  if (base.tagMoved) {
    notes.push(
      `Upstream’s tag ${code(base.release)} has moved to ${short(base.tagMoved)} since the fork was built on ${short(base.commit)}; I go on from what it was built on.`,
    )
  }
  if (series.net === 'merges') {
    notes.push(
      'The branch has merges of upstream or of topic branches, so I carry its net change, one patch for each group of files that changed together, instead of commit by commit.',
    )
  }
  if (series.net === 'copied') {
    notes.push(
      'Some of its changes came in together with the copied files; I carry those as net changes, one for each group of files.',
    )
  }
  notes.push(...leftOutNotes(series.leftOut))
  return notes.map((note) => `- ${note}`).join('\n')
}

function leftOutNotes(leftOut: readonly LeftOut[]): readonly string[] {
  const notes: string[] = []
  const seen = new Set<Oid>()
  for (const { commit, title, why, pair } of leftOut) {
    if (why !== 'reverted' || !pair || seen.has(commit)) continue
    seen.add(commit).add(pair)
    notes.push(`${short(commit)} “${plain(title)}” is taken back by ${short(pair)}, so I carry neither.`)
  }
  for (const { commit, title } of leftOut.filter(({ why }) => why === 'open')) {
    notes.push(
      `“${plain(title)}” was left open by an earlier step and its commit ${short(commit)} changes nothing. If you did not settle it elsewhere, it is still missing.`,
    )
  }
  for (const { commit, title } of leftOut.filter(({ why }) => why === 'dropped')) {
    notes.push(
      `“${plain(title)}” is left out because you said so; \`/multiarch keep ${short(commit)}\` takes it back.`,
    )
  }
  const files = leftOut.filter(({ why }) => why === 'own-files').length
  if (files > 0) {
    notes.push(`${plural(files, 'commit')} changed only files of your own, which come along as they are now.`)
  }
  return notes
}
