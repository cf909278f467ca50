import { pythonFloat } from '../../yaml/values/python-number.ts'
import { readPattern } from './read-pattern.ts'
import { applyTest } from './apply-test.ts'
import { UnknownForm } from './tokens-of.ts'
import { isList, isMap, isNumber, isTrue, printed, type Value } from './value.ts'

/**
 * Applies one of Jinja's or Ansible's filters, those that Kubespray's download defaults use; another throws
 * `UnknownForm`.
 */
export function applyFilter(name: string, of: Value, rest: readonly Value[]): Value {
  const filter = FILTERS[name.replace(/^ansible\.builtin\./, '')]
  if (!filter) throw new UnknownForm(`| ${name}`)
  return filter(of, rest)
}

type Filter = (of: Value, rest: readonly Value[]) => Value

const FILTERS: Readonly<Record<string, Filter>> = {
  bool: (of) =>
    typeof of === 'string'
      ? ['yes', 'on', '1', 'true'].includes(of.toLowerCase())
      : of === true || (isNumber(of) && Number(of) === 1),
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
  first: (of) => listOf(of)[0],
  float: (of) => pythonFloat(Number.parseFloat(printed(of)) || 0),
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
  replace: (of, [from, to]) => printed(of).replaceAll(printed(from), printed(to)),
  select: (of, rest) => listOf(of).filter((each) => isTrue(applyTest(printed(rest[0]), each, rest.slice(1)))),
  split: (of, rest) => printed(of).split(rest[0] === undefined ? /\s+/ : printed(rest[0])),
  string: (of) => printed(of),
  ternary: (of, [then, otherwise]) => (isTrue(of) ? then : otherwise),
  trim: (of) => printed(of).trim(),
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

function mapped(of: Value, [name, ...rest]: readonly Value[]): Value {
  if (name === undefined) throw new UnknownForm('| map without a filter')
  return listOf(of).map((each) => applyFilter(printed(name), each, rest))
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
