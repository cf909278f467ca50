import type { Verdict } from '../model/verdict.ts'

/**
 * What to call a file of which nothing is left to carry and some of which is gone from the release: `upstreamed` where the
 * release has the rest, `obsolete` where there is no rest.
 */
export function nothingLeft(
  taken: boolean,
  gone: readonly string[],
  by = '',
): { readonly verdict: Verdict; readonly reason: string } {
  if (!taken) return { verdict: 'obsolete', reason: gone.join(' ') + by }
  return {
    verdict: 'upstreamed',
    reason: `The release has the rest of the patch already. ${gone.join(' ')}${by}`,
  }
}
