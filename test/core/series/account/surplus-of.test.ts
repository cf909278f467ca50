import { describe, test } from 'vitest'
import { FILE, lookAt, type PlacesRow } from '../../../support/account-places.ts'

describe('what carrying put in and neither side has so', () => {
  test.each<[string, PlacesRow]>([
    [
      'is a stray',
      {
        base: 'aaa bbb',
        head: 'aaa own bbb',
        result: 'aaa own stray bbb',
        places: ['+own result 2'],
        faults: ['stray stray 3'],
      },
    ],
    [
      'is a stray where another thing is said of the file',
      {
        ...{ base: 'aaa bbb', head: 'aaa own bbb', result: 'aaa own stray bbb' },
        told: { files: [{ path: FILE, verdict: 'adapted' }] },
        places: ['+own result 2'],
        faults: ['stray stray 3'],
      },
    ],
    [
      'is what upstream took away',
      {
        base: 'aaa old bbb',
        head: 'aaa old bbb own',
        release: 'aaa bbb new',
        result: 'aaa old bbb new own',
        places: ['+own result 5'],
        faults: ['twice old 2'],
      },
    ],
    [
      'is no stray in a file that a recipe made anew',
      {
        base: 'aaa bbb',
        head: 'aaa own bbb',
        result: 'aaa own stray bbb',
        told: { remade: true },
        places: ['+own result 2'],
      },
    ],
    [
      'nor in one of which a person settled a conflict',
      {
        ...{ base: 'aaa bbb', head: 'aaa own bbb', result: 'aaa own stray bbb', places: ['+own result 2'] },
        told: { files: [{ path: FILE, verdict: 'adapted', reasons: [{ code: 'settled-before' } as never] }] },
      },
    ],
    [
      'nor in one that is left as the fork has it',
      {
        ...{ base: 'aaa old bbb', head: 'aaa old bbb own', release: 'aaa bbb', result: 'aaa old bbb own' },
        places: ['+own result 4'],
      },
    ],
    [
      'is a block that both put in, at two places',
      {
        base: 'aaa zzz',
        head: 'aaa one two zzz',
        release: 'aaa zzz one two',
        result: 'aaa one two zzz one two',
        places: ['+one result 2', '+two result 3'],
        faults: ['twice one 2', 'twice two 3'],
      },
    ],
    [
      'is no doubling where only one line of it is the same',
      {
        base: 'aaa bbb',
        head: 'aaa one own bbb',
        release: 'aaa bbb one',
        result: 'aaa one own bbb one',
        places: ['+one result 2', '+own result 3'],
      },
    ],
    [
      'is upstream’s new line, quoted as the fork quotes',
      {
        ...{
          base: 'aaa bbb',
          head: 'aaa="1" bbb="1"',
          release: 'aaa ccc bbb',
          result: 'aaa="1" ccc="1" bbb="1"',
        },
        places: ['-aaa result', '-bbb result', '+aaa_key: "1" result 1', '+bbb_key: "1" result 3'],
      },
    ],
    [
      'is upstream’s new line, commented out as the fork does: once',
      {
        ...{ base: 'aaa bbb', head: '#_aaa #_bbb', release: 'aaa ccc bbb', result: '#_aaa #_ccc #ccc #_bbb' },
        places: ['-aaa result', '-bbb result', '+# aaa result 1', '+# bbb result 4'],
        faults: ['stray #ccc 3'],
      },
    ],
    [
      'is none that stands in the place of another which upstream removed',
      {
        base: 'aaa old more bbb',
        head: 'aaa own more bbb',
        release: 'aaa bbb new',
        result: 'aaa own more bbb new',
        places: ['-old release', '+own result 2'],
      },
    ],
    [
      'is upstream’s new line with the fork’s words',
      {
        ...{ base: 'aaa=repo/aaa', head: 'aaa=mirror/aaa', release: 'aaa=repo/aaa ccc=repo/ccc' },
        result: 'aaa=mirror/aaa ccc=mirror/ccc',
        places: ['-aaa_key: repo/aaa result', '+aaa_key: mirror/aaa result 1'],
      },
    ],
    [
      'is that once, and a stray the second time',
      {
        ...{ base: 'aaa=repo/aaa', head: 'aaa=mirror/aaa', release: 'aaa=repo/aaa ccc=repo/ccc' },
        result: 'aaa=mirror/aaa ccc=mirror/ccc ccc=mirror/ccc',
        places: ['-aaa_key: repo/aaa result', '+aaa_key: mirror/aaa result 1'],
        faults: ['stray ccc_key: mirror/ccc 3'],
      },
    ],
    [
      'is a stray with words of nobody’s',
      {
        ...{ base: 'aaa=repo/aaa', head: 'aaa=mirror/aaa', release: 'aaa=repo/aaa ccc=repo/ccc' },
        result: 'aaa=mirror/aaa ccc=others/ccc',
        places: ['-aaa_key: repo/aaa result', '+aaa_key: mirror/aaa result 1'],
        faults: ['stray ccc_key: others/ccc 2'],
      },
    ],
    [
      'is upstream’s value commented out, in whose place the fork’s own stands',
      {
        ...{ base: 'own', head: 'own=2', release: 'own=3', result: 'own=2 #_own=3' },
        places: ['-own release', '+own_key: 2 result 1'],
        faults: ['stray # own_key: 3 2'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})
