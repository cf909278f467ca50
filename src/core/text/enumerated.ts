/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** The first of them, and how many more there are: a few say which are meant, and a cluster has hundreds. */
export function someOf<T>(all: readonly T[], most: number): readonly (T | string)[] {
  const more = all.length - most
  return more > 0 ? [...all.slice(0, most), `${more} more`] : all
}
