import type { YamlScalar } from '../node/yaml-node.ts'
import { pythonFloat, PythonNumber } from '../values/python-number.ts'
import { resolvePlain, type ScalarMeaning } from '../values/resolve-scalar.ts'

/** What can be written as one scalar. */
export type ScalarValue = ScalarMeaning

export function isScalarValue(value: unknown): value is ScalarValue {
  return typeof value !== 'object' || value === null || value instanceof PythonNumber
}

interface ScalarPlace {
  /** Inside of brackets, `,[]{}` need quotes. */
  readonly flow: 'block' | 'flow'
  /** The scalar it replaces: its quotes are kept where they can hold the new value. */
  readonly like?: YamlScalar
}

/** A value as one line of YAML that Ansible reads back as exactly this value. */
export function writeScalar(value: ScalarValue, place: ScalarPlace): string {
  if (typeof value === 'boolean') return writeBoolean(value, place.like)
  if (typeof value === 'number' || value instanceof PythonNumber) return writeNumber(value)
  if (value === null) return 'null'
  const style = place.like?.style
  if (style === 'single' && canBeSingleQuoted(value)) return `'${value.replaceAll("'", "''")}'`
  if (style === 'double') return writeDoubleQuoted(value)
  if (canBePlain(value, place.flow)) return value
  // Kubespray writes templates in double quotes; single ones spare escapes where the value has double quotes itself.
  if (/["\\]/.test(value) && canBeSingleQuoted(value)) return `'${value.replaceAll("'", "''")}'`
  return writeDoubleQuoted(value)
}

/** Whether a text may stand without quotes and is still read as this text, by YAML 1.1 and 1.2 alike. */
export function canBePlain(text: string, flow: 'block' | 'flow'): boolean {
  if (resolvePlain(text).type !== 'str' || looksLikeDate(text)) return false
  if (!canBeSingleQuoted(text) || text.trim() !== text) return false
  if (/^[,[\]{}#&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text) || /^(?:---|\.\.\.)/.test(text))
    return false
  if (/:(?:\s|$)/.test(text) || /\s#/.test(text)) return false
  // YAML 1.2 reads `0o17` as a number, and `1e3` and `1.5e3`, which PyYAML takes for text.
  if (/^[-+]?(?:0o[0-7]+|[\d.][\d.]*[eE][-+]?\d+)$/.test(text)) return false
  return flow === 'block' || !/[,[\]{}]|^[?:-]|:["']/.test(text)
}

const SPELLINGS = [
  ['true', 'false'],
  ['True', 'False'],
  ['TRUE', 'FALSE'],
  ['yes', 'no'],
  ['Yes', 'No'],
  ['YES', 'NO'],
  ['on', 'off'],
  ['On', 'Off'],
  ['ON', 'OFF'],
] as const

/** In the spelling of the value it replaces: `no` becomes `yes`, `True` becomes `False`. */
function writeBoolean(value: boolean, like: YamlScalar | undefined): string {
  const written = like?.style === 'plain' ? like.content : ''
  const pair = SPELLINGS.find((spelling) => (spelling as readonly string[]).includes(written)) ?? SPELLINGS[0]
  return value ? pair[0] : pair[1]
}

/** PyYAML wants a point before an exponent, and before infinity. */
function writeNumber(value: number | PythonNumber): string {
  const exact = typeof value === 'number' && !Number.isSafeInteger(value) ? pythonFloat(value) : value
  return String(exact)
    .replace(/^(-?\d+)(?=e)/, '$1.0')
    .replace(/^(-?)(?=inf|nan)/, '$1.')
}

/** PyYAML refuses a day that no calendar has, and YAML 1.2 takes more forms for dates than it does. */
function looksLikeDate(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/.test(text)
}

function canBeSingleQuoted(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- what YAML calls not printable, and line breaks
  return !/[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uD800-\uDFFF]/.test(
    text.replace(PAIRS, ''),
  )
}

/** Whole surrogate pairs are ordinary characters; only halves of them are not printable. */
const PAIRS = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g

/** JSON's strings are YAML's, once what JSON leaves as it is and YAML does not print is escaped too. */
function writeDoubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
