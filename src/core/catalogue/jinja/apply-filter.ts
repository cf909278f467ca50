import { pythonFloat } from '../../yaml/values/python-number.ts'
import { addressOf } from './address-of.ts'
import { applyTest } from './apply-test.ts'
import { readPattern } from './read-pattern.ts'
import { UnknownForm } from './tokens-of.ts'
import { isList, isMap, isNumber, isSame, isTrue, printed, typeName, type Value } from './value.ts'

/** The keywords of a filter's arguments, at their places. */
type Keywords = readonly (string | undefined)[]

/**
 * Applies one of Jinja's or Ansible's filters, those that Kubespray's defaults and checks use; another throws
 * `UnknownForm`.
 */
export function applyFilter(name: string, of: Value, rest: readonly Value[], keywords: Keywords = []): Value {
  const filter = FILTERS[name.replace(/^ansible\.(?:builtin|utils|netcommon)\./, '')]
  if (!filter) throw new UnknownForm(`| ${name}`)
  return filter(of, rest, keywords)
}

type Filter = (of: Value, rest: readonly Value[], keywords: Keywords) => Value

const FILTERS: Readonly<Record<string, Filter>> = {
  bool: (of) =>
    typeof of === 'string'
      ? ['yes', 'on', '1', 'true'].includes(of.toLowerCase())
      : of === true || (isNumber(of) && Number(of) === 1),
  abs: (of) => Math.abs(Number(of)),
  basename: (of) => printed(of).replace(/^.*\//, ''),
  combine: (of, rest) => new Map([of, ...rest].flatMap((each) => (isMap(each) ? [...each] : []))),
  dict2items: (of) =>
    isMap(of)
      ? [...of].map(
          ([key, value]) =>
            new Map<string, Value>([
              ['key', key],
              ['value', value],
            ]),
        )
      : [],
  difference: (of, [other]) => unique(listOf(of)).filter((each) => !holdsSame(listOf(other), each)),
  dirname: (of) => printed(of).slice(0, Math.max(0, printed(of).lastIndexOf('/'))),
  first: (of) => listOf(of)[0],
  float: (of) => pythonFloat(Number.parseFloat(printed(of)) || 0),
  intersect: (of, [other]) => unique(listOf(of)).filter((each) => holdsSame(listOf(other), each)),
  ipaddr: (of, [query]) => addressOf(of, query),
  int: (of) => Number.parseInt(of === true ? '1' : printed(of), 10) || 0,
  join: (of, rest) =>
    listOf(of)
      .map(printed)
      .join(rest[0] === undefined ? '' : printed(rest[0])),
  last: (of) => listOf(of).at(-1),
  length: (of) => (isMap(of) ? of.size : listOf(of).length),
  count: (of) => (isMap(of) ? of.size : listOf(of).length),
  list: (of) => listOf(of),
  lower: (of) => printed(of).toLowerCase(),
  map: mapped,
  regex_replace: (of, [pattern, replacement]) =>
    replaced(printed(of), printed(pattern), printed(replacement ?? '')),
  reject: (of, rest) =>
    listOf(of).filter((each) => !isTrue(applyTest(printed(rest[0]), each, rest.slice(1)))),
  rejectattr: (of, [path, ...test]) => listOf(of).filter((each) => !attributeHolds(each, path, test)),
  replace: (of, [from, to]) => printed(of).replaceAll(printed(from), printed(to)),
  select: (of, rest) => listOf(of).filter((each) => isTrue(applyTest(printed(rest[0]), each, rest.slice(1)))),
  selectattr: (of, [path, ...test]) => listOf(of).filter((each) => attributeHolds(each, path, test)),
  split: (of, rest) => printed(of).split(rest[0] === undefined ? /\s+/ : printed(rest[0])),
  string: (of) => printed(of),
  ternary: (of, [then, otherwise]) => (isTrue(of) ? then : otherwise),
  trim: (of) => printed(of).trim(),
  type_debug: (of) => typeName(of),
  union: (of, rest) => unique([...listOf(of), ...listOf(rest[0])]),
  unique: (of) => unique(listOf(of)),
  upper: (of) => printed(of).toUpperCase(),
}

function listOf(of: Value): readonly Value[] {
  if (isList(of)) return of
  if (isMap(of)) return [...of.keys()]
  if (typeof of === 'string') return [...of]
  throw new UnknownForm('a list filter on what is no list')
}

function mapped(of: Value, [name, ...rest]: readonly Value[], keywords: Keywords): Value {
  if (name === undefined) throw new UnknownForm('| map without a filter')
  if (keywords[0] === 'attribute') return listOf(of).map((each) => attributeOf(each, name, rest[0]))
  return listOf(of).map((each) => applyFilter(printed(name), each, rest))
}

/** What stands under a path of names (`spec.name`); what has no such name is in a form that only its user can judge. */
function attributeOf(of: Value, path: Value, otherwise: Value): Value {
  let value = of
  for (const key of printed(path).split('.')) {
    if (!isMap(value) || !value.has(key)) {
      if (otherwise !== undefined) return otherwise
      throw new UnknownForm(`no attribute ${printed(path)}`)
    }
    value = value.get(key)
  }
  return value
}

function attributeHolds(of: Value, path: Value, [test, ...rest]: readonly Value[]): boolean {
  const isThere = isMap(of) && of.has(printed(path))
  if (test === 'defined') return isThere
  if (test === 'undefined') return !isThere
  const value = attributeOf(of, path, undefined)
  return test === undefined ? isTrue(value) : applyTest(printed(test), value, rest)
}

function holdsSame(list: readonly Value[], of: Value): boolean {
  return list.some((each) => isSame(each, of))
}

/** Python writes back references otherwise. */
function replaced(text: string, pattern: string, replacement: string): string {
  const references = replacement.replace(/\\g<(\w+)>/g, '$$<$1>').replace(/\\(\d)/g, '$$$1')
  return text.replace(readPattern(pattern, 'g', text), references)
}

function unique(values: readonly Value[]): readonly Value[] {
  const seen = new Set<string>()
  return values.filter((each) => !seen.has(printed(each)) && seen.add(printed(each)))
}
