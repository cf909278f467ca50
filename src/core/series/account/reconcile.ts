/** How many lines of one text the result should have. */
export interface Expected {
  least: number
  most: number
}

/** How many lines of one text are missing, back, and too many. */
export interface Lot {
  readonly lost: number
  readonly back: number
  readonly twice: number
}

/** As many of each as bring what is there to what should be there, those bonded to telling lines (`bond`) first. */
export function reconcile(bond: Lot, { is, least, most }: Expected & { readonly is: number }): Lot {
  const wanted = is + bond.lost - bond.back - bond.twice
  const right = Math.min(Math.max(wanted, least), Math.max(least, most))
  return right < wanted ? withFewer(bond, wanted - right) : withMore(bond, right - wanted)
}

/** So many would be too few, were all that is bonded so: they are no doubling, or not back, or they are missing. */
function withMore({ lost, back, twice }: Lot, by: number): Lot {
  const fewer = Math.min(by, twice)
  const fewerBack = Math.min(by - fewer, back)
  return { lost: lost + by - fewer - fewerBack, back: back - fewerBack, twice: twice - fewer }
}

/** So many would be too many: they are not missing, or they are what is bonded once more. */
function withFewer({ lost, back, twice }: Lot, by: number): Lot {
  const fewer = Math.min(by, lost)
  const beyond = by - fewer
  const isBack = back > 0 && twice === 0
  return { lost: lost - fewer, back: isBack ? back + beyond : back, twice: isBack ? twice : twice + beyond }
}

/** How often one text stands in each version. */
interface Stand {
  readonly base: number
  readonly head: number
  readonly release: number
  readonly result: number
}

/** How often the fork added and removed it, and how many lines both sides removed, of whatever text. */
interface Changes {
  readonly added: number
  readonly removed: number
  readonly byBoth: number
}

/** Whether a text stands in the result more often, or less, than any way of counting explains. */
export function isBeyond(
  { base, head, release, result }: Stand,
  { added, removed, byBoth }: Changes,
): boolean {
  const carried = release + head - base
  const most = Math.max(carried + byBoth, release + added, head, base)
  const least = Math.min(carried, release - removed, head, release)
  return result > most || result < least
}
