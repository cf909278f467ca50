import { compareVersions } from '../../model/release-tag.ts'
import { readPattern } from './read-pattern.ts'
import { UnknownForm } from './tokens-of.ts'
import { isList, isMap, isTrue, printed, type Value } from './value.ts'

/** Applies one of Jinja's tests (`x is version('1.2', '>=')`); one that is not known throws `UnknownForm`. */
export function applyTest(name: string, of: Value, rest: readonly Value[]): boolean {
  switch (name) {
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
    case 'truthy':
      return isTrue(of)
    case 'falsy':
      return !isTrue(of)
    default:
      throw new UnknownForm(`is ${name}`)
  }
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
