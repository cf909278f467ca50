/** Puts a value behind those of a key; in place, since a copy for each value takes the square of them. */
export function addTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  addAllTo(groups, key, [value])
}

/** The same for several values, of which there may be more than a call takes arguments. */
export function addAllTo<K, V>(groups: Map<K, V[]>, key: K, values: readonly V[]): void {
  const known = groups.get(key)
  if (!known) groups.set(key, [...values])
  else for (const value of values) known.push(value)
}

/** By a key of each: the values that have it, in their order. */
export function grouped<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) addTo(groups, keyOf(value), value)
  return groups
}
