import { describe, expect, test } from 'vitest'
import { accountOfWords, named, placed, type Told, type Words } from '../../../support/account.ts'

const FILE = 'f.conf'

interface Row extends Words {
  /** What is named. */
  readonly names: readonly string[]
  readonly ambiguous?: readonly string[]
}

/** Texts of lines parted by blanks: `{ own }`; a word is a setting of its own, a sign a line that stands everywhere. */
function lookAt({ names, ambiguous = [], ...row }: Row): void {
  const account = accountOfWords(row, FILE, (words) =>
    words
      .split(' ')
      .map((word) => `${/^\w/.test(word) ? `${word}_setting: 1` : word}\n`)
      .join(''),
  )
  const short = named(account).map((said) => said.replace(` ${FILE}:`, '').replace('_setting: 1', ''))
  expect(short.sort()).toEqual([...names].sort())
  expect([...account.ambiguous].sort()).toEqual([...ambiguous].sort())
  // What is named as lost or back has no place.
  const open = placed(account).filter((line) => line.endsWith('nowhere')).length
  expect(open).toBe(names.filter((name) => /^(?:lost|back)/.test(name)).length)
}

describe('signs around a line that the fork adds', () => {
  const put = { base: '{ one }', head: '{ one } { own }' }
  const first = { base: 'one { two }', head: '{ own } one { two }' }
  test.each<[string, Row]>([
    ['are there with it', { ...put, result: put.head, names: [] }],
    ['are lost with it', { ...put, result: put.base, names: ['lost {', 'lost own', 'lost }'] }],
    ['at the top too', { ...first, result: first.base, names: ['lost {', 'lost own', 'lost }'] }],
    [
      'between two of which both are lost are lost once',
      {
        base: '{ one }',
        head: '{ one } { own } { two }',
        result: '{ one }',
        names: ['lost {', 'lost own', 'lost }', 'lost {', 'lost two', 'lost }'],
      },
    ],
    [
      'stand there twice with it',
      { ...put, result: '{ one } { own } { own }', names: ['twice {', 'twice own', 'twice }'] },
    ],
    [
      'stand there with a stray one as well',
      { ...put, result: '{ one } { own } { stray }', names: ['twice {', 'stray stray', 'twice }'] },
    ],
    [
      'are its own where a stray stands among them',
      { ...put, result: '{ one } { own stray }', names: ['stray stray'] },
    ],
    ['above it too', { ...put, result: '{ one } { stray own }', names: ['stray stray'] }],
    ['are lost alone, one of them', { ...put, result: '{ one } { own', names: ['lost }'] }],
    ['stand there once more, one of them', { ...put, result: '{ one } { own } }', names: ['twice }'] }],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('signs around a line that the fork takes away', () => {
  const gone = { base: '{ one } { own } { two }', head: '{ one } { two }' }
  test.each<[string, Row]>([
    ['are gone with it', { ...gone, result: gone.head, names: [] }],
    ['are back with it', { ...gone, result: gone.base, names: ['back {', 'back own', 'back }'] }],
    ['it is back without them', { ...gone, result: '{ one } own { two }', names: ['back own'] }],
    ['they are back without it', { ...gone, result: '{ one } { } { two }', names: ['back {', 'back }'] }],
    [
      'upstream took it away as well, and it is there',
      {
        ...gone,
        release: gone.head,
        result: gone.base,
        names: ['back {', 'back own', 'back }'],
        ambiguous: ['{', '}'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('signs around upstream’s own lines', () => {
  const theirs = { base: '{ one }', head: '{ one } { own }', release: '{ new } { one }' }
  test.each<[string, Row]>([
    ['are there with those of the fork', { ...theirs, result: '{ new } { one } { own }', names: [] }],
    [
      'stand there twice with them',
      { ...theirs, result: '{ new } { new } { one } { own }', names: ['twice {', 'twice new', 'twice }'] },
    ],
    [
      'are no excuse for those that are lost',
      {
        ...theirs,
        result: '{ new } { one }',
        names: ['lost {', 'lost own', 'lost }'],
        ambiguous: ['{', '}'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('signs around what is told', () => {
  const leftOut = (text: string): Told => ({
    files: [
      {
        path: FILE,
        verdict: 'adapted',
        leftOut: [{ side: 'added', line: 5, text: `${text}_setting: 1`, why: 'gone' }],
      },
    ],
  })
  const two = { base: '{ one }', head: '{ one } { own } { two }' }
  test.each<[string, Row]>([
    [
      'are left out with it',
      { base: '{ one }', head: '{ one } { own }', result: '{ one }', told: leftOut('own'), names: [] },
    ],
    [
      'are those of the other that is there',
      { ...two, result: '{ one } { own }', told: leftOut('two'), names: [], ambiguous: ['{', '}'] },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})
