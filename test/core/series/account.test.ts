import { expect, test } from 'vitest'
import { sumsOf } from '../../../src/core/series/account/account.ts'
import { accountOf, named, type Told } from '../../support/account.ts'

const FILE = 'roles/thing/tasks/main.yml'
const BASE = 'first: one\nsecond: two\nthird: three\n'

interface Case {
  readonly what: string
  readonly base?: string
  readonly head: string
  readonly release?: string
  readonly result: string
  readonly told?: Told
  readonly names: readonly string[]
}

const LEFT_OUT = { side: 'added', line: 4, text: 'fourth: four', why: 'gone' } as const

const BLOCK = (name: string, run: string): string =>
  `- name: ${name}\n  command: ${run}\n  when: wanted\n  become: true\n`

const CASES: readonly Case[] = [
  {
    what: 'a setting that both put in, with both values',
    head: `${BASE}fourth: mine\n`,
    release: `${BASE}fourth: theirs\n`,
    result: `${BASE}fourth: mine\nfourth: theirs\n`,
    names: [`twice ${FILE}: fourth: theirs`],
  },
  {
    what: 'the same in an item of one name',
    base: '',
    head: BLOCK('run it', 'mine --now'),
    release: BLOCK('run it', 'theirs --now'),
    result: BLOCK('run it', 'mine --now\n  command: theirs --now'),
    names: [`twice ${FILE}: command: theirs --now`],
  },
  {
    what: 'one key in two maps',
    base: 'one:\n  a: 1\ntwo:\n  b: 2\n',
    head: 'one:\n  a: 1\n  setting: mine\ntwo:\n  b: 2\n',
    release: 'one:\n  a: 1\ntwo:\n  b: 2\n  setting: theirs\n',
    result: 'one:\n  a: 1\n  setting: mine\ntwo:\n  b: 2\n  setting: theirs\n',
    names: [],
  },
  {
    what: 'one key in two sections that say why they are there',
    base: '[one] # first\na=1\n[two] # second\nb=2\n',
    head: '[one] # first\na=1\nsetting=mine\n[two] # second\nb=2\n',
    release: '[one] # first\na=1\n[two] # second\nb=2\nsetting=theirs\n',
    result: '[one] # first\na=1\nsetting=mine\n[two] # second\nb=2\nsetting=theirs\n',
    names: [],
  },
  { what: 'carried', head: `${BASE}fourth: four\n`, result: `${BASE}fourth: four\n`, names: [] },
  { what: 'lost', head: `${BASE}fourth: four\n`, result: BASE, names: [`lost ${FILE}: fourth: four`] },
  {
    what: 'taken by upstream',
    head: `${BASE}fourth: four\n`,
    release: `zeroth: none\n${BASE}fourth: four\n`,
    result: `zeroth: none\n${BASE}fourth: four\n`,
    names: [],
  },
  {
    what: 'taken by upstream, and then carried as well',
    head: `${BASE}fourth: four\n`,
    release: `${BASE}fourth: four\n`,
    result: `${BASE}fourth: four\nfourth: four\n`,
    names: [`twice ${FILE}: fourth: four`],
  },
  {
    what: 'left out, and named',
    head: `${BASE}fourth: four\n`,
    result: BASE,
    told: { files: [{ path: FILE, verdict: 'obsolete', leftOut: [LEFT_OUT] }] },
    names: [],
  },
  {
    what: 'two lost, of which one is named',
    head: `${BASE}fourth: four\nfifth: five\n`,
    result: BASE,
    told: { files: [{ path: FILE, verdict: 'obsolete', leftOut: [LEFT_OUT] }] },
    names: [`lost ${FILE}: fifth: five`],
  },
  {
    what: 'left out without a name',
    head: `${BASE}fourth: four\n`,
    result: BASE,
    told: { files: [{ path: FILE, verdict: 'upstreamed' }] },
    names: [`lost ${FILE}: fourth: four`],
  },
  {
    what: 'in a conflict',
    head: 'first: mine\nsecond: two\nthird: three\n',
    release: 'first: theirs\nsecond: two\nthird: three\n',
    result: 'first: theirs\nsecond: two\nthird: three\n',
    told: { files: [{ path: FILE, verdict: 'conflict' }] },
    names: [],
  },
  {
    what: 'removed',
    head: 'first: one\nthird: three\n',
    result: 'first: one\nthird: three\n',
    names: [],
  },
  {
    what: 'removed, and there again',
    head: 'first: one\nthird: three\n',
    result: BASE,
    names: [`back ${FILE}: second: two`],
  },
  {
    what: 'removed, there again, and the check is on again',
    head: 'first: one\nthird: three\n',
    result: BASE,
    told: {
      files: [
        {
          path: FILE,
          verdict: 'adapted',
          leftOut: [{ side: 'removed', line: 2, text: 'second: two', why: 'retired' }],
        },
      ],
    },
    names: [],
  },
  {
    what: 'removed, while upstream gave it another value',
    head: 'first: one\nthird: three\n',
    release: 'first: one\nsecond: changed\nthird: three\n',
    result: 'first: one\nsecond: changed\nthird: three\n',
    names: [`back ${FILE}: second: changed`],
  },
  {
    what: 'a value of the fork’s, with upstream’s beside it',
    head: 'first: one\nsecond: mine\nthird: three\n',
    release: 'first: one\nsecond: theirs\nthird: three\n',
    result: 'first: one\nsecond: mine\nsecond: theirs\nthird: three\n',
    names: [`back ${FILE}: second: theirs`],
  },
  {
    what: 'a value of the fork’s kept against upstream’s',
    head: 'first: one\nsecond: mine\nthird: three\n',
    release: 'first: one\nsecond: theirs\nthird: three\n',
    result: 'first: one\nsecond: mine\nthird: three\n',
    names: [],
  },
  {
    what: 'a value of the fork’s given up for upstream’s without a word',
    head: 'first: one\nsecond: mine\nthird: three\n',
    release: 'first: one\nsecond: theirs\nthird: three\n',
    result: 'first: one\nsecond: theirs\nthird: three\n',
    names: [`lost ${FILE}: second: mine`],
  },
  {
    what: 'neither side’s',
    head: `${BASE}fourth: four\n`,
    result: `${BASE}fourth: four\nverbs: ["*"]\n`,
    names: [`stray ${FILE}: verbs: ["*"]`],
  },
  {
    what: 'moved by the fork, and back in its old place',
    head: 'second: two\nthird: three\nfirst: one\n',
    result: BASE,
    names: [`moved ${FILE}: first: one`],
  },
  {
    what: 'both words of one line',
    base: 'url: https://example.org/tool/amd64/1.0/tool\n',
    head: 'url: https://example.org/tool/{{ image_arch }}/1.0/tool\n',
    release: 'url: https://example.org/tool/amd64/2.0/tool\n',
    result: 'url: https://example.org/tool/{{ image_arch }}/2.0/tool\n',
    names: [],
  },
  {
    what: 'upstream’s new line, indented as the fork indents its block',
    base: 'tasks:\n- alpha: one\n- beta: two\n',
    head: 'tasks:\n  - alpha: one\n  - beta: two\n',
    release: 'tasks:\n- alpha: one\n- gamma: three\n- beta: two\n',
    result: 'tasks:\n  - alpha: one\n  - gamma: three\n  - beta: two\n',
    names: [],
  },
]

