import { describe, test } from 'vitest'
import { FILE, lookAt, type PlacesRow } from '../../../support/account-places.ts'
import type { Told } from '../../../support/account.ts'

const leftOut = (side: 'added' | 'removed', line: string): Told => ({
  files: [{ path: FILE, verdict: 'adapted', leftOut: [{ side, line: 2, text: line, why: 'gone' }] }],
})

describe('of several copies a line is the one', () => {
  const put = { base: 'aaa bbb', head: 'aaa own bbb' }
  test.each<[string, PlacesRow]>([
    [
      'between the same lines',
      { ...put, result: 'own aaa own bbb', places: ['+own result 3'], faults: ['twice own 1'] },
    ],
    [
      'below the same line',
      {
        ...put,
        result: 'own aaa own zzz bbb',
        places: ['+own result 3'],
        faults: ['twice own 1', 'stray zzz 4'],
      },
    ],
    [
      'above the same line',
      {
        ...put,
        result: 'own aaa zzz own bbb',
        places: ['+own result 4'],
        faults: ['twice own 1', 'stray zzz 3'],
      },
    ],
    [
      'that carrying put in, before upstream’s',
      { ...put, release: 'aaa bbb own', result: 'aaa own bbb own', places: ['+own result 2'] },
    ],
    [
      'of upstream’s where carrying put in none',
      { ...put, release: 'aaa bbb own', result: 'aaa bbb own', places: ['+own release 3'] },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })
})

describe('a line that the fork puts in more than once', () => {
  const put = { base: 'aaa bbb', head: 'aaa own bbb own' }
  test.each<[string, PlacesRow]>([
    ['is there as often', { ...put, result: put.head, places: ['+own result 2', '+own result 4'] }],
    [
      'is there once less',
      { ...put, result: 'aaa own bbb', places: ['+own nowhere', '+own result 2'], faults: ['lost own 2'] },
    ],
    [
      'is there once more',
      {
        ...put,
        result: 'aaa own own bbb own',
        places: ['+own result 2', '+own result 5'],
        faults: ['twice own 2'],
      },
    ],
    [
      'of which upstream has one: how often it should be there nobody can tell',
      {
        ...put,
        release: 'aaa bbb own',
        result: put.head,
        places: ['+own result 2', '+own result'],
        ambiguous: ['own_key: 1'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('a line that the fork takes away', () => {
  const gone = { base: 'aaa own bbb', head: 'aaa bbb' }
  const two = { base: 'aaa own bbb own', head: 'aaa bbb own' }
  test.each<[string, PlacesRow]>([
    ['is gone', { ...gone, result: 'aaa bbb', places: ['-own result'] }],
    [
      'is gone from the release',
      { ...gone, release: 'aaa bbb', result: 'aaa bbb', places: ['-own release'] },
    ],
    [
      'is gone from the release, and back',
      {
        ...gone,
        release: 'aaa bbb',
        result: 'aaa own bbb',
        places: ['-own nowhere'],
        faults: ['back own 2'],
      },
    ],
    [
      'stands at the top, where upstream took away what stood above it',
      {
        ...{ base: 'zzz own aaa', head: 'zzz aaa', release: 'own aaa', result: 'own aaa' },
        places: ['-own nowhere'],
        faults: ['back own 1'],
      },
    ],
    [
      'is back twice',
      { ...gone, result: 'aaa own bbb own', places: ['-own nowhere'], faults: ['back own 2', 'twice own 4'] },
    ],
    [
      'stands there with upstream’s value',
      {
        ...gone,
        release: 'aaa own=5 bbb',
        result: 'aaa own=5 bbb',
        places: ['-own nowhere'],
        faults: ['back own_key: 5 2'],
      },
    ],
    [
      'stands there so, and is told',
      {
        ...gone,
        release: 'aaa own=5 bbb',
        result: 'aaa own=5 bbb',
        told: leftOut('removed', 'own_key: 1'),
        places: ['-own left-out gone The patch'],
      },
    ],
    [
      'stands there so, and what came in its place is told',
      {
        ...gone,
        head: 'aaa mine bbb',
        release: 'aaa own=5 bbb',
        result: 'aaa own=5 bbb',
        told: leftOut('added', 'mine_key: 1'),
        places: ['-own left-out gone The patch', '+mine left-out gone The patch'],
      },
    ],
    [
      'stands there so in a conflict',
      {
        ...gone,
        head: 'aaa mine bbb',
        release: 'aaa own=5 bbb',
        result: 'aaa own=5 bbb',
        told: { files: [{ path: FILE, verdict: 'conflict' }] },
        places: ['-own open The patch', '+mine open The patch'],
      },
    ],
    ['once of two', { ...two, result: 'aaa bbb own', places: ['-own result'] }],
    [
      'once of two, and both are there',
      { ...two, result: two.base, places: ['-own nowhere'], faults: ['back own 2'] },
    ],
    [
      'twice of two, and one is there',
      {
        ...two,
        head: 'aaa bbb',
        result: 'aaa bbb own',
        places: ['-own nowhere', '-own result'],
        faults: ['back own 3'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('a line that the fork moves', () => {
  const moved = { base: 'own aaa bbb ccc', head: 'aaa bbb ccc own' }
  test.each<[string, PlacesRow]>([
    ['is moved', { ...moved, result: moved.head, places: ['-own release', '+own result 4'] }],
    [
      'stands in its old place',
      { ...moved, result: moved.base, places: ['-own release', '+own nowhere'], faults: ['moved own 4'] },
    ],
    [
      'stands in its old place, in a conflict',
      {
        ...moved,
        result: moved.base,
        told: { files: [{ path: FILE, verdict: 'conflict' }] },
        places: ['-own release', '+own open The patch'],
      },
    ],
    [
      'is in none, and told',
      {
        ...moved,
        result: 'aaa bbb ccc',
        told: leftOut('added', 'own_key: 1'),
        places: ['-own result', '+own left-out gone The patch'],
      },
    ],
    [
      'is in both places',
      {
        ...moved,
        result: 'own aaa bbb ccc own',
        places: ['-own nowhere', '+own result 5'],
        faults: ['back own 1'],
      },
    ],
    [
      'is in none',
      { ...moved, result: 'aaa bbb ccc', places: ['-own result', '+own nowhere'], faults: ['lost own 4'] },
    ],
    [
      'is upstream’s no more',
      { ...moved, release: 'aaa bbb ccc', result: 'aaa bbb ccc', places: ['-own release', '+own release'] },
    ],
    [
      'is upstream’s no more, and is carried',
      { ...moved, release: 'aaa bbb ccc', result: moved.head, places: ['-own release', '+own result 4'] },
    ],
    [
      'was moved by upstream elsewhere',
      { ...moved, release: 'aaa own bbb ccc', result: moved.head, places: ['-own release', '+own result 4'] },
    ],
    [
      'was changed by upstream',
      {
        ...moved,
        release: 'own=2 aaa bbb ccc',
        result: 'own=2 aaa bbb ccc',
        places: ['-own release', '+own release'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('upstream’s form of what the fork takes away', () => {
  const gone = { base: 'aaa own=1 bbb', head: 'aaa bbb', release: 'aaa own=2 bbb', result: 'aaa own=2 bbb' }
  const open = (line: string): Told => leftOut('removed', line)
  test.each<[string, PlacesRow]>([
    [
      'stands there, and nothing is said of it',
      { ...gone, places: ['-own nowhere'], faults: ['back own_key: 2 2'] },
    ],
    [
      'is told as the fork’s line',
      { ...gone, told: open('own_key: 1'), places: ['-own left-out gone The patch'] },
    ],
    [
      'is told as upstream’s, which an earlier patch had',
      { ...gone, told: open('own_key: 2'), places: ['-own left-out gone The patch'] },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })

  test('beside the fork’s own is named at its line in the result', () => {
    lookAt({
      ...{ base: 'aaa bbb', head: 'own=1 aaa bbb', release: 'aaa bbb own=2' },
      ...{ result: 'own=1 aaa bbb own=2', places: ['+own result 1'], faults: ['twice own_key: 2 4'] },
    })
  })
})
