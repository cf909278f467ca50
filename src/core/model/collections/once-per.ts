/**
 * What follows from an object alone, computed when it is first asked for and kept as long as the object is: texts, outlines and trees are
 * never changed, and the same ones are asked about patch after patch.
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
