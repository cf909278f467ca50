import type { MergeReason, NamedCommit, ReasonCode, ReasonOf } from '../model/merge-reason.ts'
import { code, joined, quoted, say, type Text } from './blocks/text.ts'
import { settledBefore, settledOtherwise } from './memory/settled-before.ts'
import { titledCommit } from './linked-reference.ts'

/** Why a file has its verdict, in whole sentences. */
export function reasons(found: readonly MergeReason[]): Text {
  return joined(found.map(word), ' ')
}

function word<Code extends ReasonCode>(reason: ReasonOf<Code>): Text {
  return WORDS[reason.code](reason)
}

const WORDS: { readonly [Code in ReasonCode]: (facts: ReasonOf<Code>) => Text } = {
  untouched: () => say`The release never touched this file.`,
  'moved-alone': () => say`The release moved this file and changed nothing in it.`,
  'renamed-alone': () => say`The patch only renames it; what the release changed in it is in.`,
  added: () => say`The patch adds this file.`,
  deleted: () => say`Deleted, as the patch does.`,
  'by-lines': () => say`Merged line by line.`,
  'by-settings': () => say`Merged setting by setting.`,
  'by-commits': () => say`Carried over upstream’s commits one by one.`,
  'lines-not-settings': () =>
    say`The lines merged cleanly, but merged setting by setting the result would differ: please look at it.`,
  'once-by-settings': () =>
    say`Merged line by line this would stand here twice; merged setting by setting instead.`,
  'neighbouring-lines': ({ line }) =>
    say`${atLine(line)}oth changed neighbouring lines; both changes are in.`,
  'neighbouring-words': ({ line }) =>
    say`${atLine(line)}oth changed neighbouring lines or words; both changes are in.`,
  'blanks-only': ({ line }) =>
    say`${line === undefined ? 'O' : `Line ${line}: o`}ne side changed only blanks here; the other side’s change is in.`,
  'order-chosen': ({ line }) => say`${atLine(line)}oth put lines in at one place; their order is a choice.`,
  'value-over': ({ line, key, there }) =>
    say`${placeOf(line, key)}our value is kept where the release now has ${codes(there)}.`,
  'words-joined': ({ key }) => say`${code(key)}: both changed it, in different words; both changes are in.`,
  'value-kept': ({ key, there, isNewer }) =>
    say`${code(key)}: your value is kept; the release now has ${code(there)}${isNewer ? ', which is newer' : ''}.`,
  'stays-commented': ({ key }) =>
    say`${code(key)}: it stays commented out, as you have it; the release changed it since.`,
  'block-moved': ({ key, to }) =>
    say`${code(key)}: the release moved it to ${code(to)}; your change went with it.`,
  'removal-moved': ({ key, to }) =>
    say`${code(key)}: the release moved it to ${code(to)}; what you remove is removed there.`,
  'removal-stands': ({ key, to }) =>
    say`${code(key)}: the release moved it to ${code(to)}; what you remove stands there.`,
  'names-lost': ({ names }) =>
    say`Your lines use ${codes(names)}, which the release no longer has in this file.`,
  'setting-gone': ({ key, lines }) =>
    say`${code(key)} is gone from the release; your change to it is left out: ${lines.length > 0 ? codes(lines) : 'removed lines'}.`,
  'check-on-again': ({ key }) =>
    say`You switched off ${code(key)}; the release has given it a new value since, so the check can be on again.`,
  'path-gone': ({ path }) => say`${code(path)} is gone from the release; your change to it is left out.`,
  'replaced-at-once': ({ path }) =>
    say`One upstream commit took away lines of ${code(path)} that you change and made another of your changes there: nothing is left to carry.`,
  'file-gone': ({ namesakes }) =>
    namesakes.length === 0
      ? say`The release no longer has this file.`
      : say`The release no longer has this file; ${codes(namesakes)} has its name, but too little of it for me to follow your change there.`,
  'own-name': ({ to }) => say`The patch renames it to ${code(to)}, which stays as the patch has it.`,
  'other-name': ({ to, at }) =>
    say`The patch renames it to ${code(to)}; the release's name ${code(at)} stays.`,
  'same-file': () => say`The release has this very file.`,
  'same-content': () => say`The release has this content already.`,
  'all-there': () => say`Every change of the patch is in the release already.`,
  'rest-there': () => say`The release has the rest of the patch already.`,
  'deleted-there': () => say`The release no longer has the file that the patch deletes.`,
  'nothing-left': () => say`Nothing of the patch is left here.`,
  'taken-as': ({ commits }) => say`Upstream has this as ${named(commits)}.`,
  'taken-in-form': ({ commit, byTitle, share }) =>
    say`Upstream has this in another form as ${named([commit])}${byTitle ? ', under the same title' : ''}, with ${Math.round(share * 100)} % of the patch's lines.`,
  'whole-kept': ({ mode, ends }) => {
    const what = [...(mode ? ['the mode'] : []), ...(ends ? ['the line ends'] : [])].join(' and ')
    return say`You also have ${what} of this file changed, which stays as you have it.`
  },
  'taken-back': ({ commit, by }) =>
    say`Upstream took this as ${named([commit])} and took it back with ${named([by])}.`,
  'part-taken': ({ commits }) =>
    commits.length === 0
      ? say`The release has a part of this already.`
      : say`Upstream has a part of this as ${named(commits)}.`,
  'form-without-file': () => say`That form leaves this file alone, and so do I.`,
  'commits-met': ({ commits }) => say`Upstream: ${named(commits)}.`,
  'variable-read-otherwise': ({ variable, before, after, commit }) => {
    const since = commit ? say` since ${named([commit])}` : ''
    return after === undefined
      ? say`What read ${code(variable)} (${code(before)}) no longer does${since}.`
      : say`${code(variable)} is read in another way${since}: ${code(before)} became ${code(after)}.`
  },
  'solved-otherwise': () => say`The release solves this in another way, so there is nothing left to carry.`,
  'series-undoes': ({ later }) =>
    say`${later === undefined ? 'This patch' : say`“${quoted(later)}” later`} ends what the series did to this file: the file is again as the base has it, so there is nothing to carry.`,
  'made-anew': () => say`Its recipe made this again for the release.`,
  'nothing-to-make': () => say`The release does this itself: the recipe finds nothing left to do here.`,
  'made-by-earlier': ({ title }) =>
    say`“${quoted(title)}” was made again for the release and does what this patch was for.`,
  'same-lines': () => say`Both changed the same lines.`,
  'deleted-beside-plays': () =>
    say`Deleted, as the patch does; the release changed it, and no play reads it.`,
  'deleted-and-changed': () => say`The patch deletes this file, and the release changed it.`,
  'added-by-both': () => say`Both the release and the patch added this file, with other contents.`,
  'added-otherwise': () => say`Both added something else here.`,
  'folder-in-the-way': () =>
    say`The release has a folder where the patch adds a file, or the other way round.`,
  'kind-changed': () =>
    say`Both changed what kind of file this is, or a link or submodule both point elsewhere.`,
  'no-text': () => say`This is no text, and both changed it.`,
  'twice-by-commits': () => say`Carried over upstream’s commits, a setting would stand there twice.`,
  'now-at': ({ to }) => say`The release has this file as ${code(to)} by now.`,
  'collides-with': ({ commit }) => say`It collides with upstream’s ${named([commit])}.`,
  'person-settled': () => say`Adapted by a person, in a commit on this branch.`,
  'person-left-marks': () => say`A person worked on it, and marks of a conflict are still in the file.`,
  'side-taken': ({ side }) => say`It was in conflict. ${SIDE_TAKEN[side]}`,
  'settled-before': (facts) => settledBefore(facts),
  'settled-otherwise': (facts) => settledOtherwise(facts),
}

const SIDE_TAKEN: Readonly<Record<ReasonOf<'side-taken'>['side'], string>> = {
  mine: 'You asked for the patch’s side, which a commit on this branch puts in.',
  upstream: 'You asked for the release’s side, which stands; what else the patch changes here is in.',
  both: 'You asked for both sides, which a commit on this branch puts in.',
  follows: 'It waited for another patch of this file; since you settled that one, it merges by itself.',
}

function atLine(line: number | undefined): string {
  return line === undefined ? 'B' : `Line ${line}: b`
}

function placeOf(line: number | undefined, key: string | undefined): Text {
  if (key !== undefined) return say`${code(key)}: y`
  return [line === undefined ? 'Y' : `Line ${line}: y`]
}

function named(commits: readonly NamedCommit[]): Text {
  return joined(
    commits.map(({ oid, title }) => titledCommit(oid, title)),
    ', ',
  )
}

function codes(texts: readonly string[]): Text {
  return joined(texts.map(code), ', ')
}
