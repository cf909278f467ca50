/**
 * How much the names of two variables have in common, in words from the left; 0 where it is too little to say that they
 * belong together. One word is (`kube_…` is everywhere), unless one of the two is the switch of what that word names.
 */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [a.split(/[_-]/), b.split(/[_-]/)]
  const differs = left.findIndex((word, index) => word !== right[index])
  const shared = differs < 0 ? left.length : differs
  if (shared >= 2) return shared
  return shared === 1 && (isSwitch(left) || isSwitch(right)) ? 2 : 0
}

/** `helm_enabled` */
function isSwitch(words: readonly string[]): boolean {
  return words.length === 2 && words[1] === 'enabled'
}
