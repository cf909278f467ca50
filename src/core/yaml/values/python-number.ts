/**
 * A number that JavaScript's own do not hold: a whole float (`3.0`), one that Python prints otherwise (`1e-05`), infinity, or an
 * integer of more digits than a double has. It counts like a number (`valueOf`).
 */
export class PythonNumber {
  /** As Python's `str` prints it. */
  readonly text: string
  readonly type: 'int' | 'float'
  readonly #value: number

  constructor(text: string, type: 'int' | 'float', value: number) {
    this.text = text
    this.type = type
    this.#value = value
  }

  valueOf(): number {
    return this.#value
  }

  toString(): string {
    return this.text
  }

  /** JSON's numbers lose what this one is for. */
  toJSON(): string {
    return this.text
  }
}

/** A float of Python's; a whole one is never JavaScript's own, since those are integers. */
export function pythonFloat(value: number): number | PythonNumber {
  const text = floatText(value)
  return text === String(value) && !Number.isInteger(value) ? value : new PythonNumber(text, 'float', value)
}

/** An integer of Python's, which has no largest one. */
export function pythonInteger(value: bigint): number | PythonNumber {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : new PythonNumber(String(value), 'int', number)
}

/** As Python's `str` prints a scalar, which is what Ansible puts into a string. */
export function pythonText(value: string | number | boolean | null | undefined | PythonNumber): string {
  if (value === true) return 'True'
  if (value === false) return 'False'
  return value === null || value === undefined ? 'None' : String(value)
}

/** Python's `repr` of a float: the shortest digits, as in JavaScript, but an exponent below 0.0001 and from 1e16 on. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 16))
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
