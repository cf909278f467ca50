import type { Oid } from '../../model/oid.ts'

/** What files were found to ask a shape of, by blob; handed in again for the next inventory, and for the next release. */
export type ShapeMemory = Map<Oid, ReadonlySet<string>>

/** The names that a text of tasks or a template does something with which not every shape of value takes: read once for all variables. */
export function namesOfShape(text: string, part: 'tasks' | 'templates'): ReadonlySet<string> {
  const names = new Set<string>()
  let isOpen = false
  for (const line of text.split('\n')) {
    const opens = Math.max(line.lastIndexOf('{{'), line.lastIndexOf('{%'))
    const closes = Math.max(line.lastIndexOf('}}'), line.lastIndexOf('%}'))
    // Most lines of a file can hold no expression at all.
    if (opens >= 0 || isOpen || (part === 'tasks' && /\bwhen:|^\s*- /.test(line))) {
      for (const match of line.matchAll(PLACES))
        for (const name of match.slice(1)) if (name !== undefined) names.add(name)
    }
    if (opens >= 0 || closes >= 0) isOpen = opens > closes
  }
  return names
}

const PLACES =
  /\b([A-Za-z_]\w*)(?=\s*(?:\.[A-Za-z_]|\[|[-+/]|\|\s*(?:dict2items|combine|length|count|join|sort|unique)\b|\|\s*(?:d|default)\(.*(?:\bin\b|dict2items|\)\.)))|\bin\s+([A-Za-z_]\w*)|[\w)\]'"] ?[-+/] ?([A-Za-z_]\w*)|(?:loop:|with_\w+:|^\s*-)\s*["']?\{\{-?\s*([A-Za-z_]\w*)/g
