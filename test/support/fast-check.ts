import fc from 'fast-check'

/**
 * Properties look at the same cases on every run, so that a red test is a change and not luck. `FC_SEED=random` (or a number)
 * looks at others, `FC_TIMES=50` at fifty times as many: that is how one looks for new counterexamples.
 */
const seed = process.env['FC_SEED'] ?? '20261126'
const times = Number(process.env['FC_TIMES'] ?? 1)

fc.configureGlobal({ ...(seed === 'random' ? {} : { seed: Number(seed) }) })

/** How many cases a property looks at. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: count * times }
}
