/** The fields of an object without those that are `undefined`: an optional field is absent then, not there with nothing in it. */
export function defined<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

/** Fields that are there only where a condition holds, or where a value is there to make them from. */
export function optional<V, F extends object>(
  value: V | undefined | null | false,
  fields: (value: V) => F,
): F | undefined {
  return value === undefined || value === null || value === false ? undefined : fields(value)
}
