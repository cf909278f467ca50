import { matchBlocks, type Matching } from './match-blocks.ts'
import { blockLines, type Block } from './read-outline.ts'

/** Fewer settings than this under new names are no custom of the release, and may be other settings. */
const SIBLINGS = 2

/**
 * Keys that the release renamed in place, old name → new: wherever a setting of the old name went, one of the new name came
 * with the same value, and it did so more than once (`sha256` became `checksum` in every download).
 */
export function renamedKeys(base: Block, upstream: Block): ReadonlyMap<string, string> {
  const votes = new Map<string, Map<string, number>>()
  vote(base, upstream, votes)
  const found = new Map<string, string>()
  for (const [from, targets] of votes) {
    const [[to, times] = ['', 0], ...others] = [...targets]
    if (others.length === 0 && times >= SIBLINGS) found.set(from, to)
  }
  return found
}

function vote(base: Block, upstream: Block, votes: Map<string, Map<string, number>>): void {
  const matching = matchBlocks(base.children, upstream.children)
  const fresh = upstream.children.filter((block) => block.kind === 'key' && !matching.backward.has(block))
  for (const child of base.children) {
    const other = matching.forward.get(child)
    if (other) vote(child, other, votes)
    else if (child.kind === 'key') {
      const same = fresh.filter((block) => sameValue(block, child))
      const targets = votes.get(child.id) ?? new Map<string, number>()
      for (const { id } of same) targets.set(id, (targets.get(id) ?? 0) + 1)
      votes.set(child.id, targets)
    }
  }
}

/** Whether two settings say the same under whatever name, wherever they are indented. */
export function sameValue(a: Block, b: Block): boolean {
  return valueOf(a) === valueOf(b)
}

function valueOf(block: Block): string {
  const [first = '', ...more] = blockLines(block).map((line) => line.trim())
  return [first.slice(first.indexOf(':')), ...more].join('\n')
}

/** The same matching with renamed settings paired as well. */
export function pairRenamed(
  { forward, backward }: Matching,
  { base, upstream }: { readonly base: readonly Block[]; readonly upstream: readonly Block[] },
  renamed: ReadonlyMap<string, string>,
): Matching {
  const pairs: [Block, Block][] = []
  for (const block of base) {
    const name = forward.has(block) ? undefined : renamed.get(block.id)
    const other = upstream.find((each) => each.id === name && !backward.has(each))
    if (other) pairs.push([block, other])
  }
  if (pairs.length === 0) return { forward, backward }
  return {
    forward: new Map([...forward, ...pairs]),
    backward: new Map([...backward, ...pairs.map(([left, right]) => [right, left] as const)]),
  }
}
