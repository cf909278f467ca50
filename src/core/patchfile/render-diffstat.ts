/** What a patch does to one file, counted. */
export interface StatRow {
  /** Its name as git shows it. */
  readonly name: string
  readonly added: number
  readonly removed: number
  /** ` create mode 100644 path` and the like, where the patch does more than change lines. */
  readonly summary: readonly string[]
}

/** As wide as `git format-patch` makes it (`MAIL_DEFAULT_WRAP` in builtin/log.c). */
const WIDTH = 72

/** The table of a patch's files as git writes it (`show_stats` in diff.c), with the lines below it. */
export function renderDiffstat(rows: readonly StatRow[]): string {
  const names = rows.map(({ name }) => name)
  const most = Math.max(0, ...rows.map(({ added, removed }) => added + removed))
  const digits = String(most).length
  const { name: nameWidth, graph } = widths(Math.max(0, ...names.map((name) => name.length)), most, digits)
  const lines = rows.map(({ added, removed }, index) => {
    const name = shortened(names[index] ?? '', nameWidth).padEnd(nameWidth)
    const bars = scaled({ added, removed }, graph, most)
    const marks = '+'.repeat(bars.added) + '-'.repeat(bars.removed)
    return ` ${name} | ${String(added + removed).padStart(digits)}${marks === '' ? '' : ` ${marks}`}\n`
  })
  const summaries = rows.flatMap(({ summary }) => summary.map((line) => `${line}\n`))
  return [...lines, ` ${totals(rows)}\n`, ...summaries].join('')
}

function widths(longest: number, most: number, digits: number): { name: number; graph: number } {
  const free = WIDTH - digits - 6
  if (longest + most <= free) return { name: longest, graph: most }
  const graph = Math.min(most, Math.max(6, Math.floor((WIDTH * 3) / 8) - digits - 6))
  return longest > free - graph ? { name: free - graph, graph } : { name: longest, graph: free - longest }
}

/** The end of a long name, from a folder on. */
function shortened(name: string, width: number): string {
  if (name.length <= width) return name
  const end = name.slice(name.length - width + 3)
  const slash = end.indexOf('/')
  return `...${slash < 0 ? end : end.slice(slash)}`
}

function scaled(
  { added, removed }: Pick<StatRow, 'added' | 'removed'>,
  width: number,
  most: number,
): { added: number; removed: number } {
  if (width > most) return { added, removed }
  const scale = (count: number): number =>
    count === 0 ? 0 : 1 + Math.floor((count * (width - 1)) / Math.max(1, most))
  const total = Math.max(scale(added + removed), added > 0 && removed > 0 ? 2 : 0)
  if (added < removed) return { added: scale(added), removed: total - scale(added) }
  return { added: total - scale(removed), removed: scale(removed) }
}

function totals(rows: readonly StatRow[]): string {
  const added = rows.reduce((sum, row) => sum + row.added, 0)
  const removed = rows.reduce((sum, row) => sum + row.removed, 0)
  const parts = [`${rows.length} ${rows.length === 1 ? 'file' : 'files'} changed`]
  if (added > 0 || removed === 0) parts.push(`${added} ${added === 1 ? 'insertion' : 'insertions'}(+)`)
  if (removed > 0 || added === 0) parts.push(`${removed} ${removed === 1 ? 'deletion' : 'deletions'}(-)`)
  return parts.join(', ')
}
