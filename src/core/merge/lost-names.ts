import type { Sides } from '../model/sides.ts'
import { bagOf } from './line-bag.ts'

/**
 * The names that the patch's own lines use, that the file had when the patch was written, and that it has no more: lines can
 * fit where they are put and still rely on what is gone. Only names of several words (`is_atomic`) are looked at; single
 * ones stand everywhere.
 */
export function lostNames({ base, upstream, patch }: Sides<readonly string[]>): readonly string[] {
  const own = namesOf(bagOf(patch, base).keys())
  if (own.size === 0) return []
  const [had, has] = [namesOf(base), namesOf(upstream)]
  return [...own].filter((name) => had.has(name) && !has.has(name)).sort()
}

/** Not what is a part of a package's name or of a version. */
const NAME = /(?<![\w.-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w-])/g

function namesOf(lines: Iterable<string>): ReadonlySet<string> {
  return new Set([...lines].flatMap((line) => line.match(NAME) ?? []))
}
