import { pythonFloat } from '../../yaml/values/python-number.ts'
import { addressOf } from './address-of.ts'
import { applyTest } from './apply-test.ts'
import { readPattern } from './read-pattern.ts'
import { UnknownForm } from './tokens-of.ts'
import { isList, isMap, isNumber, isSame, isTrue, Missing, printed, typeName, type Value } from './value.ts'

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
  dirname: (of) => /^(.*)\/[^/]*$/s.exec(printed(of))?.[1] || (printed(of).startsWith('/') ? '/' : ''),
  first: (of) => itemOf(listOf(of), 0),
  float: (of, [otherwise = 0]) => pythonFloat(numberIn(of) ?? numberIn(otherwise) ?? 0),
  intersect: (of, [other]) => unique(listOf(of)).filter((each) => holdsSame(listOf(other), each)),
  ipaddr: (of, [query]) => addressOf(of, query),
  int: (of, [otherwise = 0]) => Math.trunc(numberIn(of) ?? numberIn(otherwise) ?? 0),
  join: (of, [between = '', ...more], keywords) => {
    if (more.length > 0 || keywords[0] === 'attribute') throw new UnknownForm('| join of attributes')
    return listOf(of).map(printed).join(printed(between))
  },
  last: (of) => itemOf(listOf(of), -1),
  length: (of) => (isMap(of) ? of.size : listOf(of).length),
  count: (of) => (isMap(of) ? of.size : listOf(of).length),
  list: (of) => listOf(of),
  lower: (of) => printed(of).toLowerCase(),
  map: mapped,
  regex_replace: (of, [pattern, replacement]) =>
    replaced(printed(of), printed(pattern), printed(replacement ?? '')),
  reject: (of, test) => listOf(of).filter((each) => !testHolds(each, test)),
  rejectattr: (of, [path, ...test]) => listOf(of).filter((each) => !attributeHolds(each, path, test)),
  replace: (of, [from, to]) => printed(of).replaceAll(printed(from), printed(to)),
  select: (of, test) => listOf(of).filter((each) => testHolds(each, test)),
  selectattr: (of, [path, ...test]) => listOf(of).filter((each) => attributeHolds(each, path, test)),
  split: splitText,
  string: (of) => printed(of),
  ternary: (of, [then, otherwise, ofNone]) => {
    if (of === undefined && ofNone !== undefined) return ofNone
    return isTrue(of) ? then : otherwise
  },
  trim: (of, [characters]) =>
    characters === undefined ? printed(of).trim() : trimmed(printed(of), printed(characters)),
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

function attributeHolds(of: Value, path: Value, test: readonly Value[]): boolean {
  if (test[0] === 'defined') return hasAttribute(of, path)
  if (test[0] === 'undefined') return !hasAttribute(of, path)
  return testHolds(attributeOf(of, path, undefined), test)
}

function hasAttribute(of: Value, path: Value): boolean {
  let value = of
  for (const key of printed(path).split('.')) {
    if (!isMap(value) || !value.has(key)) return false
    value = value.get(key)
  }
  return true
}

/** Without a test the value itself is asked. */
function testHolds(of: Value, [test, ...rest]: readonly Value[]): boolean {
  return test === undefined ? isTrue(of) : applyTest(printed(test), of, rest)
}

/** Of what is empty there is no first item: a default may stand behind it. */
function itemOf(list: readonly Value[], at: number): Value {
  return list.length === 0 ? new Missing('an item of an empty list') : list.at(at)
}

/** A text that is a number as a whole: `12` and `3.9`, and not `12abc`. */
function numberIn(of: Value): number | undefined {
  if (typeof of === 'boolean') return Number(of)
  const text = printed(of).trim()
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined
}

/** As Python splits: without a separator at blanks, none of which is left; at most so often. */
function splitText(of: Value, [separator, most]: readonly Value[]): Value {
  const text = printed(of)
  if (separator === undefined) {
    if (most !== undefined) throw new UnknownForm('| split at so many blanks')
    return text.split(/\s+/).filter((part) => part !== '')
  }
  const parts = text.split(printed(separator))
  const times = most === undefined ? -1 : Number(most)
  if (times < 0 || parts.length <= times + 1) return parts
  return [...parts.slice(0, times), parts.slice(times).join(printed(separator))]
}

function trimmed(text: string, characters: string): string {
  const isKept = (char: string): boolean => !characters.includes(char)
  const all = [...text]
  return all.slice(all.findIndex(isKept), all.findLastIndex(isKept) + 1).join('')
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
  const keyOf = (each: Value): string => `${isNumber(each) ? 'number' : typeName(each)} ${printed(each)}`
  return values.filter((each) => !seen.has(keyOf(each)) && seen.add(keyOf(each)))
}
