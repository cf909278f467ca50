import type { YamlScalar } from '../node/yaml-node.ts'
import { pythonFloat, pythonInteger, type PythonNumber } from './python-number.ts'
import { timestampText } from './timestamp-text.ts'

/** What a scalar can mean. A date is the text that Python prints for it: whatever uses one prints it. */
export type ScalarMeaning = string | number | boolean | null | PythonNumber

interface ResolvedScalar {
  /** PyYAML's name of its type; `merge` is `<<`, and `value` is `=`. */
  readonly type: 'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'merge' | 'value' | 'str'
  readonly value: ScalarMeaning
}

/**
 * What a scalar means to Ansible, which reads YAML 1.1 as PyYAML does: `yes` is true, `010` is eight, `1:30` is ninety, `1e3`
 * is text. This is the one place that knows; every reader of YAML asks here. Quoted and block scalars are strings, and an
 * explicit tag of YAML's own decides before the form does.
 */
export function resolveScalar(scalar: Pick<YamlScalar, 'style' | 'content' | 'tag'>): ScalarMeaning {
  const tag = scalar.tag?.replace(/^(?:!<)?tag:yaml\.org,2002:([a-z]+)>?$/, '!!$1')
  if (tag !== undefined && tag.startsWith('!!')) return resolveTagged(tag.slice(2), scalar.content)
  const isPlain = scalar.style === 'plain' || scalar.style === 'empty'
  return isPlain && tag !== '!' ? resolvePlain(scalar.content).value : scalar.content
}

/**
 * What a text means when it stands in YAML without quotes. What looks like a number or a date and is none (`0x_`,
 * `2020-13-01`) makes PyYAML refuse the file; here it has that type and stays the text it is.
 */
export function resolvePlain(text: string): ResolvedScalar {
  const first = text.charCodeAt(0)
  // Most scalars are words; nothing that begins otherwise is a number or a date.
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e
  return (isNumeric ? resolveNumeric(text) : WORDS.get(text)) ?? { type: 'str', value: text }
}

/** The forms of PyYAML's `yaml.resolver`, https://github.com/yaml/pyyaml/blob/6.0/lib/yaml/resolver.py; it takes `y` and `n` for text. */
const WORDS: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', value: null }] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, { type: 'bool', value: true }] as const,
  ),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, { type: 'bool', value: false }] as const,
  ),
  ['<<', { type: 'merge', value: '<<' }],
  ['=', { type: 'value', value: '=' }],
])

const INTEGER = /^[-+]?(?:0b[01_]+|0x[\da-fA-F_]+|0[0-7_]+|0|[1-9][\d_]*(?::[0-5]?\d)+|[1-9][\d_]*)$/
const FLOAT =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const TIMESTAMP =
  /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

function resolveNumeric(text: string): ResolvedScalar | undefined {
  if (INTEGER.test(text)) return { type: 'int', value: integerOf(text) ?? text }
  if (FLOAT.test(text)) return { type: 'float', value: floatOf(text) }
  return TIMESTAMP.test(text) ? { type: 'timestamp', value: timestampText(text) ?? text } : undefined
}

/** `undefined` for a prefix without digits, which PyYAML's expression allows and its reader does not. */
function integerOf(text: string): number | PythonNumber | undefined {
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  if (/^0[bx]$/.test(digits)) return undefined
  const octal = /^0\d/.test(digits) && !digits.includes(':') ? `0o${digits.slice(1)}` : digits
  const value = octal.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  return pythonInteger(text.startsWith('-') ? -value : value)
}

function floatOf(text: string): number | PythonNumber {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '').toLowerCase()
  if (digits === '.inf') return pythonFloat(sign * Infinity)
  if (digits === '.nan') return pythonFloat(Number.NaN)
  // Added up from the end as PyYAML does: the order decides the last digit.
  let [value, base] = [0, 1]
  for (const part of digits.split(':').reverse()) {
    value += Number(part) * base
    base *= 60
  }
  return pythonFloat(sign * value)
}

/** A scalar with one of YAML's own tags; what the tag does not fit stays text, where PyYAML refuses the file. */
function resolveTagged(tag: string, content: string): ScalarMeaning {
  if (tag === 'null') return null
  const plain = resolvePlain(content)
  if (tag === 'float' && plain.type === 'int') return pythonFloat(Number(plain.value))
  if (tag === 'bool') return WORDS.get(content.toLowerCase())?.value ?? content
  return plain.type === tag ? plain.value : content
}
