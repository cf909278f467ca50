import { describe, expect, test } from 'vitest'
import { carryStory, longText, type Carried, type CarryStory } from '../../../support/carry.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example' }
const AUTHORS = [
  ['by another author', SOMEBODY],
  ['by the same author', { name: 'Test Person', email: 'person@example.com' }],
  ['as a bare tree', undefined],
] as const

function lines(...all: string[]): string {
  return all.map((line) => `${line}\n`).join('')
}

function leftOut(carried: Carried, path: string): string[] {
  return (carried.file(path).leftOut ?? []).map(({ side, why, text }) => `${side} ${why} ${text.trim()}`)
}

const SYSCTL = [
  'net.ipv4.ip_forward = 1',
  'net.core.somaxconn = 1024',
  'vm.max_map_count = 262144',
  'fs.inotify.max_user_watches = 524288',
]
const THEIRS = 'net.ipv4.neigh.default.gc_thresh3 = 8192'
const OURS = 'fs.file-max = 2097152'

describe.each(AUTHORS)('of two insertions upstream took one, %s', (_title, author) => {
  const story = (path: string, patch: string[], upstream: string[]): CarryStory => ({
    base: { [path]: lines(...SYSCTL) },
    patch: { [path]: lines(...patch) },
    upstream: { 'Raise the limit': { [path]: lines(...upstream) } },
    author,
  })

  test.each([
    ['at two places of the file', [...SYSCTL.slice(0, 2), THEIRS, ...SYSCTL.slice(2), OURS]],
    ['at one place', [...SYSCTL, THEIRS, OURS]],
    ['at one place, the own one first', [...SYSCTL, OURS, THEIRS]],
  ])('%s: the other is carried, and the commit named', async (_where, patch) => {
    const upstream = [SYSCTL[0] as string, THEIRS, ...SYSCTL.slice(1)]
    const carried = await carryStory(story('roles/tune/files/sysctl.conf', patch, upstream))
    expect(carried.verdict).toBe('adapted')
    const text = carried.text('roles/tune/files/sysctl.conf') ?? ''
    expect(text.split('\n').filter((line) => line === THEIRS)).toHaveLength(1)
    expect(text.split('\n').filter((line) => line === OURS)).toHaveLength(1)
    expect(carried.upstream).toEqual([carried.commits.get('Raise the limit')])
    expect(carried.look).toBeUndefined()
  })

  test('in settings of YAML, one of them spelt in another way', async () => {
    const base = lines('a_first: 1', 'b_second: 2', 'c_third: 3')
    const carried = await carryStory({
      base: { 'd.yml': base },
      patch: {
        'd.yml': lines('a_first: 1', 'proxy_port: "8080"', 'b_second: 2', 'c_third: 3', 'own_port: 1'),
      },
      upstream: { took: { 'd.yml': lines('proxy_port: 8080', 'a_first: 1', 'b_second: 2', 'c_third: 3') } },
      author,
    })
    expect(carried.verdict).toBe('adapted')
    const text = carried.text('d.yml') ?? ''
    expect(text).toContain('own_port: 1')
    expect(text.match(/proxy_port/g)).toHaveLength(1)
    expect(leftOut(carried, 'd.yml')).toEqual(['added form proxy_port: "8080"'])
  })
})

describe.each(AUTHORS)('an own input at the place of upstream’s, %s', (_title, author) => {
  const template = (block: readonly string[]): string =>
    lines(
      '{% for vhost in vhosts %}',
      'server {',
      '  listen {{ vhost.port }};',
      ...block,
      '}',
      '{% endfor %}',
    )
  const timeout = [
    '{% if vhost.timeout is defined %}',
    '  location {{ vhost.path }} {',
    '{% for key, value in vhost.timeout.items() %}',
    '    {{ key }} {{ value }};',
    '{% endfor %}',
    '  }',
    '{% endif %}',
  ]
  const password = [
    '{% if vhost.password is defined %}',
    '  location {{ vhost.path }} {',
    '    auth_basic_user_file {{ vhost.password }};',
    '  }',
    '{% endif %}',
  ]

  test.each(['proxy.conf.j2', 'proxy.yml.j2'])('%s: nothing of it is lost', async (path) => {
    const carried = await carryStory({
      base: { [path]: template([]) },
      patch: { [path]: template(password) },
      upstream: { 'Wait longer': { [path]: template(timeout) } },
      author,
    })
    const isAsked = carried.verdict === 'conflict'
    const hasBoth = ['vhost.password is', 'auth_basic', 'vhost.timeout is'].every((each) =>
      carried.text(path)?.includes(each),
    )
    expect(isAsked || (carried.verdict === 'adapted' && hasBoth)).toBe(true)
  })

  test.each([
    ['own.ini', ['[one]', 'state = present', 'listen_on = 1'], ['[one]', 'state = present', 'bind_to = 1']],
    [
      'own.yml',
      ['- name: Ask for it', '  state: present', '  mode: 0644', '  login_secret: yes'],
      ['- name: Ask for it', '  state: present', '  mode: 0644', '  retry_count: yes'],
    ],
    [
      'own.sh',
      ['mkdir -p /var/lib/thing', 'chmod 0755 /var/lib/thing', 'exec thing --with-login'],
      ['mkdir -p /var/lib/thing', 'chmod 0755 /var/lib/thing', 'exec thing'],
    ],
  ])('%s', async (path, mine, theirs) => {
    const carried = await carryStory({
      base: { [path]: lines('# the head', '', '# the end') },
      patch: { [path]: lines('# the head', '', ...mine, '# the end') },
      upstream: { 'Do something alike': { [path]: lines('# the head', '', ...theirs, '# the end') } },
      author,
    })
    const isThere = (carried.text(path) ?? '').includes(mine.at(-1)?.trim() ?? '?')
    expect(carried.verdict === 'conflict' || isThere).toBe(true)
  })
})

