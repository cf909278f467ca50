import { markdown } from './blocks/markdown.ts'
import { WORTH, type Block, type Part } from './blocks/block.ts'
import { MOST, withinLimit } from './within-limit.ts'

/**
 * The parts as Markdown. While they are too long together, what is worth least gives way to its brief form, the longest of it first;
 * then, in the same order, to the briefest. What has no other form stays. `unshown` words which patches are not shown at all.
 */
export function fit(parts: readonly Part[], { most = MOST, unshown = () => [] }: FitHow = {}): string {
  const shown = parts
    .filter(({ full }) => full.length > 0)
    .map(({ full, brief, briefest, worth = WORTH.lists, patch }) => ({
      forms: [full, brief, briefest].filter((form) => form !== undefined).map(markdown),
      worth,
      patch,
    }))
  const order = shown
    .filter(({ forms }) => forms.length > 1)
    .sort((a, b) => a.worth - b.worth || lengthOf(b) - lengthOf(a))
  const gone: number[] = []
  const last = (): string => (gone.length > 0 ? markdown(unshown(gone.toSorted((a, b) => a - b))) : '')
  let length = shown.reduce((sum, part) => sum + lengthOf(part) + GAP.length, 0)
  for (const round of [1, 2]) {
    for (const part of order) {
      if (length + last().length <= most) break
      const next = part.forms[1]
      if (next === undefined || next.length >= lengthOf(part)) continue
      length -= lengthOf(part) - next.length
      part.forms.shift()
      if (next === '' && part.patch !== undefined) gone.push(part.patch)
    }
    if (round === 1 && length + last().length <= most) break
  }
  const texts = [...shown.map(({ forms }) => forms[0] ?? ''), last()].filter((text) => text !== '')
  return withinLimit(texts.join(GAP), '', most)
}

interface FitHow {
  /** Characters. */
  readonly most?: number
  unshown?(this: void, patches: readonly number[]): readonly Block[]
}

function lengthOf({ forms }: { readonly forms: readonly string[] }): number {
  return forms[0]?.length ?? 0
}

const GAP = '\n\n'
