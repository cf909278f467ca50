/** So many lines of one length, each of its own: shares of them are shares of the text. */
export function rows(name: string, count: number, from = 0): string {
  return Array.from(
    { length: count },
    (_, at) => `${name} says ${String(from + at).padStart(2, '0')}\n`,
  ).join('')
}
