import { Refusal } from '../../../core/model/problem.ts'
import { AskLess } from './failure-of.ts'
import type { Pace } from './pace.ts'

/**
 * How much one question asks for. GitHub counts what a query costs, does not say how, and lowers what it allows; so a question that was
 * too much is asked in halves, and the size that worked is remembered by kind, for everybody in this process. It is forgotten after an
 * hour, for GitHub may only have been slow.
 */
export class Sizes {
  readonly #now: () => number
  readonly #pause: (milliseconds: number) => Promise<void>
  readonly #worked = new Map<string, { readonly size: number; readonly until: number }>()
  readonly #refused = new Map<string, number>()

  constructor({ now, pause }: Pick<Pace, 'now' | 'pause'>) {
    this.#now = now
    this.#pause = pause
  }

  /** A moment's rest before the next, smaller question, where GitHub may be short of breath. */
  async rest({ certain }: AskLess): Promise<void> {
    if (!certain) await this.#pause(A_MOMENT)
  }

  /** How much to ask for. */
  of(kind: Kind): number {
    const most = mostOf(kind)
    const kept = this.#worked.get(kind)
    return kept && this.#now() < kept.until ? Math.min(kept.size, most) : most
  }

  /** After more had been too much, this was not. */
  keep(kind: Kind, size: number): void {
    this.#worked.set(kind, { size: Math.max(1, size), until: this.#now() + MEMORY })
  }

  /** What to throw for one thing that was refused even alone: said to people, but where GitHub may only have been slow, the third time. */
  alone(what: string, error: AskLess): Error {
    const times = (this.#refused.get(what) ?? 0) + 1
    this.#refused.set(what, times)
    if (!error.certain && times < TIMES_ALONE) return error
    this.#refused.delete(what)
    const message = `GitHub does not answer me about ${what}, not even about that alone (${error.message}). I try again with every look; if this stays, that is more than GitHub gives by its API, and a smaller one would help.`
    return new Refusal({ code: TOO_MUCH, message })
  }
}

const TOO_MUCH = 'too-much-for-github'

/** Whether one thing was refused even alone. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof Refusal && error.problems.some(({ code }) => code === TOO_MUCH)
}

const A_MOMENT = 1_000
const MEMORY = 60 * 60_000
const TIMES_ALONE = 3

/**
 * What one of each costs, in things that GitHub has to look at: an object one, each connection as many as its page may hold, a history
 * by what has to be walked for it. A question may cost `BUDGET`.
 */
const COSTS = {
  // The file's row, and 8 kB of text on average.
  blob: 4,
  // Itself, its tree, four parents, its people.
  commit: 7,
  // Itself, and its rows.
  folder: 14,
  exists: 4,
  // A window of one second, five commits at most, found by walking.
  window: 14,
  // The commit, its parent, a file or two of each.
  change: 28,
  // A history for each tip, thirty commits a page, found by walking.
  path: 70,
  // A page of each: what one of them holds.
  ref: 14,
  history: 14,
  // Itself, and the page of its parents.
  crowd: 140,
  // Ten labels and a text, and two closed ones with it.
  pull: 46,
  issue: 46,
  // Thirty comments.
  talk: 46,
  mark: 28,
  // Questions that share one query.
  together: 70,
} as const

export type Kind = keyof typeof COSTS

const BUDGET = 1_400

function mostOf(kind: Kind): number {
  return Math.floor(BUDGET / COSTS[kind])
}

/** Asks about many things, as many at once as may be, and halves what is too much, down to one. */
export async function askInBatches<T>(
  sizes: Sizes,
  kind: Kind,
  { items, ask, alone }: Batches<T>,
): Promise<void> {
  let at = 0
  const solve = async (batch: readonly T[]): Promise<number> => {
    try {
      await ask(batch)
      return batch.length
    } catch (error) {
      if (!(error instanceof AskLess)) throw error
      const [only] = batch
      if (batch.length <= 1) {
        if (only === undefined) throw error
        await alone(only, error)
        return 1
      }
      await sizes.rest(error)
      const middle = Math.ceil(batch.length / 2)
      const first = await solve(batch.slice(0, middle))
      // By now it is known what is not too much.
      let worked = first
      for (let from = middle; from < batch.length; from += worked)
        worked = Math.max(worked, await solve(batch.slice(from, from + worked)))
      sizes.keep(kind, worked)
      return worked
    }
  }
  while (at < items.length) {
    const batch = items.slice(at, at + sizes.of(kind))
    await solve(batch)
    at += batch.length
  }
}

interface Batches<T> {
  readonly items: readonly T[]
  ask(this: void, batch: readonly T[]): Promise<void>
  /** Another way to one that is too much even alone; throws where there is none. */
  alone(this: void, item: T, error: AskLess): Promise<void>
}

/** Asks for a page of a list, and for a shorter one where that is too much, down to one. */
export async function askForPage<T>(
  sizes: Sizes,
  kind: Kind,
  { what, ask }: { readonly what: string; ask(this: void, size: number): Promise<T> },
): Promise<T> {
  let size = sizes.of(kind)
  for (let isLess = false; ; isLess = true) {
    try {
      const page = await ask(size)
      if (isLess) sizes.keep(kind, size)
      return page
    } catch (error) {
      if (!(error instanceof AskLess)) throw error
      if (size === 1) throw sizes.alone(what, error)
      await sizes.rest(error)
      size = Math.ceil(size / 2)
    }
  }
}
