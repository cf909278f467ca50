/** The line of a key one level below another, counted from 1: `etcd` in `downloads`. */
export function lineOfEntry(text: string, parent: string, name: string): number | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`${parent}:`))
  if (start < 0) return undefined
  for (let at = start + 1; at < lines.length && !/^[^\s#]/.test(lines[at] ?? ''); at++) {
    if (new RegExp(`^ {1,4}${escaped(name)}:\\s*$`).test(lines[at] ?? '')) return at + 1
  }
  return undefined
}

/** The first line that holds a text, counted from 1; 1 where none does. */
export function lineOf(text: string, part: string): number {
  return (
    Math.max(
      0,
      text.split('\n').findIndex((line) => line.includes(part)),
    ) + 1
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
