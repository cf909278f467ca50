import { compareVersions } from '../../model/release-tag.ts'
import { readPattern } from './read-pattern.ts'
import { UnknownForm } from './tokens-of.ts'
import { addressOf } from './address-of.ts'
import {
  isList,
  isMap,
  isNumber,
  isSame,
  isTrue,
  MissingUsed,
  PartlyKnown,
  printed,
  typeName,
  type Value,
} from './value.ts'

/** Applies one of Jinja's tests (`x is version('1.2', '>=')`); one that is not known throws `UnknownForm`. */
export function applyTest(name: string, of: Value, rest: readonly Value[]): boolean {
  switch (name.replace(/^ansible\.(?:builtin|utils)\./, '')) {
    case 'version':
    case 'version_compare':
      return versionHolds(printed(of), printed(rest[0]), printed(rest[1] ?? '=='))
    case 'divisibleby':
      return Number(of) % Number(rest[0]) === 0
    case 'match':
      return readPattern(`^(?:${printed(rest[0])})`, '', printed(of)).test(printed(of))
    case 'search':
      return readPattern(printed(rest[0]), '', printed(of)).test(printed(of))
    case 'none':
      return of === undefined
    case 'string':
      return typeof of === 'string'
    case 'mapping':
      return isMap(of)
    case 'sequence':
    case 'iterable':
      return isList(of) || isMap(of) || typeof of === 'string'
    case 'boolean':
      return typeof of === 'boolean'
    case 'number':
      return isNumber(of)
    case 'integer':
      return typeName(of) === 'int'
    case 'float':
      return typeName(of) === 'float'
    case 'sameas':
    case 'equalto':
    case 'eq':
      return isSame(of, rest[0])
    case 'ne':
      return !isSame(of, rest[0])
    case 'in':
      return isIn(of, rest[0])
    case 'contains':
      return isIn(rest[0], of)
    case 'subset':
    case 'issubset':
      return listOf(of).every((each) => isIn(each, rest[0]))
    case 'superset':
    case 'issuperset':
      return listOf(rest[0]).every((each) => isIn(each, of))
    case 'ipv4':
    case 'ipv4_address':
      return isTrue(addressOf(of, 'ipv4'))
    case 'ipv6':
    case 'ipv6_address':
      return isTrue(addressOf(of, 'ipv6'))
    case 'truthy':
      return isTrue(of)
    case 'falsy':
      return !isTrue(of)
    default:
      throw new UnknownForm(`is ${name}`)
  }
}

function isIn(item: Value, container: Value): boolean {
  if (container instanceof PartlyKnown && !container.has(printed(item)))
    throw new MissingUsed(container.other(printed(item)))
  if (isMap(container)) return container.has(printed(item))
  if (isList(container)) return container.some((each) => isSame(each, item))
  return typeof container === 'string' && container.includes(printed(item))
}

function listOf(of: Value): readonly Value[] {
  if (isList(of)) return of
  if (isMap(of)) return [...of.keys()]
  throw new UnknownForm('a test of lists on what is no list')
}

function versionHolds(version: string, other: string, operator: string): boolean {
  if (!/\d/.test(version) || !/\d/.test(other)) throw new UnknownForm(`${version} compared as a version`)
  const order = compareVersions(version, other)
  switch (operator) {
    case '<':
    case 'lt':
      return order < 0
    case '<=':
    case 'le':
      return order <= 0
    case '>':
    case 'gt':
      return order > 0
    case '>=':
    case 'ge':
      return order >= 0
    case '==':
    case '=':
    case 'eq':
      return order === 0
    case '!=':
    case 'ne':
      return order !== 0
    default:
      throw new UnknownForm(`version operator ${operator}`)
  }
}
