/** The one document of a template that a line stands in, with the index of its first line. */
export function documentAround(
  lines: readonly string[],
  at: number,
): { readonly start: number; readonly lines: readonly string[] } {
  const start = lines.findLastIndex((line, index) => index < at && /^---/.test(line)) + 1
  const next = lines.findIndex((line, index) => index > at && /^---/.test(line))
  return { start, lines: lines.slice(start, next < 0 ? undefined : next) }
}
