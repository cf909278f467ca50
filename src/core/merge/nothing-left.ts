import type { MergeReason } from '../model/merge-reason.ts'
import type { Verdict } from '../model/verdict.ts'

/**
 * What to call a file of which nothing is left to carry and some of which is gone from the release: `upstreamed` where the
 * release has the rest, `obsolete` where there is no rest.
 */
export function nothingLeft(
  taken: boolean,
  gone: readonly MergeReason[],
): { readonly verdict: Verdict; readonly reasons: readonly MergeReason[] } {
  if (!taken) return { verdict: 'obsolete', reasons: gone }
  return { verdict: 'upstreamed', reasons: [{ code: 'rest-there' }, ...gone] }
}
