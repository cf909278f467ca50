import type { Clock } from '../../ports/clock.ts'
import { PER_VISIT, type Allowance, type Budget } from '../../ports/budget.ts'

interface Book {
  /** When was spent, the oldest first. */
  spent: number[]
  /** For when those were told to come again who have not. */
  promised: number[]
}

/** A budget in this process's memory, for a server that works alone. */
export function memoryBudget(allowances: readonly Allowance[], clock: Clock = Date): Budget {
  const books = new Map<string, Book>()
  const longest = Math.max(...allowances.map(({ within }) => within))
  let forgetFrom = 0

  /** Books in which nothing stands any more. */
  const forget = (now: number): void => {
    if (now < forgetFrom) return
    forgetFrom = now + longest
    for (const [spender, { spent }] of books) {
      const last = spent.at(-1) ?? 0
      if (last <= now - longest) books.delete(spender)
    }
  }

  return {
    spend: async (spender) => {
      const now = clock.now()
      forget(now)
      const book = books.get(spender) ?? { spent: [], promised: [] }
      books.set(spender, book)
      book.spent = book.spent.filter((at) => at > now - longest)
      book.promised = book.promised.filter((at) => at > now)
      const waits = allowances.flatMap((each) => waitFor(each, book, now))
      if (waits.length === 0) {
        book.spent.push(now)
        return undefined
      }
      const notBefore = Math.max(...waits)
      book.promised.push(notBefore)
      return notBefore
    },
  }
}

/** When there will be room; empty where there is. */
function waitFor({ most, within }: Allowance, { spent, promised }: Book, now: number): readonly number[] {
  if (spent.filter((at) => at > now - within).length < most) return []
  const place = spent.length - most + promised.length * PER_VISIT
  const beyond = Math.max(0, place - spent.length + 1)
  const at = spent[Math.min(place, spent.length - 1)] as number
  return [Math.ceil(at + within + (beyond * within) / most)]
}
