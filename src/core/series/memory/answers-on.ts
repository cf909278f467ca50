import { grouped } from '../../model/collections/grouped.ts'
import type { LoggedCommit } from '../../model/commit.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import { sameEntry, type Entry } from '../../model/tree.ts'
import { readSettlement, type Settlement } from '../settlement.ts'
import { TRAILER } from '../trailer.ts'
import { forgottenIn, givenIn, type Answer, type Forgetting, type Memory } from './answer.ts'
import { toldConflictsIn, valuesIn, type ToldConflict } from './told-conflict.ts'

/** The branch of a step, as people left it. */
export interface StepRun {
  readonly release: ReleaseTag
  /** Our commits, oldest first. */
  readonly ours: readonly LoggedCommit[]
  /** What people put on top of them, oldest first. */
  readonly persons: readonly LoggedCommit[]
  /** Whether a commit that we made at somebody's word is one: it does no more than it says. */
  isAtWord(this: void, commit: LoggedCommit): boolean
  /** Whether a path of the repository is that file. */
  isFile(this: void, path: string, seen: string): boolean
}

/** What is remembered on one branch: what people made of conflicts there, and what our own commits remember of earlier answers. */
export function answersOn(written: StepRun): Memory {
  const run = { ...written, persons: inOrder(written) }
  const recorded = run.ours.flatMap((commit) => recordedIn(commit, run))
  // Whoever amends a commit of ours keeps what it tells, and is the one who settled it.
  const all = [...run.ours, ...run.persons]
  const open = groupByPath(all.flatMap(({ message }) => toldConflictsIn(message)))
  const made = open.flatMap((conflicts) => madeOf(conflicts, recorded, run))
  return { answers: [...recorded, ...made], forgotten: forgottenOn(written) }
}

/** What was forgotten there counts even where nothing else of the branch does. */
export function forgottenOn(run: Pick<StepRun, 'ours' | 'persons'>): readonly Forgetting[] {
  const said = inOrder(run).flatMap(({ message, author: { time } }) => {
    const settled = settledIn(message)
    return settled.flatMap(({ side, patch }, at) => {
      if (side !== 'forgotten') return []
      // A squash puts what was said one after the other into one message.
      const isAnswered = settled.slice(at + 1).some((each) => each.patch === patch && each.side !== side)
      return [{ patch, time: isAnswered ? time - 1 : time }]
    })
  })
  return [...[...run.ours, ...run.persons].flatMap(({ message }) => forgottenIn(message)), ...said]
}

/**
 * What people put on the branch, with times in the order in which it was said: two answers may be given within a second, and a clock
 * may be behind. What is forgotten is no younger than that; what is said after that, or on top of an answer of before, is younger.
 */
function inOrder({ ours, persons }: Pick<StepRun, 'ours' | 'persons'>): readonly LoggedCommit[] {
  let latest = Math.max(...ours.flatMap(({ message }) => timesIn(message)), -Infinity)
  let below = latest
  return persons.map((commit) => {
    below = Math.max(below, ...timesIn(commit.message))
    let time = Math.max(commit.author.time, below + 1)
    if (settledIn(commit.message).some(({ side }) => side === 'forgotten'))
      below = time = Math.max(time, latest)
    latest = Math.max(latest, time)
    return { ...commit, author: { ...commit.author, time } }
  })
}

/** When the answers were given that a commit gives again, and those forgotten that it knows of. */
function timesIn(message: string): readonly number[] {
  return [...givenIn(message).values(), ...forgottenIn(message)].map(({ time }) => time)
}

/** An answer that a commit of ours gave again: it stands in that very commit. */
function recordedIn(commit: LoggedCommit, run: StepRun): readonly Answer[] {
  const given = givenIn(commit.message)
  return groupByPath(toldConflictsIn(commit.message)).flatMap((conflicts): readonly Answer[] => {
    const last = conflicts.at(-1)
    const how = last && given.get(last.name)
    if (!how) return []
    const change = commit.changes.find(({ path }) => run.isFile(path, last.path))
    const left = last.sides.upstream
    return [{ ...how, conflicts, left, made: change ? change.after : left }]
  })
}

