/** How fast GitHub is asked. */
export interface Pace {
  now(this: void): number
  pause(this: void, milliseconds: number): Promise<void>
  /** Milliseconds between two writes. GitHub asks for a second, one after the other. */
  readonly betweenWrites: number
}

export const GITHUB_PACE: Pace = {
  now: () => Date.now(),
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  betweenWrites: 1_000,
}
