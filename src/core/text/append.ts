/** Puts items at the end of a list. Spread into `push` they would be arguments, of which a call takes no more than the stack holds. */
export function append<T>(list: T[], ...more: readonly (readonly T[])[]): void {
  for (const items of more) for (const item of items) list.push(item)
}

/** The same in the middle of a list: puts items where `drop` others stood. */
export function putAt<T>(list: T[], at: number, drop: number, items: readonly T[]): void {
  const rest = list.splice(at)
  append(list, items, rest.slice(drop))
}
