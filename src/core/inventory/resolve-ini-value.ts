import { pythonFloat, pythonInteger, type PythonNumber } from '../yaml/values/python-number.ts'

/**
 * What a value of an INI inventory means: Ansible reads it as a Python literal where it is one, so `True` is a boolean,
 * `true` a string and `1.30` a number. Lists and mappings are left as they are written.
 */
export function resolveIniValue(written: string): string | number | boolean | null | PythonNumber {
  const quoted = quotedText(written)
  if (quoted !== undefined) return quoted
  if (written.includes('#')) return written
  if (written === 'True' || written === 'False') return written === 'True'
  if (written === 'None') return null
  const [, sign = '', number = ''] = /^([-+]?)(.*)$/s.exec(written) ?? []
  const digits = number.replaceAll('_', '')
  if (INTEGER.test(number)) return pythonInteger(BigInt(digits) * (sign === '-' ? -1n : 1n))
  return FLOAT.test(number) ? pythonFloat(Number(digits) * (sign === '-' ? -1 : 1)) : written
}

/** Python's literals: a zero in front is none, and an underscore stands between two digits. */
const INTEGER = /^(?:0(?:_?0)*|[1-9](?:_?\d)*|0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)$/
const FLOAT =
  /^(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?(?:[eE][-+]?\d(?:_?\d)*)?|\.\d(?:_?\d)*(?:[eE][-+]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*)$/

/** A value as it is written in an INI inventory, in the quotes of the one it replaces. */
export function writeIniValue(value: string | number | boolean | readonly [], like: string): string {
  if (typeof value === 'object') return '[]'
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
