/**
 * The three sides of a merge, named for who they are: `base` is what the patch was written on, `upstream` is the release
 * we go to, `patch` is the user's version.
 */
export interface Sides<T> {
  readonly base: T
  readonly upstream: T
  readonly patch: T
}

/** Says that the law alone does not decide. A symbol, because `undefined` means "absent" and is a legal value. */
export const UNSETTLED: unique symbol = Symbol('unsettled')

type Same<T> = (a: T, b: T) => boolean

/**
 * Settles a three-way question without looking inside the values; the one merge law, used at every size (tree entries,
 * modes, YAML keys, scalars, text regions). That both sides making one change settles it agrees with Git and Mercurial.
 */
export function settle<T>(sides: Sides<T>, same: Same<T> = Object.is): T | typeof UNSETTLED {
  const { base, upstream, patch } = sides
  if (same(upstream, patch)) return upstream // both did it
  if (same(base, patch)) return upstream // the patch never touched it
  if (same(base, upstream)) return patch // the release never touched it
  return UNSETTLED
}

/** The same made of each side. */
export function eachSide<T, R>(sides: Sides<T>, make: (side: T, name: keyof Sides<T>) => R): Sides<R> {
  return {
    base: make(sides.base, 'base'),
    upstream: make(sides.upstream, 'upstream'),
    patch: make(sides.patch, 'patch'),
  }
}

/** What somebody may choose where a patch and the release collide: the patch's side, the release's, or what both did. */
export const CONFLICT_SIDES = ['mine', 'upstream', 'both'] as const

export type ConflictSide = (typeof CONFLICT_SIDES)[number]
