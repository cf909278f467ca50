import { defined, optional } from '../../core/model/defined.ts'
import {
  forgottenTrailer,
  givenTrailer,
  NOTHING_REMEMBERED,
  valid,
  type Answer,
  type Memory,
} from '../../core/series/memory/answer.ts'
import { conflictTrailer, type ToldConflict } from '../../core/series/memory/told-conflict.ts'
import { judge } from '../../core/merge/whole/judge.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { Oid } from '../../core/model/oid.ts'
import { sameEntry, withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import type { FileOutcome } from '../../core/model/verdict.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import { conflictName, settledTrailer } from '../../core/series/settlement.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { conflictsOf, type MetConflict } from './conflicts-of.ts'
import { nameLeftOut } from './name-left-out.ts'
import { answerElsewhere } from './answer-elsewhere.ts'
import { answerAgain, differenceOf, type AnsweredAgain } from './answer-again.ts'

/** What is remembered of conflicts, looked up when there is one. */
export interface Remembering extends Memory {
  /** Names of the conflicts that may be settled by it; all of them where it is absent. */
  readonly only?: ReadonlySet<string>
}

type Store = Pick<ObjectReader & History, 'readBlobs' | 'log'>

interface Open extends MetConflict {
  /** The place of its patch in the series. */
  readonly index: number
}

/**
 * Settles what is in conflict as people settled it before, while a series is carried: a later patch is merged onto what became of it.
 * Conflicts of several patches in one file were settled together, and are when the last of them is met.
 */
export class Recollection {
  readonly #store: Store
  readonly #base: Tree
  readonly #load: (() => Promise<Remembering>) | undefined
  readonly #workspace = new Workspace()
  readonly #open: Open[] = []
  #memory: Remembering | undefined

  constructor(
    store: Store,
    { base, load }: { readonly base: Tree; readonly load: (() => Promise<Remembering>) | undefined },
  ) {
    this.#store = store
    this.#base = base
    this.#load = load
  }

  /** The series so far, of which the last patch was carried just now. */
  async settle(carried: readonly CarriedPatch[]): Promise<readonly CarriedPatch[]> {
    const last = carried.at(-1)
    if (!last?.files.some(isAsked)) return carried
    this.#memory ??= await this.#load?.()
    const met = await conflictsOf(this.#store, last, this.#workspace, isAsked)
    this.#open.push(...met.map((each) => ({ ...each, index: carried.length - 1 })))
    if (!this.#memory) return carried
    const answers = valid(this.#memory)
    let settled = carried
    for (const { file } of met) settled = await this.#inFile(settled, file.to, answers)
    return settled
  }

  /** Blobs that answers made since they were asked for. */
  takeMade(): ReadonlyMap<Oid, Uint8Array> {
    return this.#workspace.takeMade()
  }

  /** The whole series, with what each patch has to tell of its conflicts, and what was said of such ones before. */
  async finish(carried: readonly CarriedPatch[]): Promise<readonly CarriedPatch[]> {
    const { forgotten = [] } = this.#memory ?? {}
    const told = [...carried]
    for (const open of this.#open) {
      const { index, carried: was } = open
      const patch = told[index]
      if (!patch) continue
      const times = forgotten.filter((each) => each.patch === was.patch.id).map(({ time }) => time)
      const tells = [
        ...(patch.tells ?? []),
        ...(isGone(open.file) ? [] : [conflictTrailer(toldConflict(open))]),
        ...(times.length > 0 ? [forgottenTrailer({ patch: was.patch.id, time: Math.max(...times) })] : []),
      ]
      const files = await this.#withOldAnswer(patch.files, open)
      told[index] = { ...patch, files, ...optional(tells.length > 0, () => ({ tells: distinct(tells) })) }
    }
    return told
  }

  async #inFile(
    carried: readonly CarriedPatch[],
    to: string,
    answers: readonly Answer[],
  ): Promise<readonly CarriedPatch[]> {
    const group = this.#open.filter(({ file }) => file.to === to)
    const { only } = this.#memory ?? {}
    const fitting: Fitting[] = []
    for (const answer of answers.filter(({ conflicts }) => conflicts.length === group.length)) {
      const fits = await this.#fitting(answer, group, carried)
      if (fits && (!only || only.has(fits.told.at(-1)?.name ?? ''))) fitting.push(fits)
      if (fitting.length === MOST_COMPARED) break
    }
    const [newest] = fitting
    if (!newest) return carried
    const { told } = newest
    const name = told.at(-1)?.name ?? ''
    const ways = new Set(fitting.map(({ entry }) => entry?.oid)).size
    const { release, time, path } = newest.answer
    const given = { release, time, path, ways: Math.max(ways, newest.answer.ways) }
    const tells = [
      ...told.flatMap((each) => [
        conflictTrailer(each),
        settledTrailer({ side: 'hand', conflict: each.name, patch: each.patch, path: each.path }),
      ]),
      givenTrailer(name, given),
    ]
    const outcome = {
      to: newest.to,
      verdict: 'adapted' as const,
      reasons: [
        {
          code: 'settled-before' as const,
          release,
          ...optional(path !== newest.to, () => ({ path })),
          ...optional(given.ways > 1, () => ({ ways: given.ways })),
        },
      ],
    }
    for (const each of group) this.#open.splice(this.#open.indexOf(each), 1)
    return this.#put(carried, group, { entry: newest.entry, outcome, tells })
  }

  async #put(
    carried: readonly CarriedPatch[],
    group: readonly Open[],
    {
      entry,
      outcome,
      tells,
    }: {
      readonly entry: Entry | undefined
      readonly outcome: Pick<FileOutcome, 'to' | 'verdict' | 'reasons'>
      readonly tells: NonNullable<CarriedPatch['tells']>
    },
  ): Promise<readonly CarriedPatch[]> {
    const settled = [...carried]
    for (const { index, file } of group) {
      const patch = settled[index]
      if (!patch) continue
      const isLast = index === carried.length - 1
      const after = isLast ? withChanges(patch.after, new Map([[outcome.to, entry]])) : patch.after
      const { path, to, upstream } = file
      const now = { path, upstream, ...outcome }
      const [named = now] = await nameLeftOut(this.#store, {
        patch: patch.patch,
        files: [now],
        after: withChanges(after, new Map([[outcome.to, entry]])),
      })
      const files = patch.files.map((each) => (each.to === to && each.path === path ? named : each))
      const verdict = judge(files)
      const { cause, ...rest } = patch
      settled[index] = {
        ...rest,
        ...defined({ cause: verdict === 'conflict' ? cause : undefined }),
        files,
        verdict,
        after,
        ...optional(isLast, () => ({ tells: distinct([...(patch.tells ?? []), ...tells]) })),
      }
    }
    return settled
  }

  /** What an answer makes of these conflicts: where they are, or where the release has their lines by now. */
  async #fitting(
    answer: Answer,
    group: readonly Open[],
    carried: readonly CarriedPatch[],
  ): Promise<Fitting | undefined> {
    const told = group.map(toldConflict)
    const to = told.at(-1)?.path ?? ''
    const again = group.some(({ file }) => isGone(file)) ? undefined : await this.#again(answer, group)
    if (again?.kind === 'recalled') return { answer, told, to, entry: again.entry }
    // What the patch wants has to be the very same: there is nothing of it in that other file.
    const isSame = told.every(({ sides }, at) => {
      const then = answer.conflicts[at]?.sides
      return then && sameEntry(then.base, sides.base) && sameEntry(then.patch, sides.patch)
    })
    const tree = carried.at(-1)?.after
    const found =
      isSame &&
      tree &&
      (await answerElsewhere(this.#store, answer, { tree, base: this.#base }, this.#workspace))
    if (!found) return undefined
    const { path, entry, there } = found
    const at = told.map((each) => {
      const sides = { ...each.sides, upstream: there }
      return { ...each, path, sides, name: conflictName(path, [sides.base, there, sides.patch]) }
    })
    return { answer, told: at, to: path, entry }
  }

  async #withOldAnswer(files: CarriedPatch['files'], open: Open): Promise<CarriedPatch['files']> {
    const { file } = open
    const group = this.#open.filter((each) => each.file.to === file.to)
    const old = valid(this.#memory ?? NOTHING_REMEMBERED).find((each) => isAbout(each, open))
    if (!old) return files
    const again = isGone(file) ? LINES_GONE : await this.#again(old, group.slice(-old.conflicts.length))
    if (again.kind === 'recalled') return files
    const oldAnswer = await differenceOf(this.#store, old, this.#workspace)
    return files.map((each) => {
      if (each.to !== file.to || each.path !== file.path) return each
      const reason = { code: 'settled-otherwise' as const, release: old.release, why: again.why }
      return { ...each, reasons: [...each.reasons, reason], ...defined({ oldAnswer }) }
    })
  }

  async #again(answer: Answer, group: readonly Open[]): Promise<AnsweredAgain> {
    if (group.some(({ change }) => change.to !== change.path))
      return { kind: 'not-recalled', why: { code: 'not-text' } }
    return answerAgain(this.#store, answer, group.map(toldConflict), this.#workspace)
  }
}

interface Fitting {
  readonly answer: Answer
  readonly told: readonly ToldConflict[]
  /** The file that it is given in, and what it becomes. */
  readonly to: string
  readonly entry: Entry | undefined
}

const LINES_GONE = { kind: 'not-recalled', why: { code: 'lines-gone' } } as const

/** What a person was asked about once, and may be again. */
function isAsked(file: FileOutcome): boolean {
  return file.verdict === 'conflict' || isGone(file)
}

/** Whether all of it is left out since its place is gone; where it was settled before, its lines may have moved on without it. */
function isGone({ verdict, reasons }: FileOutcome): boolean {
  return verdict === 'obsolete' && reasons.some(({ code }) => GONE.has(code))
}

const GONE: ReadonlySet<string> = new Set(['file-gone', 'path-gone', 'setting-gone'])

/** Answers that are held against each other; of more only the younger ones are. */
const MOST_COMPARED = 5

function toldConflict({ name, carried, change, at, file }: MetConflict): ToldConflict {
  const sides = { base: change.before, upstream: carried.before.get(at), patch: change.after }
  return { name, patch: carried.patch.id, sides, path: file.to }
}

/** Whether an answer was given to what the same patch did to this file, or to the very same text of a patch. */
function isAbout({ conflicts, path }: Answer, { carried, file, change }: Open): boolean {
  return conflicts.some(
    ({ patch, path: then, sides }) =>
      (patch === carried.patch.id && [file.to, file.path].some((each) => each === path || each === then)) ||
      (sides.patch !== undefined && sides.patch.oid === change.after?.oid),
  )
}

function distinct<T extends readonly [string, string]>(trailers: readonly T[]): readonly T[] {
  return [...new Map(trailers.map((each) => [each.join(' '), each])).values()]
}