test.each(CASES)(
  '$what: $names.length named',
  ({ base = BASE, head, release = base, result, told, names }) => {
    const versions = {
      base: { [FILE]: base },
      head: { [FILE]: head },
      release: { [FILE]: release },
      result: { [FILE]: result },
    }
    expect(named(accountOf(versions, told))).toEqual(names)
  },
)

test('a block that went along to where upstream moved it is in the result', () => {
  const [from, to] = ['roles/thing/defaults/main.yml', 'roles/other/defaults/main.yml']
  const account = accountOf({
    base: { [from]: BASE },
    head: { [from]: 'first: one\nsecond: mine\nthird: three\n' },
    release: { [from]: 'first: one\nthird: three\n', [to]: 'second: two\n' },
    result: { [from]: 'first: one\nthird: three\n', [to]: 'second: mine\n' },
  })
  expect(named(account)).toEqual([])
  expect(account.lines.find(({ side }) => side === 'added')?.place).toMatchObject({
    at: 'result',
    file: to,
    line: 1,
  })
})

test('each line has a place, and the sums are those of the places', () => {
  const account = accountOf({
    base: { [FILE]: BASE },
    head: { [FILE]: 'first: mine\nthird: three\nfourth: four\nfifth: five\n' },
    release: { [FILE]: `zeroth: none\n${BASE}fourth: four\n` },
    result: { [FILE]: 'zeroth: none\nfirst: mine\nthird: three\nfourth: four\n' },
  })
  expect(account.lines.map(({ side, text, place }) => `${side} ${text}: ${place.at}`)).toEqual([
    'removed first: one: result',
    'removed second: two: result',
    'added first: mine: result',
    'added fourth: four: release',
    'added fifth: five: nowhere',
  ])
  expect(sumsOf(account)).toEqual({
    ...{ lines: 5, carried: 3, upstream: 1, leftOut: 0, open: 0, unaccounted: 1, inAnotherForm: 0 },
  })
})

test('a patch that is dropped at a person’s word is left out, line by line, and nothing beside it', () => {
  const text = (more: string): Record<string, string> => ({ [FILE]: `${BASE}${more}` })
  const dropped = accountOf({
    base: text(''),
    head: text('fourth: four\n'),
    release: text(''),
    result: text(''),
  })
  const [change] = dropped.lines.map(({ file }) => file)
  expect(change).toBe(FILE)
  const account = accountOf(
    { base: text(''), head: text('fourth: four\nfifth: five\n'), release: text(''), result: text('') },
    { dropped: text('fourth: four\n') },
  )
  expect(named(account)).toEqual([`lost ${FILE}: fifth: five`])
  expect(account.lines[0]?.place).toMatchObject({ at: 'left-out', why: 'dropped' })
})

test('what stands on while the patch that takes it away waits is no doubling, and its common lines with it', () => {
  const task = (name: string): string =>
    `- name: ${name}\n  command: run --${name.slice(-3)}\n  when: wanted\n  become: true\n\n`
  const [first, own, both] = [task('the task one'), task('the task own'), task('the task new')]
  const account = accountOf(
    {
      base: { [FILE]: first },
      head: { [FILE]: first + both },
      release: { [FILE]: first + both },
      result: { [FILE]: first + both + own },
    },
    {
      files: [
        {
          path: FILE,
          verdict: 'obsolete',
          leftOut: own
            .trim()
            .split('\n')
            .slice(0, 2)
            .map((text, at) => ({ side: 'removed' as const, line: at + 1, text, why: 'open' as const })),
        },
      ],
    },
  )
  expect(named(account)).toEqual([])
})