/** What people made of the file of these conflicts. */
function madeOf(
  conflicts: readonly ToldConflict[],
  recorded: readonly Answer[],
  run: StepRun,
): readonly Answer[] {
  const last = conflicts.at(-1)
  if (!last) return []
  const { path, sides } = last
  const before = recorded.find((each) => each.conflicts.at(-1)?.name === last.name)
  const top = stateAfter(run.ours, path, { of: sides.upstream, run })
  const touching = run.persons.filter(({ changes }) => changes.some((each) => run.isFile(each.path, path)))
  const made = stateAfter(touching, path, { of: top, run })
  const words = wordsOn(run.persons, conflicts)
  const isChanged = !sameEntry(top, made)
  const isByHand = isChanged && touching.some((commit) => !run.isAtWord(commit))
  const isSaid = conflicts.every((each) => isAnswer(words.get(each.name), isChanged))
  if (!isByHand && !isSaid) return []
  if (
    conflicts.some(({ name }) => words.get(name) === 'forgotten') &&
    !isWrittenSince(touching, conflicts, run)
  )
    return []
  const time = Math.max(...[...touching, ...saying(run.persons, conflicts)].map(({ author }) => author.time))
  // Where the file is as our own commit made it of an earlier answer, a person went on from that answer.
  const left = before && sameEntry(before.made, top) ? before.left : top
  return [{ release: run.release, time, ways: 1, path, conflicts, left, made }]
}

/** Whether somebody wrote the file after it was said that what was made of it be forgotten: that is another answer. */
function isWrittenSince(
  touching: readonly LoggedCommit[],
  conflicts: readonly ToldConflict[],
  { persons, isAtWord }: StepRun,
): boolean {
  const said = persons.findLastIndex(({ message }) =>
    settledIn(message).some((each) => each.side === 'forgotten' && isOf(each, conflicts)),
  )
  return persons.slice(said + 1).some((commit) => touching.includes(commit) && !isAtWord(commit))
}

function isAnswer(side: Settlement['side'] | undefined, isChanged: boolean): boolean {
  if (side === undefined || side === 'open' || side === 'forgotten') return false
  // One that was taken back by a later commit settles nothing.
  return isChanged || side === 'upstream' || side === 'hand'
}

function wordsOn(
  persons: readonly LoggedCommit[],
  conflicts: readonly ToldConflict[],
): ReadonlyMap<string, Settlement['side']> {
  const words = new Map<string, Settlement['side']>()
  for (const { message } of persons)
    for (const said of settledIn(message)) if (isOf(said, conflicts)) words.set(said.conflict, said.side)
  return words
}

function saying(
  persons: readonly LoggedCommit[],
  conflicts: readonly ToldConflict[],
): readonly LoggedCommit[] {
  return persons.filter(({ message }) => settledIn(message).some((said) => isOf(said, conflicts)))
}

/** Wherever in the message: a squash puts trailers into its body. */
function settledIn(message: string): readonly Settlement[] {
  return valuesIn(message, TRAILER.settled).flatMap(readSettlement)
}

function isOf({ conflict, patch }: Settlement, conflicts: readonly ToldConflict[]): boolean {
  return conflicts.some((each) => each.name === conflict && each.patch === patch)
}

function stateAfter(
  commits: readonly LoggedCommit[],
  seen: string,
  { of, run }: { readonly of: Entry | undefined; readonly run: StepRun },
): Entry | undefined {
  const changes = commits.flatMap((commit) => commit.changes.filter(({ path }) => run.isFile(path, seen)))
  const last = changes.at(-1)
  return last ? last.after : of
}

function groupByPath(conflicts: readonly ToldConflict[]): readonly (readonly ToldConflict[])[] {
  const groups = grouped(conflicts, (conflict) => conflict.path)
  return [...groups.values()]
}
