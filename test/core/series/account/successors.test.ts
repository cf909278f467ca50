import { describe, test } from 'vitest'
import { FILE, lookAt, type PlacesRow } from '../../../support/account-places.ts'
import type { Told } from '../../../support/account.ts'

const told = (side: 'added' | 'removed', text: string, why: 'gone' | 'open' = 'gone'): Told => ({
  files: [{ path: FILE, verdict: 'adapted', leftOut: [{ side, line: 2, text, why }] }],
})

describe('upstream’s value of a setting that the fork took away', () => {
  const gone = {
    ...{ base: 'aaa own bbb', head: 'aaa mine bbb', release: 'aaa own=5 bbb' },
    result: 'aaa own=5 bbb',
  }
  test.each<[string, PlacesRow]>([
    [
      'stands beside what the fork has in its place',
      {
        ...gone,
        result: 'aaa own=5 mine bbb',
        places: ['-own nowhere', '+mine result 3'],
        faults: ['back own_key: 5 2'],
      },
    ],
    [
      'waits for a person with what the fork has in its place',
      {
        ...gone,
        told: told('added', 'mine_key: 1', 'open'),
        places: ['-own open The patch', '+mine open The patch'],
      },
    ],
    [
      'is left out with what came in its place, and what else went there is gone',
      {
        ...{ ...gone, base: 'aaa own two bbb', told: told('added', 'mine_key: 1') },
        places: ['-own left-out gone The patch', '-two release', '+mine left-out gone The patch'],
      },
    ],
    [
      'stands where the fork has it too, at another place',
      {
        ...{ ...gone, head: 'aaa bbb own=5' },
        places: ['-own release', '+own_key: 5 release 2'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('a key that is set in several places is not known by its name', () => {
  test.each<[string, PlacesRow]>([
    [
      'in base and release',
      {
        ...{ base: 'aaa own bbb own=7', head: 'aaa bbb own=7', release: 'aaa own=5 bbb own=7' },
        result: 'aaa own=5 bbb own=7',
        places: ['-own release'],
      },
    ],
    [
      'in the release alone',
      {
        ...{ base: 'aaa own bbb', head: 'aaa bbb', release: 'aaa own=5 bbb own=7' },
        result: 'aaa own=5 bbb own=7',
        places: ['-own release'],
      },
    ],
    [
      'in the base alone',
      {
        ...{ base: 'aaa own bbb own=7', head: 'aaa bbb own=7', release: 'aaa own=5 bbb' },
        result: 'aaa own=5 bbb',
        places: ['-own release'],
      },
    ],
  ])('%s', (_where, row) => {
    lookAt(row)
  })

  const set = { base: 'aaa own bbb ccc own=7', head: 'aaa one own=2 two bbb ccc own=7' }
  const release = 'aaa own=5 bbb ccc own=7'
  test.each<[string, string, number, number]>([
    ['right below', 'aaa one own=2 own=5 two bbb ccc own=7', 3, 4],
    ['right above', 'aaa one own=5 own=2 two bbb ccc own=7', 4, 3],
    ['a line below', 'aaa one own=2 two own=5 bbb ccc own=7', 3, 5],
    ['a line above', 'aaa own=5 one own=2 two bbb ccc own=7', 4, 2],
  ])('but counts beside the fork’s own value: %s', (_where, result, own, theirs) => {
    const words = result.split(' ')
    const at = (word: string): number => words.indexOf(word) + 1
    lookAt({
      ...{ ...set, release, result },
      places: [
        '-own nowhere',
        `+one result ${at('one')}`,
        `+own_key: 2 result ${own}`,
        `+two result ${at('two')}`,
      ],
      faults: [`back own_key: 5 ${theirs}`],
    })
  })

  test('and far from it says nothing', () => {
    lookAt({
      ...{ ...set, release, result: 'aaa own=5 bbb ccc own=7 one own=2 two' },
      places: ['-own release', '+one result 6', '+own_key: 2 result 7', '+two result 8'],
    })
  })

  test('the fork’s value is beside upstream’s, and what else it had there is told: upstream’s is still nobody’s wish', () => {
    lookAt({
      ...{ base: 'aaa own bbb', head: 'aaa own=2 mine bbb', release: 'aaa own=5 bbb' },
      result: 'aaa own=2 own=5 bbb',
      told: told('added', 'mine_key: 1'),
      places: ['-own nowhere', '+own_key: 2 result 2', '+mine left-out gone The patch'],
      faults: ['back own_key: 5 3'],
    })
  })
})
