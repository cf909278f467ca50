import type { Sides } from '../model/sides.ts'

/**
 * The names that the patch's own lines use, that the file had when the patch was written, and that it has no more: lines can
 * fit where they are put and still rely on what is gone. Only names of several words (`is_atomic`) are looked at; single
 * ones stand everywhere.
 */
export function lostNames({ base, upstream, patch }: Sides<readonly string[]>): readonly string[] {
  const before = countNames(base)
  const now = countNames(upstream)
  const ours = countNames(patch)
  return [...ours.keys()]
    .filter((name) => {
      const times = before.get(name) ?? 0
      return times > 0 && (ours.get(name) ?? 0) > times && !now.has(name)
    })
    .sort()
}

const NAME = /[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+/g

function countNames(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    for (const [name] of line.matchAll(NAME)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
