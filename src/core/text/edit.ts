/** Replaces the characters `from` up to (not including) `to` of a text; offsets count UTF-16 units, as strings do. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/**
 * The text with all edits made at once: every offset counts on the original text. The order of the list does not matter,
 * except that insertions at one place land in the order given. Edits that overlap contradict each other and are a defect.
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const parts: string[] = []
  let end = 0
  for (const edit of inOrder(source, edits)) {
    parts.push(source.slice(end, edit.from), edit.text)
    end = edit.to
  }
  parts.push(source.slice(end))
  return parts.join('')
}

/**
 * One list of edits out of several made on the same text: sorted, equal ones once, those that change nothing left out.
 * Throws where two overlap.
 */
export function joinEdits(source: string, ...lists: readonly (readonly Edit[])[]): readonly Edit[] {
  const joined: Edit[] = []
  const replaced = new Set<string>()
  for (const edit of lists.flat()) {
    // Two equal replacements are one; two equal insertions are not: both were asked for.
    const key = edit.from === edit.to ? '' : `${edit.from} ${edit.to} ${edit.text}`
    if (replaced.has(key) || source.slice(edit.from, edit.to) === edit.text) continue
    if (key !== '') replaced.add(key)
    joined.push(edit)
  }
  return inOrder(source, joined)
}

function inOrder(source: string, edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((a, b) => a.from - b.from || a.to - b.to)
  let end = 0
  for (const edit of sorted) {
    if (edit.from > edit.to || edit.to > source.length) {
      throw new Error(`edit ${edit.from}..${edit.to} lies outside a text of ${source.length}`)
    }
    if (edit.from < end) throw new Error(`edit ${edit.from}..${edit.to} overlaps one that ends at ${end}`)
    end = edit.to
  }
  return sorted
}
