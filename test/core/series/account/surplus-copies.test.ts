import { describe, expect, test } from 'vitest'
import { FILE, lookAt, type PlacesRow } from '../../../support/account-places.ts'
import { accountOf, named } from '../../../support/account.ts'

describe('of copies of one line', () => {
  const put = { base: 'aaa bbb', head: 'aaa own bbb' }
  const moved = { base: 'own aaa bbb ccc', head: 'aaa bbb ccc own' }
  test.each<[string, PlacesRow]>([
    [
      'the release’s is one, wherever it went: one is too many',
      {
        ...{ base: 'old aaa bbb ccc', head: 'old aaa bbb ccc own', result: 'aaa old bbb old ccc own' },
        places: ['+own result 6'],
        faults: ['twice old 2'],
      },
    ],
    [
      'the fork’s and the release’s are two, wherever the release’s went',
      { ...put, release: 'own aaa bbb', result: 'aaa own bbb own', places: ['+own result 2'] },
    ],
    [
      'a moved one is back, and no doubling as well',
      {
        ...{ ...moved, release: 'aaa bbb ccc', result: 'aaa own bbb ccc own' },
        places: ['-own nowhere', '+own result 5'],
        faults: ['back own 2'],
      },
    ],
    [
      'a moved one is back, and another is there twice',
      {
        ...{ ...moved, result: 'own aaa own bbb ccc own' },
        places: ['-own nowhere', '+own result 6'],
        faults: ['back own 1', 'twice own 3'],
      },
    ],
    [
      'the same where upstream has it no more',
      {
        ...{ ...moved, release: 'aaa bbb ccc', result: 'own aaa own bbb ccc own' },
        places: ['-own nowhere', '+own result 6'],
        faults: ['back own 1', 'twice own 1'],
      },
    ],
    [
      'that both took away, one is back and one too many',
      {
        ...{ base: 'aaa old bbb', head: 'aaa own bbb', release: 'aaa bbb', result: 'aaa own old old bbb' },
        places: ['-old nowhere', '+own result 2'],
        faults: ['back old 3', 'stray old 3'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })
})

describe('a block that both put in', () => {
  const both = { base: 'aaa zzz', head: 'aaa one two zzz', release: 'aaa zzz one two' }
  test.each<[string, PlacesRow]>([
    [
      'and that stands where the fork has it is there once',
      { ...both, result: both.head, places: ['+one release 3', '+two release 4'] },
    ],
    [
      'and that carrying moved is there once',
      {
        ...{ base: 'aaa bbb ccc zzz', head: 'aaa one two bbb ccc zzz', release: 'aaa bbb ccc zzz one two' },
        result: 'one two aaa bbb ccc zzz',
        places: ['+one release 5', '+two release 6'],
      },
    ],
    [
      'and that stands there three times is named once',
      {
        ...{ ...both, result: 'one two aaa one two zzz one two' },
        places: ['+one result 4', '+two result 5'],
        faults: ['twice one 1', 'twice two 2'],
      },
    ],
    [
      'is none where the fork only moved it: then it is back',
      {
        ...{
          base: 'one two aaa bbb ccc',
          head: 'aaa bbb ccc one two',
          result: 'one two aaa bbb ccc one two',
        },
        places: ['-one nowhere', '-two nowhere', '+one result 6', '+two result 7'],
        faults: ['back one 1', 'back two 2'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })

  test('of commands may run twice: they set nothing that could be two things at once', () => {
    const text = (...lines: readonly string[]) => ({ [FILE]: lines.map((line) => `${line}\n`).join('') })
    const [first, last] = ['first_key: 1', 'last_key: 1']
    const block = ['fetch the images', 'unpack the images']
    const found = accountOf({
      base: text(first, last),
      head: text(first, ...block, last),
      release: text(first, last, ...block),
      result: text(first, ...block, last, ...block),
    })
    expect(named(found)).toEqual([])
  })
})

describe('a line of the release that came back otherwise', () => {
  test.each<[string, PlacesRow]>([
    [
      'is a stray where the fork took it away',
      {
        base: 'aaa ccc',
        head: 'aaa',
        result: 'aaa #_ccc',
        places: ['-ccc result'],
        faults: ['stray # ccc 2'],
      },
    ],
    [
      'is none where it went elsewhere',
      {
        ...{ base: 'aaa bbb zzz', head: '#_aaa bbb zzz', release: 'aaa ccc bbb zzz' },
        result: '#_aaa bbb zzz #_ccc',
        places: ['-aaa result', '+# aaa result 1'],
      },
    ],
    [
      'is none whatever signs of a remark it has',
      {
        ...{ base: 'aaa bbb zzz', head: '#_aaa bbb zzz', release: 'aaa ccc bbb zzz' },
        result: '#_aaa bbb zzz ##ccc',
        places: ['-aaa result', '+# aaa result 1'],
      },
    ],
    [
      'is one where it has little of the line that went, and much of the fork’s words',
      {
        ...{ base: 'aaa=repo', head: 'aaa=alpha/beta/gamma/delta', release: 'aaa=repo ccc=repo' },
        result: 'aaa=alpha/beta/gamma/delta ccc=alpha/beta/gamma/delta',
        places: ['-aaa_key: repo result', '+aaa_key: alpha/beta/gamma/delta result 1'],
        faults: ['stray ccc_key: alpha/beta/gamma/delta 2'],
      },
    ],
    [
      'is none where half of it is that line',
      {
        ...{ base: 'aaa=repo', head: 'aaa=mirror/', release: 'aaa=repo ccc=repo' },
        result: 'aaa=mirror/ ccc=mirror/',
        places: ['-aaa_key: repo result', '+aaa_key: mirror/ result 1'],
      },
    ],
  ])('%s', (_what, row) => {
    lookAt(row)
  })

  test('is none where it sets nothing, beside a line of the fork’s own that sets nothing', () => {
    const text = (...lines: readonly string[]) => ({ [FILE]: lines.map((line) => `${line}\n`).join('') })
    const [first, last] = ['first_key: 1', 'last_key: 1']
    const found = accountOf({
      base: text(first, 'fetch images', last),
      head: text(first, '# fetch images', last),
      release: text(first, 'fetch images', 'unpack images', last),
      result: text(first, '# fetch images', '# unpack images', last),
    })
    expect(named(found)).toEqual([])
  })
})
