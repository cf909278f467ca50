import { describe, test } from 'vitest'
import { FILE, lookAt, type PlacesRow } from '../../../support/account-places.ts'
import type { Told } from '../../../support/account.ts'

const told = (why: 'reviewed' | 'form' | 'gone'): Told => ({
  files: [{ path: FILE, verdict: 'adapted', leftOut: [{ side: 'added', line: 2, text: 'own_key: 2', why }] }],
})

describe('a value of the fork’s that is left out for upstream’s', () => {
  const changed = { base: 'aaa own=1 bbb', head: 'aaa own=2 bbb', release: 'aaa own=3 bbb' }
  test.each<[string, PlacesRow]>([
    [
      'is no fault where upstream’s stands there',
      {
        ...{ ...changed, told: told('reviewed'), result: 'aaa own=3 bbb' },
        places: ['-own release', '+own_key: 2 left-out reviewed The patch'],
      },
    ],
    [
      'is lost where neither does, though it is told',
      {
        ...{ ...changed, told: told('reviewed'), result: 'aaa bbb' },
        places: ['-own release', '+own_key: 2 left-out reviewed The patch'],
        faults: ['lost own_key: 2 2'],
      },
    ],
    [
      'in another form too',
      {
        ...{ ...changed, told: told('form'), result: 'aaa bbb' },
        places: ['-own release', '+own_key: 2 left-out form The patch'],
        faults: ['lost own_key: 2 2'],
      },
    ],
    [
      'is no fault where what it changes is gone',
      {
        ...{ ...changed, told: told('gone'), release: 'aaa bbb', result: 'aaa bbb' },
        places: ['-own release', '+own_key: 2 left-out gone The patch'],
      },
    ],
    [
      'nor where the release does without it',
      {
        ...{ ...changed, told: told('reviewed'), release: 'aaa bbb', result: 'aaa bbb' },
        places: ['-own release', '+own_key: 2 left-out reviewed The patch'],
      },
    ],
  ])('%s', (_, row) => {
    lookAt(row)
  })
})
