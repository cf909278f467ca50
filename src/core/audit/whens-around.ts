import { indentOf } from '../text/indent-of.ts'

/** The `when` of the task that a line stands in and of each block around it, the inmost first. */
export function whensAround(lines: readonly string[], index: number): readonly string[] {
  const found: string[] = []
  let indent = Infinity
  for (const [back, line] of lines
    .slice(0, index + 1)
    .reverse()
    .entries()) {
    if (indent === 0) break
    if (line.trim() === '' || indentOf(line) >= indent) continue
    indent = indentOf(line)
    if (ITEM.test(line)) found.push(...whensOf(line, lines.slice(index - back + 1)))
  }
  return found
}

const ITEM = /^\s*-\s/

/** Of the item that begins with a line. */
function whensOf(first: string, rest: readonly string[]): readonly string[] {
  const lines = [first.replace('-', ' '), ...until(rest, (line) => indentOf(line) <= indentOf(first))]
  const [indent] = lines.map(indentOf)
  const at = lines.findIndex((line) => indentOf(line) === indent && /^\s*when:/.test(line))
  const [head = '', ...below] = lines.slice(Math.max(at, 0))
  const written = /^\s*when:(.*)$/.exec(head)?.[1]
  if (written === undefined) return []
  const more = until(
    below,
    (line) => indentOf(line) < indentOf(head) || (indentOf(line) === indentOf(head) && !ITEM.test(line)),
  )
  return itemsOf([written, ...more])
    .map(bare)
    .filter((each) => each !== '()')
}

/** The lines up to one that ends it; what is blank ends nothing. */
function until(lines: readonly string[], ends: (line: string) => boolean): readonly string[] {
  const end = lines.findIndex((line) => line.trim() !== '' && ends(line))
  return end < 0 ? lines : lines.slice(0, end)
}

/** What stands before the first item of a list, which is all of it where it is none, and the items. */
function itemsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const items: string[][] = [[]]
  for (const line of lines) {
    if (ITEM.test(line)) items.push([line.replace('-', '')])
    else items.at(-1)?.push(line)
  }
  return items
}

/** A condition on one line, without the quotes or the mark of a block scalar. */
function bare(condition: readonly string[]): string {
  const parts = condition.map((line) => line.trim()).filter((line) => line !== '')
  const line = parts.filter((part, at) => at > 0 || !/^[>|][-+\d]*$/.test(part)).join(' ')
  return `(${line.replace(/^(["'])(.*)\1$/, '$2')})`
}
