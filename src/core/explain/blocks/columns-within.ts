/** Blanks between two columns. */
const GAP = 2

/** A column that is narrower is read letter by letter. */
const NARROWEST = 12

/** How wide each column of a table is, so that all of them have room: the widest gives first. */
export function columnsWithin(rows: readonly (readonly number[])[], room: number): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const columns = [...Array(count).keys()].map((at) => Math.max(0, ...rows.map((row) => row[at] ?? 0)))
  for (;;) {
    const over = columns.reduce((sum, each) => sum + each, 0) + GAP * Math.max(0, count - 1) - room
    const widest = Math.max(...columns)
    if (over <= 0 || widest <= NARROWEST) return columns
    const next = Math.max(NARROWEST, ...columns.filter((each) => each < widest))
    const at = columns.indexOf(widest)
    const others = columns.filter((each) => each === widest).length > 1
    columns[at] = others ? widest - 1 : Math.max(next, widest - over)
  }
}
