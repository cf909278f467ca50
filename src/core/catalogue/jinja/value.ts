import { PythonNumber, pythonText } from '../../yaml/values/python-number.ts'

/**
 * A value as Ansible sees it. YAML's null and Jinja's `None` are `undefined`; what is not defined at all is
 * `Missing`. Mappings are `Map`s: key order is meaning in Kubespray (the first checksum key is the default
 * version), and plain objects would sort keys that look like whole numbers.
 */
export type Value =
  string | number | boolean | undefined | PythonNumber | readonly Value[] | ValueMap | Missing
type ValueMap = ReadonlyMap<string, Value>

/**
 * What a template asked for in vain. It spreads through attribute access, as Ansible's undefined does, until
 * it is used.
 */
export class Missing {
  readonly what: string
  /** The variable whose key is not there, where it is a key that is missing. */
  readonly variable: string | undefined

  constructor(what: string, variable?: string) {
    this.what = what
    this.variable = variable
  }
}

/**
 * A value that is there in a form we do not read: it spreads like a missing one, and is no fault of the
 * release.
 */
export class Unread extends Missing {}

/**
 * A mapping of which only some keys are known, as a host's facts: what is asked for besides is there, but
 * unread.
 */
export class PartlyKnown extends Map<string, Value> {}

export function isMap(value: Value): value is ValueMap {
  return value instanceof Map
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** As Python's `str` prints it: what Ansible puts into a string. */
export function printed(value: Value): string {
  if (value instanceof Missing) return ''
  if (isList(value)) return `[${value.map(quoted).join(', ')}]`
  if (isMap(value))
    return `{${[...value].map(([key, each]) => `${quoted(key)}: ${quoted(each)}`).join(', ')}}`
  return pythonText(value)
}

/** A text or a number as it is printed; `undefined` for anything else. */
export function printedScalar(value: Value): string | undefined {
  return typeof value === 'string' || isNumber(value) ? pythonText(value) : undefined
}

export function isNumber(value: Value): value is number | PythonNumber {
  return typeof value === 'number' || value instanceof PythonNumber
}

/** Python's truth: empty strings, lists and mappings, zero and `None` are false. */
export function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0
  if (isMap(value)) return value.size > 0
  // Not a number is true in Python.
  if (isNumber(value)) return Number(value) !== 0
  return Boolean(value)
}

function quoted(value: Value): string {
  return typeof value === 'string' ? `'${value}'` : printed(value)
}
