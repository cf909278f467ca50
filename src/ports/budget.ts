/** Allows each spender so much within a while, for all processes that share it together. */
export interface Budget {
  /**
   * Spends one: `undefined` where that is allowed. Else nothing is spent, and the answer says when to come again
   * (milliseconds since 1970); those who are sent away one after the other are not all told the same time.
   */
  spend(spender: string): Promise<number | undefined>
}

/** At most so many within so many milliseconds. */
export interface Allowance {
  readonly most: number
  readonly within: number
}

/** Whoever was sent away wants a few when they come back: a pull request, its labels, the dashboard. */
export const PER_VISIT = 4
