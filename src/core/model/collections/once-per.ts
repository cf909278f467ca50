/**
 * What follows from an object alone, computed when it is first asked for and kept as long as the object is. The object must never change, as texts,
 * outlines and trees do not; what is computed may be where more is kept by another key.
 */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return (key) => {
    const value = known.get(key)
    if (value !== undefined || known.has(key)) return value as V
    const computed = compute(key)
    known.set(key, computed)
    return computed
  }
}
