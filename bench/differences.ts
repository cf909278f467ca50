/**
 * Every field at which what we found differs from what is expected, by path; fields that only we have are
 * none of its business.
 */
export function differences(expected: unknown, found: unknown, path = ''): readonly string[] {
  if (isRecord(expected) && isRecord(found)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    return keys
      .filter((key) => found[key] !== IGNORED)
      .flatMap((key) => differences(expected[key], found[key], `${path}.${key}`))
  }
  const [a, b] = [JSON.stringify(expected ?? null), JSON.stringify(found ?? null)]
  return a === b ? [] : [`${path}: expected ${cut(a)}, found ${cut(b)}`]
}

/** Stands for a field that is not compared. */
export const IGNORED = Symbol('ignored')

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
