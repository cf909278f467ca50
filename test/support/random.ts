/** Numbers that follow from a seed. */
export interface Random {
  /** A whole number from 0 up to this one, which is left out. */
  below(most: number): number
}

/** Mulberry32: small, even enough for picking, and the same everywhere. */
export function randomBy(seed: number): Random {
  let state = seed >>> 0
  return {
    below(most) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) % most
    },
  }
}
