import { describe, test } from 'vitest'
import { leftOut, lookAtCommon, type CommonRow } from '../../../support/account-common.ts'

/** The fork puts one in with a line of its own, upstream another, and carrying lost the fork’s. */
function lost(own: string, theirs: string, before = 'aaa'): CommonRow {
  const release = `${before} on ${theirs} bbb on`
  return {
    ...{ base: `${before} on bbb on`, head: `${before} on ${own} on bbb on`, places: [] },
    release,
    result: release,
  }
}
const isLost = { places: ['+become: true nowhere'], ambiguous: [] }
const isOpen = { ...isLost, ambiguous: ['become: true'] }

describe('a common line that went with one may not have been the fork’s', () => {
  const faults = (own: string): readonly string[] => [`lost ${own}`, 'lost become: true']
  const [images, beta] = [faults('- name: pull alpha images'), faults('- name: pull beta')]
  test.each<[string, CommonRow]>([
    [
      'where upstream has another value of it',
      { ...lost('own', 'own=2'), ...isOpen, faults: faults('own_key: 1') },
    ],
    [
      'where upstream’s has half of its words',
      { ...lost('name=pull_alpha', 'name=load_alpha'), ...isOpen, faults: faults('- name: pull alpha') },
    ],
    [
      'where upstream’s has more of them',
      { ...lost('name=pull_alpha_images', 'name=pull_alpha'), ...isOpen, faults: images },
    ],
    [
      'but was, where it has less of them',
      { ...lost('name=pull_beta', 'name=stop_gamma'), ...isLost, faults: beta },
    ],
    [
      'but was, where all words of it are usual',
      {
        ...lost('name=pull_beta', 'name=stop_gamma', 'name=pull_alpha on name=load_beta'),
        ...isLost,
        faults: beta,
      },
    ],
    [
      'but was, where they share their key',
      {
        ...lost('name=pull_beta_images', 'name=load_beta'),
        ...isLost,
        faults: faults('- name: pull beta images'),
      },
    ],
    [
      'but was, where it is such a setting itself',
      {
        ...{ base: 'bbb', head: 'own bbb own', release: 'own=2 bbb', result: 'own=2 bbb', places: [] },
        faults: ['lost own_key: 1', 'lost own_key: 1'],
      },
    ],
    [
      'nor may that which is carried with it',
      {
        ...lost('own', 'own=2'),
        ...{
          result: 'aaa on own on bbb on',
          places: ['+become: true result 4'],
          ambiguous: ['become: true'],
        },
      },
    ],
    [
      'where upstream has it of another version',
      { ...lost('say=fetch_tool_1.2', 'say=fetch_tool_1.3'), ...isOpen, faults: faults('fetch tool 1.2') },
    ],
    [
      'but was, where it sets nothing',
      { ...lost('say=fetch_tool', 'say=fetch_other'), ...isLost, faults: faults('fetch tool') },
    ],
    [
      'but was, where upstream has the very same',
      { ...lost('own', 'own'), result: 'aaa on bbb on', ...isLost, faults: faults('own_key: 1') },
    ],
    [
      'but is left out with it, where the report says so of that',
      {
        ...lost('own', 'own=2'),
        places: ['+become: true left-out gone The patch'],
        told: leftOut('added', 'own_key: 1'),
      },
    ],
  ])('%s', (_which, row) => {
    lookAtCommon(row)
  })
})

describe('a common line that upstream took away with one', () => {
  test.each<[string, CommonRow]>([
    [
      'went by itself, though upstream gave another line another value',
      {
        base: 'own } bbb ccc',
        head: 'bbb ccc',
        release: 'bbb=2 ccc',
        result: 'bbb=2 ccc',
        places: ['-} release'],
      },
    ],
    [
      'or put a line without a setting in its place',
      {
        ...{
          base: 'say=restart_it } bbb',
          head: 'bbb',
          release: 'say=start_it bbb',
          result: 'say=start_it bbb',
        },
        places: ['-} release'],
      },
    ],
    [
      'may have been the fork’s to take, where upstream has another value of that',
      {
        ...{ base: 'aaa on own on bbb on', head: 'aaa on bbb on', release: 'aaa on own=2 on bbb on' },
        ...{ result: 'aaa on bbb on', places: ['-become: true result'], ambiguous: ['become: true'] },
      },
    ],
    [
      'is the fork’s to take, where upstream has that elsewhere too',
      {
        ...{ base: 'aaa own on bbb ccc on', head: 'aaa bbb ccc on', release: 'aaa own=2 on bbb ccc on own' },
        ...{ result: 'aaa bbb ccc on', places: ['-become: true result'] },
      },
    ],
  ])('%s', (_which, row) => {
    lookAtCommon(row)
  })
})
