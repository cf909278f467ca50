import { Failure } from './call.ts'

export interface LimitSettings {
  /** Requests an hour; GitHub gives an installation 5,000, and 50 more for each repository over twenty, up to 12,500. */
  readonly primary: number
  /** Points a minute over REST: a read is one, a write five. GitHub: 900. */
  readonly points: number
  /** Requests that create content, a minute and an hour. GitHub: 80 and 500. */
  readonly contentMinute: number
  readonly contentHour: number
  /** How many objects one GraphQL query may give; GitHub counts what a query costs, and does not say how. */
  readonly objects: number
}

const GITHUB_LIMITS: LimitSettings = {
  primary: 5_000,
  points: 900,
  contentMinute: 80,
  contentHour: 500,
  objects: Infinity,
}

interface Spent {
  readonly at: number
  readonly points: number
  readonly isContent: boolean
}

/** Counts what one caller spends, as GitHub does, and refuses what is too much. */
export class Limits {
  settings: LimitSettings = GITHUB_LIMITS
  /** How much more than others a caller is allowed. */
  readonly #more = new Map<string, number>()
  readonly #now: () => number
  readonly #used = new Map<string, { since: number; count: number }>()
  readonly #spent = new Map<string, Spent[]>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Notes how many repositories a caller has. */
  size(caller: string, repositories: number): void {
    if (repositories > 20) this.#more.set(caller, Math.min(7_500, (repositories - 20) * 50))
  }

  /** Refuses a request that comes too soon after others; the secondary limits. */
  checkPace(caller: string, cost: { readonly isWrite: boolean; readonly isContent: boolean }): void {
    const now = this.#now()
    const spent = (this.#spent.get(caller) ?? []).filter((each) => each.at > now - 3_600_000)
    this.#spent.set(caller, spent)
    const lastMinute = spent.filter((each) => each.at > now - 60_000)
    const points = lastMinute.map((each) => each.points).reduce((a, b) => a + b, 0)
    const isTooMuch =
      points + (cost.isWrite ? 5 : 1) > this.settings.points ||
      (cost.isContent && lastMinute.filter((each) => each.isContent).length >= this.settings.contentMinute) ||
      (cost.isContent && spent.filter((each) => each.isContent).length >= this.settings.contentHour)
    if (isTooMuch) throw secondaryLimit()
    spent.push({ at: now, points: cost.isWrite ? 5 : 1, isContent: cost.isContent })
  }

  /** Refuses a request when the hour's are used up; the primary limit. */
  checkPrimary(caller: string): void {
    const { count } = this.#hour(caller)
    if (count >= this.#primary(caller))
      throw new Failure(403, `API rate limit exceeded for ${caller}.`, { headers: this.headers(caller) })
  }

  /** An answer was given that counts: all but 304. */
  count(caller: string): void {
    this.#hour(caller).count++
  }

  headers(caller: string): Record<string, string> {
    const { since, count } = this.#hour(caller)
    return {
      'x-ratelimit-limit': String(this.#primary(caller)),
      'x-ratelimit-remaining': String(Math.max(0, this.#primary(caller) - count)),
      'x-ratelimit-used': String(count),
      'x-ratelimit-reset': String(Math.ceil((since + 3_600_000) / 1000)),
      'x-ratelimit-resource': 'core',
    }
  }

  #primary(caller: string): number {
    return this.settings.primary + (this.#more.get(caller) ?? 0)
  }

  #hour(caller: string): { since: number; count: number } {
    let hour = this.#used.get(caller)
    if (!hour || hour.since <= this.#now() - 3_600_000)
      this.#used.set(caller, (hour = { since: this.#now(), count: 0 }))
    return hour
  }
}

function secondaryLimit(seconds = 60): Failure {
  return new Failure(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    {
      headers: { 'retry-after': String(seconds) },
    },
  )
}
