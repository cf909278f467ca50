import type { PythonNumber } from './python-number.ts'
import type { ScalarMeaning } from './resolve-scalar.ts'

/**
 * What a YAML file says, without its form. Null is `undefined`, and mappings are `Map`s: key order carries
 * meaning in Kubespray, and objects would sort keys that look like whole numbers.
 */
export type PlainValue =
  string | number | boolean | undefined | PythonNumber | readonly PlainValue[] | PlainMap
export type PlainMap = ReadonlyMap<string, PlainValue>

export function plainScalar(meaning: ScalarMeaning): PlainValue {
  return meaning === null ? undefined : meaning
}
