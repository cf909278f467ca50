import type { Sides } from '../model/sides.ts'
import { bagOf } from './line-bag.ts'

/**
 * The names that the patch's own lines use, that the file had when the patch was written, and that it has no more: lines can
 * fit where they are put and still rely on what is gone. Only names of several words (`is_atomic`) are looked at; single
 * ones stand everywhere.
 */
export function lostNames({ base, upstream, patch }: Sides<readonly string[]>): readonly string[] {
  const own = new Set([...bagOf(patch, base).keys()].flatMap((line) => line.match(NAME) ?? []))
  return [...own].filter((name) => isIn(base, name) && !isIn(upstream, name)).sort()
}

/** Not what is a part of a package's name or of a version. */
const NAME = /(?<![\w.-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w-])/g

function isIn(lines: readonly string[], name: string): boolean {
  const whole = new RegExp(`(?<![\\w.-])${name}(?![\\w-])`)
  return lines.some((line) => line.includes(name) && whole.test(line))
}
