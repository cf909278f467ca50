/**
 * What a value of an INI inventory means: Ansible reads it as a Python literal where it is one, so `True` is a boolean,
 * `true` a string and `1.30` a number. Lists and mappings are left as they are written.
 */
export function resolveIniValue(written: string): string | number | boolean | null {
  const quoted = quotedText(written)
  if (quoted !== undefined) return quoted
  if (written.includes('#')) return written
  if (written === 'True' || written === 'False') return written === 'True'
  if (written === 'None') return null
  return /^[-+]?(?:0|[1-9]\d*|\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(written) ? Number(written) : written
}

/** A value as it is written in an INI inventory, in the quotes of the one it replaces. */
export function writeIniValue(value: string | number | boolean, like: string): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  const quote = /^(["'])[\s\S]*\1$/.exec(like)?.[1]
  if (quote !== undefined && !value.includes(quote) && !value.includes('\\'))
    return `${quote}${value}${quote}`
  const readsBack = resolveIniValue(value) === value && !/^["']|[\s#\\]/.test(value)
  return readsBack ? value : JSON.stringify(value)
}

function quotedText(written: string): string | undefined {
  const match = /^(["'])([\s\S]*)\1$/.exec(written)
  const [, quote, inner] = match ?? []
  if (quote === undefined || inner === undefined) return undefined
  const unescaped = inner.replace(/\\([\\'"])/g, '$1')
  return new RegExp(`(?<!\\\\)${quote}`).test(inner) ? undefined : unescaped
}
