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

/** Who could tell what is not known: a running host, or somebody who reads the form that it is written in. */
type Unknown = 'host' | 'form'

/** A value that only a running host can tell, or a form that is not read: nothing may be concluded from it. */
export class Unsure extends Unread {
  readonly why: Unknown
  /** Whether it is defined at any rate. */
  readonly isThere: boolean

  constructor(what: string, { why, isThere }: { readonly why: Unknown; readonly isThere: boolean }) {
    super(what)
    this.why = why
    this.isThere = isThere
  }
}

/** Thrown when something missing is used, not merely asked for. */
export class MissingUsed extends Error {
  readonly missing: Missing

  constructor(missing: Missing) {
    super(missing.what)
    this.name = 'MissingUsed'
    this.missing = missing
  }
}

/**
 * A mapping of which only some keys are known, as a host's facts: what is asked for besides is there, but
 * unread.
 */
export class PartlyKnown extends Map<string, Value> {
  /** What stands for a key that is not known. */
  other(what: string): Missing {
    return new Unread(what)
  }
}

/** A mapping of which a running host alone can say what else is in it, if anything. */
export class UnsureMap extends PartlyKnown {
  override other(what: string): Missing {
    return new Unsure(what, { why: 'host', isThere: false })
  }
}

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

/** Whether Python's `==` holds. */
export function isSame(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b)
  if (typeof a === 'object' && typeof b === 'object') return printed(a) === printed(b)
  return a === b
}

/** What Python calls the type of a value. */
export function typeName(value: Value): string {
  if (value === undefined) return 'NoneType'
  if (isMap(value)) return 'dict'
  if (isList(value)) return 'list'
  if (value instanceof PythonNumber) return value.type
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return typeof value === 'boolean' ? 'bool' : 'str'
}

function quoted(value: Value): string {
  return typeof value === 'string' ? `'${value}'` : printed(value)
}
