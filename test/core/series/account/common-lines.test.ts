import { describe, expect, test } from 'vitest'
import { accountOf, named, placed } from '../../../support/account.ts'

const FILE = 'f.yml'

/** Texts of lines parted by `|`. */
function text(words: string): string {
  return words === '' ? '' : `${words.split('|').join('\n')}\n`
}

interface Row {
  readonly base: string
  readonly head: string
  readonly release?: string
  readonly result: string
}

function account({ base, head, release = base, result }: Row, told: Parameters<typeof accountOf>[1] = {}) {
  const [was, own, there, made] = [base, head, release, result].map((words) => ({ [FILE]: text(words) }))
  if (!was || !own || !there || !made) throw new Error('four texts')
  return accountOf({ base: was, head: own, release: there, result: made }, told)
}

/** A task whose last lines stand in every other. */
function task(name: string): string {
  return `- name: task ${name}|  command: run --${name}|  become: true`
}

const [A, B, C, D] = ['aaaaaa', 'bbbbbb', 'cccccc', 'dddddd'].map(task) as [string, string, string, string]
const [BECOME, WITHOUT] = ['  become: true', (words: string) => words.replace('|  become: true', '')]
const lines = (words: string): readonly string[] => words.split('|').map((line) => line.trim())
const [ADDED, REMOVED] = [
  { base: `${A}|${B}`, head: `${A}|${C}|${B}` },
  { base: `${A}|${B}|${C}`, head: `${A}|${C}` },
]

describe('lines that stand everywhere share the lot of those that they came or went with', () => {
  test.each<[string, Row, readonly string[], readonly string[]]>([
    [
      'a task is carried',
      { ...ADDED, result: ADDED.head },
      [
        '- name: task cccccc result f.yml 4',
        'command: run --cccccc result f.yml 5',
        'become: true result f.yml 6',
      ],
      [],
    ],
    [
      'is lost',
      { ...ADDED, result: ADDED.base },
      lines(C).map((line) => `${line} nowhere`),
      lines(C).map((line) => `lost ${line}`),
    ],
    [
      'is upstream’s by now',
      { ...ADDED, release: `${A}|${B}|${C}`, result: `${A}|${B}|${C}` },
      [
        '- name: task cccccc release f.yml 7',
        'command: run --cccccc release f.yml 8',
        'become: true release',
      ],
      [],
    ],
    [
      'is carried without its last line',
      { ...ADDED, result: `${A}|${WITHOUT(C)}|${B}` },
      ['- name: task cccccc result f.yml 4', 'command: run --cccccc result f.yml 5', 'become: true nowhere'],
      ['lost become: true'],
    ],
    [
      'with it twice',
      { ...ADDED, result: `${A}|${C}|${BECOME}|${B}` },
      [
        '- name: task cccccc result f.yml 4',
        'command: run --cccccc result f.yml 5',
        'become: true result f.yml 6',
      ],
      ['twice become: true'],
    ],
    [
      'twice as a whole',
      { ...ADDED, result: `${A}|${C}|${B}|${C}` },
      [
        '- name: task cccccc result f.yml 4',
        'command: run --cccccc result f.yml 5',
        'become: true result f.yml 6',
      ],
      lines(C).map((line) => `twice ${line}`),
    ],
  ])('one that the fork adds %s', (_what, row, places, faults) => {
    const found = account(row)
    expect(placed(found)).toEqual(places.map((place) => `+${place}`))
    expect(named(found)).toEqual(faults.map((fault) => fault.replace(' ', ` ${FILE}: `)))
    expect(found.ambiguous).toEqual(new Set())
  })

  test.each<[string, Row, string, readonly string[]]>([
    ['is gone', { ...REMOVED, result: REMOVED.head }, 'result', []],
    [
      'is gone from the release too',
      { ...REMOVED, release: REMOVED.head, result: REMOVED.head },
      'release',
      [],
    ],
    ['stands there', { ...REMOVED, result: REMOVED.base }, 'nowhere', lines(B).map((line) => `back ${line}`)],
  ])('one that it takes away %s', (_what, row, place, faults) => {
    const found = account(row)
    expect(placed(found)).toEqual(lines(B).map((line) => `-${line} ${place}`))
    expect(named(found)).toEqual(faults.map((fault) => fault.replace(' ', ` ${FILE}: `)))
    expect(found.ambiguous).toEqual(new Set())
  })

  test.each<[string, Row, readonly string[], readonly string[]]>([
    ['is carried', { base: `${A}|${B}|${C}`, head: `${A}|${D}|${C}`, result: `${A}|${D}|${C}` }, [], []],
    [
      'is lost',
      { base: `${A}|${B}|${C}`, head: `${A}|${D}|${C}`, result: `${A}|${C}` },
      ['lost - name: task dddddd', 'lost command: run --dddddd'],
      [],
    ],
    [
      'stands beside it',
      { base: `${A}|${B}|${C}`, head: `${A}|${D}|${C}`, result: `${A}|${B}|${D}|${C}` },
      ['back - name: task bbbbbb', 'back command: run --bbbbbb', 'twice become: true'],
      [],
    ],
    [
      'came though upstream took the old one away: how often its last line should stand nobody can tell',
      { base: `${A}|${B}|${C}`, head: `${A}|${D}|${C}`, release: `${A}|${C}`, result: `${A}|${D}|${C}` },
      [],
      [BECOME],
    ],
  ])('one in the place of another %s', (_what, row, faults, ambiguous) => {
    const found = account(row)
    expect(named(found)).toEqual(faults.map((fault) => fault.replace(' ', ` ${FILE}: `)))
    expect(found.ambiguous).toEqual(new Set(ambiguous))
  })
})

