/** Whether a version of Ansible is one that a release takes, as its own check compares them. A bound that is not there allows all. */
export function isInRange(
  version: string,
  { min, maxExclusive }: { readonly min?: string | undefined; readonly maxExclusive?: string | undefined },
): boolean {
  if (min !== undefined && compared(version, min) < 0) return false
  return maxExclusive === undefined || compared(version, maxExclusive) < 0
}

/** Numbers in order; what comes before a release (`2.19.0rc1`) is less than it. */
function compared(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let at = 0; at < Math.max(left.numbers.length, right.numbers.length); at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(right.isEarly) - Number(left.isEarly)
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly isEarly: boolean } {
  const numbers = /^\d+(?:\.\d+)*/.exec(version.trim())?.[0] ?? ''
  const rest = version.trim().slice(numbers.length)
  return { numbers: numbers.split('.').map(Number), isEarly: /^[.-]?(?:a|b|rc|dev)/i.test(rest) }
}
