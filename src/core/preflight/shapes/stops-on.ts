import { PythonNumber } from '../../yaml/values/python-number.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import type { Use, Want, Way } from './use.ts'

/** Whether a use fails with a value. What only Ansible can work out is taken to be what is wanted. */
export function stopsOn(value: PlainValue, { ways, want }: Pick<Use, 'ways' | 'want'>): boolean {
  return partsAt([value], ways).some((part) => isWrong(part, want))
}

function partsAt(values: readonly PlainValue[], ways: readonly Way[]): readonly PlainValue[] {
  const [way, ...rest] = ways
  if (way === undefined) return values
  return partsAt(
    values.flatMap((value) => partsOf(value, way)),
    rest,
  )
}

function partsOf(value: PlainValue, way: Way): readonly PlainValue[] {
  const map = value instanceof Map ? (value as PlainMap) : undefined
  if (typeof way === 'object') return map?.has(way.key) ? [map.get(way.key)] : []
  if (way === 'values') return map ? [...map.values()] : []
  // A loop over a mapping goes over its keys.
  if (map) return [...map.keys()]
  if (Array.isArray(value)) {
    const items = value as readonly PlainValue[]
    return way === 'flat-items'
      ? items.flatMap((item) => (Array.isArray(item) ? (item as readonly PlainValue[]) : [item]))
      : items
  }
  // `with_items` takes a single text for a list of one; letters of a text are nobody's items.
  return way === 'flat-items' && !isTemplate(value) ? [value] : []
}

function isWrong(value: PlainValue, want: Want): boolean {
  if (isTemplate(value)) return false
  const isMap = value instanceof Map
  const isList = Array.isArray(value)
  switch (want.kind) {
    case 'mapping':
      // `with_dict` goes through a list of mappings as well.
      if (isList && want.how === 'with_dict')
        return (value as readonly PlainValue[]).some((each) => !(each instanceof Map) && !isTemplate(each))
      return !isMap
    case 'list':
      return !isList
    case 'text':
      return typeof value !== 'string'
    case 'number':
      return typeof value === 'string' || isMap || isList || value === undefined
    case 'many':
      return !isMap && !isList && typeof value !== 'string'
    case 'key':
      return !isMap || !(value as PlainMap).has(want.key)
  }
}

function isTemplate(value: PlainValue): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value)
}

export type Shape = 'mapping' | 'list of mappings' | 'list' | 'text' | 'number' | 'truth value' | 'nothing'

/** What a value is, as a person would say it. */
export function shapeOf(value: PlainValue): Shape {
  if (value === undefined) return 'nothing'
  if (value instanceof Map) return 'mapping'
  if (Array.isArray(value)) {
    const items = value as readonly PlainValue[]
    return items.length > 0 && items.every((each) => each instanceof Map) ? 'list of mappings' : 'list'
  }
  if (typeof value === 'number' || value instanceof PythonNumber) return 'number'
  return typeof value === 'boolean' ? 'truth value' : 'text'
}

/** A value of each shape, with the keys that uses ask for: what some of them fail with is not what is wanted. */
export function candidatesFor(uses: readonly Use[]): readonly (readonly [Shape, PlainValue])[] {
  const inItems = valueWith(uses, (way) => way === 'items' || way === 'flat-items')
  const inValues = valueWith(uses, (way) => way === 'values')
  const own = keysAt(uses, [])
  const mapping =
    own.length > 0 ? mapOf(own, uses, []) : new Map<string, PlainValue>([['name', inValues ?? 'value']])
  return [
    ['list of mappings', [inItems ?? new Map<string, PlainValue>([['name', 'value']])]],
    ['list', ['value']],
    ['mapping', mapping],
    ['text', 'value'],
    ['number', 1],
    ['truth value', true],
  ]
}

function valueWith(uses: readonly Use[], isFirst: (way: Way) => boolean): PlainValue {
  const inner = uses.flatMap((use) => {
    const [first, ...ways] = use.ways
    return first !== undefined && isFirst(first) ? [{ ...use, ways }] : []
  })
  return keysAt(inner, []).length > 0 ? mapOf(keysAt(inner, []), inner, []) : undefined
}

function mapOf(keys: readonly string[], uses: readonly Use[], above: readonly Way[]): PlainMap {
  return new Map(
    keys.map((key): readonly [string, PlainValue] => {
      const ways = [...above, { key }]
      const more = keysAt(uses, ways)
      const wants = uses.filter((use) => sameWays(use.ways, ways)).map(({ want }) => want.kind)
      if (more.length > 0) return [key, mapOf(more, uses, ways)]
      if (wants.includes('list') || wants.includes('many')) return [key, ['value']]
      return [key, wants.includes('mapping') ? new Map([['name', 'value']]) : 'value']
    }),
  )
}

function keysAt(uses: readonly Use[], ways: readonly Way[]): readonly string[] {
  return [
    ...new Set(
      uses.flatMap((use) => (use.want.kind === 'key' && sameWays(use.ways, ways) ? [use.want.key] : [])),
    ),
  ]
}

function sameWays(a: readonly Way[], b: readonly Way[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
