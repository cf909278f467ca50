import { compareVersions } from '../../model/release-tag.ts'
import type { Block } from './read-outline.ts'

/** Whether a block sets something for a version: `v1.33.1: sha256:…`. */
export function isVersionKey({ kind, id }: Block): boolean {
  return kind === 'key' && /^k:v?\d+(?:\.\d+)+$/.test(id)
}

/**
 * The sibling after which a new version belongs, where all the siblings that are settings are versions and stand in order:
 * the first of a checksum map is the default, so order is meaning. `undefined` where they are not, or stand in none.
 */
export function afterInOrder(
  block: Block,
  siblings: readonly Block[],
): { readonly sibling: Block | undefined } | undefined {
  const keys = siblings.filter(({ kind }) => kind === 'key')
  const [first] = keys
  if (!first || keys.length < 2 || !isVersionKey(block) || !keys.every(isVersionKey)) return undefined
  const direction = directionOf(keys)
  if (direction === undefined) return undefined
  const before = keys.filter((key) => compare(key, block) === direction).at(-1)
  return { sibling: before ?? siblings[siblings.indexOf(first) - 1] }
}

/** Whether versions rise (-1) or fall (1) all the way; `undefined` where they do neither, or there is but one. */
export function directionOf(keys: readonly Block[]): number | undefined {
  const steps = new Set(keys.slice(1).map((key, at) => compare(keys[at] as Block, key)))
  const [step] = steps
  return steps.size === 1 && step !== 0 ? step : undefined
}

function compare(a: Block, b: Block): number {
  return compareVersions(a.id.slice(2), b.id.slice(2))
}