describe('a line that stands everywhere and comes or goes alone', () => {
  const taken = { base: `${A}|${B}`, head: `${WITHOUT(A)}|${B}` }
  test.each<[string, Row, readonly string[], readonly string[]]>([
    ['is taken away', { ...taken, result: taken.head }, ['-become: true result'], []],
    [
      'is taken away, and stands on',
      { ...taken, result: taken.base },
      ['-become: true nowhere'],
      ['back f.yml: become: true'],
    ],
    [
      'is all that stands on of a task',
      { ...REMOVED, result: `${A}|${BECOME}|${C}` },
      ['-- name: task bbbbbb result', '-command: run --bbbbbb result', '-become: true nowhere'],
      ['back f.yml: become: true'],
    ],
    [
      'is added',
      { base: `${A}|${WITHOUT(B)}|${C}`, head: `${A}|${B}|${C}`, result: `${A}|${B}|${C}` },
      ['+become: true result f.yml 6'],
      [],
    ],
    [
      'is added, and lost',
      { base: `${A}|${WITHOUT(B)}|${C}`, head: `${A}|${B}|${C}`, result: `${A}|${WITHOUT(B)}|${C}` },
      ['+become: true nowhere'],
      ['lost f.yml: become: true'],
    ],
  ])('%s', (_what, row, places, faults) => {
    const found = account(row)
    expect(placed(found)).toEqual(places)
    expect(named(found)).toEqual(faults)
  })

  test('in a file that a recipe makes anew may stand there more often', () => {
    const found = account({ ...taken, result: taken.base }, { remade: true })
    expect(named(found)).toEqual([])
  })

  test('that carrying put in too often is none in a file that a recipe makes anew', () => {
    const found = account({ ...ADDED, result: `${A}|${C}|${BECOME}|${B}` }, { remade: true })
    expect(named(found)).toEqual([])
  })
})

describe('of two tasks that the fork adds the line is named that is lost', () => {
  const both = { base: `${A}|${B}`, head: `${A}|${C}|${D}|${B}` }
  const files = [
    {
      ...{ path: FILE, verdict: 'obsolete' as const },
      leftOut: lines(C)
        .slice(0, 2)
        .map((text, at) => ({ side: 'added' as const, line: at + 4, text, why: 'gone' as const })),
    },
  ]
  const lost = (row: Row, told = {}) => account(row, told).unplaced.map(({ kind, line }) => `${kind} ${line}`)

  test('of the second, where all of the first is', () => {
    expect(lost({ ...both, result: `${A}|${WITHOUT(D)}|${B}` })).toEqual([
      'lost 4',
      'lost 5',
      'lost 6',
      'lost 9',
    ])
  })

  test('of neither, where the first is left out: how often it should stand nobody can tell', () => {
    const found = account({ ...both, result: `${A}|${WITHOUT(D)}|${B}` }, { files })
    expect(named(found)).toEqual([])
    expect(found.ambiguous).toEqual(new Set([BECOME]))
  })
})

describe('such a line is where the report says that those are which it came or went with', () => {
  const leftOut = (side: 'added' | 'removed', words: string) =>
    lines(words)
      .slice(0, 2)
      .map((text, at) => ({ side, line: at + 4, text, why: 'gone' as const }))

  test('left out', () => {
    const files = [{ path: FILE, verdict: 'obsolete' as const, leftOut: leftOut('added', C) }]
    const found = account({ ...ADDED, result: ADDED.base }, { files })
    expect(placed(found)).toEqual(lines(C).map((line) => `+${line} left-out gone The patch`))
    expect(named(found)).toEqual([])
  })

  test('in a conflict', () => {
    const files = [{ path: FILE, verdict: 'conflict' as const }]
    const put = account({ ...ADDED, result: ADDED.base }, { files })
    expect(placed(put)).toEqual(lines(C).map((line) => `+${line} open The patch`))
    const gone = account({ ...REMOVED, result: REMOVED.base }, { files })
    expect(placed(gone)).toEqual(lines(B).map((line) => `-${line} open The patch`))
    expect([...named(put), ...named(gone)]).toEqual([])
  })
})
