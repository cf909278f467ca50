/** The lines of a text that are not blank, and where they stand in it. The places before the first and after the last count as lines. */
export interface SolidLines {
  readonly lines: readonly string[]
  /** Where a line stands in the whole text; its length for the place after the last. */
  at(index: number): number
  /** The place right after a line; the text's start after none. */
  after(index: number): number
  /** How many blank lines stand above a line. */
  gap(index: number): number
}

export function solidLines(text: readonly string[]): SolidLines {
  const places: number[] = []
  text.forEach((line, at) => {
    if (line.trim() !== '') places.push(at)
  })
  const at = (index: number): number => places[index] ?? text.length
  const after = (index: number): number => (index < 0 ? 0 : at(index) + 1)
  return {
    lines: places.map((place) => text[place] as string),
    at,
    after,
    gap: (index) => at(index) - after(index - 1),
  }
}
