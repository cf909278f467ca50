/**
 * What a YAML file says, without its form. Null is `undefined`, and mappings are `Map`s: key order carries
 * meaning in Kubespray, and objects would sort keys that look like whole numbers.
 */
export type PlainValue = string | number | boolean | undefined | readonly PlainValue[] | PlainMap
export type PlainMap = ReadonlyMap<string, PlainValue>

/** A scalar without quotes, read as PyYAML does (YAML 1.1); `undefined` where only the full parser knows. */
export function readPlainScalar(text: string): { readonly value: PlainValue } | undefined {
  if (NULL.test(text)) return { value: undefined }
  if (TRUE.test(text)) return { value: true }
  if (FALSE.test(text)) return { value: false }
  if (INTEGER.test(text)) return { value: Number(text) }
  if (FLOAT.test(text)) return { value: floatOf(text) }
  if (ODD_NUMBER.test(text)) return undefined
  return { value: text }
}

const NULL = /^(?:~|null|Null|NULL|)$/
/** PyYAML's words: YAML 1.1 itself also has `y` and `n`, which PyYAML leaves to be text. */
export const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/
export const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/
const INTEGER = /^-?(?:0|[1-9]\d{0,14})$/
const FLOAT = /^-?\d+\.\d+$/
/** Octal, hexadecimal, base 60, dates, exponents, infinity: rare enough to leave to the parser. */
const ODD_NUMBER =
  /^[-+]?(?:0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+|\d[\d_]*(?::[0-5]?\d)+.*|\d{4}-\d\d?-\d\d?.*|\d[\d_,]*|\.\d+|[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF|nan|NaN|NAN)|=|<<)$/

/**
 * A float keeps its point: `3.0` is printed `3.0` by Python and `3` by JavaScript, and version numbers are
 * compared as text.
 */
function floatOf(text: string): PlainValue {
  return /\.0+$/.test(text) ? text.replace(/\.0+$/, '.0') : Number(text)
}