describe('a line that could stand anywhere', () => {
  const tasks = (first: string[], second: string[]): string =>
    lines('- name: One', '  command: one', ...first, '- name: Two', '  command: two', ...second)

  test.each(AUTHORS.slice(0, 1))('is upstream’s only at its place (%s)', async (_title, author) => {
    const carried = await carryStory({
      base: { 't.yml': tasks([], []) },
      patch: { 't.yml': tasks(['  become: true'], []) },
      upstream: { other: { 't.yml': tasks([], ['  become: true']) } },
      author,
    })
    expect(carried.text('t.yml')).toBe(tasks(['  become: true'], ['  become: true']))
  })
})

describe('upstream’s reviewed form', () => {
  const part = (at: number): string => `part ${at} of the feature`
  const feature = (own: number): string =>
    Array.from({ length: 10 }, (_, at) => (at < 10 - own ? part(at) : `said by the reviewer: ${at}`)).join(
      '\n',
    )
  const story = (own: number, author: CarryStory['author'], title: string): CarryStory => ({
    base: { 'a.txt': longText('alpha') },
    patch: { 'a.txt': longText('alpha', { 2: feature(0) }) },
    upstream: { [title]: { 'a.txt': longText('alpha', { 2: feature(own) }) } },
    title: 'Bring the whole feature (#12)',
    author,
  })

  test.each([
    ['the same title', SOMEBODY, 'Bring the whole feature'],
    ['the number of the pull request', SOMEBODY, 'Feature, squashed (#12)'],
    ['the same author', AUTHORS[1][1], 'Something'],
    [
      'the same author at GitHub’s address',
      { name: 'Test Person', email: '1+t@users.noreply.github.com' },
      'Something',
    ],
  ])('is tied by %s; what it does without is shown, and a look asked for', async (_title, author, title) => {
    const carried = await carryStory(story(2, author, title))
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.confidence).toBeCloseTo(0.8, 10)
    expect(carried.look).toBe(true)
    expect(leftOut(carried, 'a.txt')).toEqual([`added reviewed ${part(8)}`, `added reviewed ${part(9)}`])
    expect(carried.file('a.txt').leftOut?.[0]?.upstream).toBe(carried.commits.get(title))
  })

  test('with nine tenths of the patch asks for no look, and shows the rest all the same', async () => {
    const carried = await carryStory(story(1, SOMEBODY, 'Bring the whole feature'))
    expect(carried.look).toBeUndefined()
    expect(leftOut(carried, 'a.txt')).toEqual([`added reviewed ${part(9)}`])
  })

  test.each([
    ['another author, title and number', SOMEBODY, 'Something (#13)'],
    ['another author with the same first name alone', { name: 'Test', email: 'x@y.example' }, 'Something'],
  ])('is none of %s: the patch is carried or asked about', async (_title, author, title) => {
    const carried = await carryStory(story(2, author, title))
    expect(['conflict', 'adapted']).toContain(carried.verdict)
  })

  test('counts a setting with another value as had', async () => {
    const map = (...all: string[]): string => lines('sums:', '  - one', ...all, 'end: 1')
    const carried = await carryStory({
      base: { 's.yml': map() },
      patch: { 's.yml': map('tool_version: 1.2.3', 'tool_sum: 0123', 'tool_image: x/tool') },
      upstream: {
        'Bring the tool, at last': {
          's.yml': map('tool_version: 1.2.4', 'tool_sum: 4567', 'tool_image: x/tool'),
        },
      },
      title: 'Bring the tool, at last',
      author: SOMEBODY,
    })
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.confidence).toBe(1)
    expect(leftOut(carried, 's.yml')).toEqual(['added form tool_version: 1.2.3', 'added form tool_sum: 0123'])
  })
})

describe('the lines alone tie a bare tree to upstream’s form of it', () => {
  const settings = Array.from({ length: 12 }, (_, at) => `etcd_setting_${at}: value ${at}`)
  const story = (author: CarryStory['author']): CarryStory => ({
    base: { 'd.yml': lines('a_first: 1') },
    patch: { 'd.yml': lines('a_first: 1', ...settings) },
    upstream: {
      took: { 'd.yml': lines('a_first: 1', ...settings.with(3, 'etcd_other_3: value of theirs')) },
    },
    author,
  })

  test('a person is asked to look at the one line that the form does without', async () => {
    const carried = await carryStory(story(undefined))
    expect(carried.verdict).toBe('upstreamed')
    expect(leftOut(carried, 'd.yml')).toEqual(['added reviewed etcd_setting_3: value 3'])
    expect(carried.look).toBe(true)
  })
})
