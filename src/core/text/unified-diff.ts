import { append } from './append.ts'
import { diffLines, type Hunk } from './diff-lines.ts'
import { bareLine } from './split-lines.ts'

/** Lines shown around a change, as `diff -u` does. */
const CONTEXT = 3

/** The difference of two texts for a person to read: hunks with `@@` heads, without file names; empty where they are equal. */
export function unifiedDiff(a: readonly string[], b: readonly string[]): readonly string[] {
  const out: string[] = []
  for (const group of groupHunks(diffLines(a, b))) append(out, renderGroup(group, a, b))
  return out
}

/** Only the changed lines, without their place and surroundings: what two forms of one patch are compared by. */
export function changedLines(a: readonly string[], b: readonly string[]): readonly string[] {
  return diffLines(a, b).flatMap(({ from, to, start, end }) => [
    ...a.slice(from, to).map((line) => `-${bareLine(line)}`),
    ...b.slice(start, end).map((line) => `+${bareLine(line)}`),
  ])
}

/** Hunks whose surroundings touch are shown as one. */
function groupHunks(hunks: readonly Hunk[]): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = []
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1)
    if (last && hunk.from - last.to <= 2 * CONTEXT) groups.at(-1)?.push(hunk)
    else groups.push([hunk])
  }
  return groups
}

function renderGroup(group: readonly Hunk[], a: readonly string[], b: readonly string[]): readonly string[] {
  const first = group[0] as Hunk
  const last = group.at(-1) as Hunk
  const from = Math.max(0, first.from - CONTEXT)
  const to = Math.min(a.length, last.to + CONTEXT)
  const start = first.start - (first.from - from)
  const end = last.end + (to - last.to)
  const lines = [`@@ -${range(from, to)} +${range(start, end)} @@`]
  let at = from
  for (const hunk of group) {
    append(lines, marked(a, at, hunk.from, ' '), marked(a, hunk.from, hunk.to, '-'))
    append(lines, marked(b, hunk.start, hunk.end, '+'))
    at = hunk.to
  }
  return [...lines, ...marked(a, at, to, ' ')]
}

function range(from: number, to: number): string {
  return `${to === from ? from : from + 1},${to - from}`
}

function marked(
  lines: readonly string[],
  from: number,
  to: number,
  mark: ' ' | '-' | '+',
): readonly string[] {
  return lines.slice(from, to).map((line) => mark + bareLine(line))
}
