import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { carryStory } from '../../support/carry.ts'
import { mergeTexts } from '../../support/file-merge.ts'
import type { Texts } from '../../support/outline-merge.ts'

const SIX = ['a one', 'b two', 'c three', 'd four', 'e five', 'f six']

/** Lines with others before (`<a`) or behind (`>a`) some of them, by their first letter. */
function text(put: Readonly<Record<string, string>> = {}): string {
  return SIX.map((line) => `${put[`<${line[0]}`] ?? ''}${line}\n${put[`>${line[0]}`] ?? ''}`).join('')
}

/** A line of each kind of text. */
const lines: readonly (readonly [string, string])[] = [
  ['files/x.env', 'VOLUMES="/var/lib:/etc"'],
  ['templates/x.env.j2', 'VOLUMES="{{ volumes }}"'],
  ['files/x.sh', 'mkdir -p /opt/panel'],
  ['contrib/main.tf', '  image_name = var.image'],
  ['Dockerfile', 'RUN apt-get install -y curl'],
  ['templates/config.toml.j2', 'sandbox_image = "pause"'],
  ['inventory.ini', 'node5 ansible_host=10.0.0.5'],
  ['README.md', 'Some words on panels.'],
  ['templates/x.conf.j2', '{% if panel_enabled %}'],
]

describe('a line that both put in, at two places', () => {
  test.each(lines)('is told in %s', (path, line) => {
    const [there, own] = [text({ '<a': `${line}\n` }), text({ '<e': `${line}\n` })]
    const { open, told } = mergeTexts(path, [text(), there, own])
    expect(open).toEqual([])
    expect(told.map(({ code }) => code)).toContain('line-twice')
    expect(JSON.stringify(told)).toContain(JSON.stringify(line.trim()).slice(1, -1))
  })

  test.each([
    ['an item', 'l:\n  - a one\n', '- x new', '  - a\n  - b\n  - c\n'],
    ['a comment', '', '# why it is so', 'a: 1\nb: 2\nc: 3\n'],
  ])('is there once or told in YAML: %s', (_title, head, line, body) => {
    const indent = /^ */.exec(body)?.[0] ?? ''
    const put = `${indent}${line}\n`
    const {
      text: merged,
      open,
      told,
    } = mergeTexts('x.yml', [head + body, head + put + body, head + body + put])
    const times = merged.split('\n').filter((each) => each.trim() === line).length
    expect(times === 1 || open.length > 0 || told.length > 0).toBe(true)
  })
})

test('a template of settings where upstream has the same under a condition', () => {
  const texts: Texts = [
    'A=1\nB=2\nC=3\nD=4\nE=5\nF=6\n',
    '{% if volumes %}\nVOLUMES="/a:/b"\n{% endif %}\nA=1\nB=2\nC=3\nD=4\nE=5\nF=6\n',
    'A=1\nB=2\nC=33\nD=4\nE=5\nVOLUMES="/a:/b"\nF=66\n',
  ]
  const { open, told } = mergeTexts('templates/x.env.j2', texts)
  expect(open).toEqual([])
  expect(told).toEqual([{ code: 'line-twice', names: ['VOLUMES="/a:/b"'] }])
})

test.each([
  ['files/x.env', 'PANEL=release', 'PANEL=own', 'PANEL'],
  ['templates/x.env.j2', 'export PANEL=release', 'export PANEL=own', 'PANEL'],
  ['x.ini', '[edge]\nport = 1', '[edge]\nport = 2', '[edge]'],
  ['x.toml', 'port = 1', 'port = 2', 'port'],
])('a name that both assign to is told in a list of settings: %s', (path, there, own, name) => {
  const { open, told } = mergeTexts(path, [text(), text({ '<a': `${there}\n` }), text({ '>f': `${own}\n` })])
  expect(open).toEqual([])
  expect(told).toMatchObject([{ code: 'key-twice', names: expect.arrayContaining([name]) as string[] }])
})

test('the same name in two sections, or under two conditions, is two things', () => {
  const sections = mergeTexts('x.ini', [
    '[a]\none=1\n\n[b]\ntwo=2\n\n[c]\nsix=6\n',
    '[a]\nkey=1\none=1\n\n[b]\ntwo=2\n\n[c]\nsix=6\n',
    '[a]\none=1\n\n[b]\ntwo=2\n\n[c]\nkey=2\nsix=6\n',
  ])
  expect(sections).toMatchObject({ open: [], told: [] })
  const branches = mergeTexts('x.env.j2', [
    text(),
    text({ '<a': '{% if x %}\nPANEL=1\n{% endif %}\n' }),
    text({ '>f': '{% if y %}\nPANEL=2\n{% endif %}\n' }),
  ])
  expect(branches).toMatchObject({ open: [], told: [] })
})

test('what a side has twice itself is nobody’s fault', () => {
  const twice = 'echo panel\necho other\necho panel\n'
  const merged = mergeTexts('x.sh', [
    text() + twice,
    `first line\n${text()}${twice}`,
    `${text()}${twice}last\n`,
  ])
  expect(merged).toMatchObject({ adapted: [], told: [], open: [] })
})

test('what closes a block stands everywhere', () => {
  const merged = mergeTexts('x.sh.j2', [
    text(),
    text({ '>a': 'if first; then\n  one thing\nfi\n{% for x in y %}\nx\n{% endfor %}\n' }),
    text({ '>e': 'if second; then\n  other thing\nfi\n{% for z in w %}\nz\n{% endfor %}\n' }),
  ])
  expect(merged).toMatchObject({ adapted: [], told: [], open: [] })
})

test('what stands twice is said in words, and nothing is quoted of an inventory', () => {
  const told = [
    { code: 'key-twice' as const, names: ['downloads.panel'] },
    { code: 'line-twice' as const, names: ['one line', 'two'] },
  ]
  const say = (path: string): string => sayReason({ path, reasons: [{ code: 'by-lines' }], told })
  expect(say('roles/x/defaults/main.yml')).toBe(
    'Merged line by line. `downloads.panel` stands twice at one level of the result, and in neither side: look which of the two is meant. `one line` and `two` stand twice in the result, and in neither side: look whether both are meant.',
  )
  expect(say('inventory/mine/group_vars/all.yml')).not.toMatch(/downloads|one line/)
})

test('a line that comes to stand twice on the way over upstream’s commits is told', async () => {
  const file = (put: Readonly<Record<number, string>>, fifth = 'word 5 of the text'): string =>
    Array.from({ length: 12 }, (_, at) => {
      return `${put[at] ?? ''}${at === 5 ? fifth : `word ${at} of the text`}\n`
    }).join('')
  const hello = 'echo welcome to everybody\n'
  const more = 'another line above\n'
  const carried = await carryStory({
    author: { name: 'Somebody Else', email: 'else@example.org' },
    base: { 'x.sh': file({}) },
    patch: { 'x.sh': file({ 10: hello }, 'word five of the text') },
    upstream: {
      'say it in another way': { 'x.sh': file({}, 'word 5 of the tale') },
      'say more': { 'x.sh': file({ 5: more }, 'word 5 of the tale') },
      'say hello': { 'x.sh': file({ 1: hello, 5: more }, 'word 5 of the tale') },
    },
  })
  expect(carried.text('x.sh')).toBe(file({ 1: hello, 5: more, 10: hello }, 'word five of the tale'))
  const outcome = carried.file('x.sh')
  expect(sayReason(outcome)).toContain('Upstream: ')
  expect(outcome).toMatchObject({
    verdict: 'adapted',
    told: [{ code: 'line-twice', names: ['echo welcome to everybody'] }],
  })
})
