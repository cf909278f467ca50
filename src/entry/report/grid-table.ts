import type { GridCell, GridRow } from '../../core/audit/whole/component-grid.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import { escapeHtml } from '../../core/explain/blocks/html.ts'

/** Each cell in a sign and in words: colours alone say nothing to some readers, and nothing on paper. */
const CELLS: Readonly<Record<GridCell, { readonly sign: string; readonly words: string }>> = {
  checked: { sign: '✓', words: 'downloaded, and checked by a checksum of its own' },
  fails: { sign: '✗', words: 'fails: no checksum of its own' },
  held: { sign: '●', words: 'an image; its registry has it for this architecture' },
  image: { sign: '○', words: 'an image; nobody asked its registry, or it did not tell' },
  lacks: { sign: '✗', words: 'an image that its registry does not have for this architecture' },
  wrong: { sign: '✗', words: 'an image named for another architecture' },
}

/** Architecture by component. */
export function gridTable(rows: readonly GridRow[], architectures: readonly Architecture[]): string {
  if (rows.length === 0) return ''
  const head = architectures.map((each) => `<th scope="col">${escapeHtml(each)}</th>`).join('')
  const body = rows.map((row) => rowHtml(row, architectures)).join('\n')
  const used = new Set(rows.flatMap(({ cells }) => Object.values(cells)))
  const legend = (Object.keys(CELLS) as GridCell[])
    .filter((cell) => used.has(cell))
    .map((cell) => `${CELLS[cell].sign} ${CELLS[cell].words}`)
  return `<div class="wide"><table class="grid"><thead><tr><th scope="col">component</th><th scope="col">version</th>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>
<p class="legend">${legend.map(escapeHtml).join(' · ')}</p>`
}

function rowHtml({ component, version, cells }: GridRow, architectures: readonly Architecture[]): string {
  const columns = architectures.map((each) => cellHtml(cells[each])).join('')
  return `<tr><th scope="row">${escapeHtml(component)}</th><td>${escapeHtml(version ?? '')}</td>${columns}</tr>`
}

function cellHtml(cell: GridCell | undefined): string {
  if (!cell) return '<td></td>'
  const { sign, words } = CELLS[cell]
  return `<td class="${cell}" title="${escapeHtml(words)}">${sign}</td>`
}
