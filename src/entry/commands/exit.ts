/** What the exit code of `multiarch` says. */
export const EXIT = { done: 0, defect: 1, usage: 2, person: 3 } as const
