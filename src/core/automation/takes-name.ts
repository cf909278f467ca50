/** Whether a list of patterns takes a name, as GitHub reads `branches`: the last one that fits decides, `!` takes back. */
export function takesName(patterns: readonly string[], name: string): boolean {
  let isTaken = false
  for (const pattern of patterns) {
    const isNegative = pattern.startsWith('!')
    if (fits(atomsOf(isNegative ? pattern.slice(1) : pattern), name)) isTaken = !isNegative
  }
  return isTaken
}

/** One character of a pattern, with how often it may stand. */
interface Atom {
  readonly takes: (character: string) => boolean
  least: 0 | 1
  isMany: boolean
}

/** `*` is anything but a slash, `**` anything, `[…]` one of these; `?` and `+` say how often what stands before them does. */
function atomsOf(pattern: string): readonly Atom[] {
  const atoms: Atom[] = []
  for (const [part] of pattern.matchAll(/\*\*|\[[^[\]]+\]|\\.|[\s\S]/gu)) {
    const last = atoms.at(-1)
    if (part === '**') atoms.push({ takes: () => true, least: 0, isMany: true })
    else if (part === '*') atoms.push({ takes: (each) => each !== '/', least: 0, isMany: true })
    else if (part === '?' && last) last.least = 0
    else if (part === '+' && last) last.isMany = true
    else if (part.length > 1 && part.startsWith('['))
      atoms.push({ takes: classOf(part), least: 1, isMany: false })
    else atoms.push({ takes: (each) => each === part.replace(/^\\(?=.)/u, ''), least: 1, isMany: false })
  }
  return atoms
}

function classOf(written: string): Atom['takes'] {
  const inside = written.slice(1, -1)
  const ranges = [...inside.matchAll(/(.)-(.)|(.)/gu)].map(([, from, to, one]) => [from ?? one, to ?? one])
  return (each) => ranges.some(([from = '', to = '']) => from <= each && each <= to)
}

/** All places of the pattern are tried together, so that no pattern takes long. */
function fits(atoms: readonly Atom[], name: string): boolean {
  let at = withSkipped(new Set([0]), atoms)
  for (const character of name) {
    const next = new Set<number>()
    for (const index of at) {
      const atom = atoms[index]
      if (!atom?.takes(character)) continue
      next.add(index + 1)
      if (atom.isMany) next.add(index)
    }
    at = withSkipped(next, atoms)
  }
  return at.has(atoms.length)
}

function withSkipped(places: Set<number>, atoms: readonly Atom[]): ReadonlySet<number> {
  for (const index of places) if (atoms[index]?.least === 0) places.add(index + 1)
  return places
}
