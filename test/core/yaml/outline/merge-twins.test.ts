import { describe, expect, test } from 'vitest'
import { mergeFile } from '../../../../src/core/merge/file-merge.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { mergeTexts } from '../../../support/file-merge.ts'
import { openPlaces, outlineMerge, type Texts } from '../../../support/outline-merge.ts'

const BASE = 'a: 1\ndownloads:\n  other:\n    repo: x\nz: 2\n'
const [A, B] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string]

/** A key that both put in, at two places of one file: upstream's line, the patch's, the one that stands, the code. */
const keys: readonly (readonly [string, string, string, 'there' | 'own', string | undefined])[] = [
  ['another value', 'panel_repo: there', 'panel_repo: own', 'own', 'value-kept'],
  ['an older version', 'panel_tag: v1.4.0', 'panel_tag: v1.3.9', 'there', 'value-lowered'],
  ['an older version, without its `v`', 'panel_tag: v1.4.0', 'panel_tag: "1.3.9"', 'there', 'value-lowered'],
  ['an older image', 'panel_image: q/p:v1.10.0', 'panel_image: q/p:v1.9.0', 'there', 'value-lowered'],
  ['a newer version', 'panel_tag: "v1.4.0"', 'panel_tag: "v1.10.0"', 'own', 'value-kept'],
  ['an older version of two parts', 'panel_version: 1.10', 'panel_version: 1.9', 'there', 'value-lowered'],
  ['a smaller number is no version', 'panel_cpu: 1.5', 'panel_cpu: 0.5', 'own', 'value-kept'],
  ['nor is an address', 'panel_ip: 10.0.0.5', 'panel_ip: 10.0.0.4', 'own', 'value-kept'],
  [
    'another image is no older one',
    'panel_image: q/p:v1.4.0',
    'panel_image: own/p:v1.3.0',
    'own',
    'value-kept',
  ],
  ['other quotes', 'panel_tag: "x"', 'panel_tag: x', 'there', undefined],
]

describe('a key that both put in stands there once', () => {
  test.each(keys)('at two places: %s', (_title, ...row) => {
    const [there, own, stands, code] = row
    const merged = mergeTexts('x.yml', [BASE, `${there}\n${BASE}`, `${BASE}${own}\n`])
    expect(merged.open).toEqual([])
    expect(merged.text).toBe(`${stands === 'own' ? own : there}\n${BASE}`)
    const key = there.split(':')[0]
    expect(merged.told).toEqual(code === undefined ? [] : [{ code, key, there, own }])
  })

  test.each(keys)('at one place: %s', (_title, ...row) => {
    const [there, own, stands, code] = row
    const merged = mergeTexts('x.yml', [BASE, `${BASE}${there}\n`, `${BASE}${own}\n`])
    expect(merged.open).toEqual([])
    expect(merged.text).toBe(`${BASE}${stands === 'own' ? own : there}\n`)
    expect(merged.told.map((note) => note.code)).toEqual(code === undefined ? [] : [code])
  })

  test('below an item of a list', () => {
    const list = (...more: readonly string[]): string =>
      `l:\n  - name: one\n${more[0] ?? ''}    a: 1\n    b: 2\n    c: 3\n${more[1] ?? ''}`
    const merged = mergeTexts('x.yml', [list(), list('    mode: "0600"\n'), list('', '    mode: "0644"\n')])
    expect(merged.text).toBe(list('    mode: "0644"\n'))
    expect(merged.told).toMatchObject([{ code: 'value-kept', key: 'l.[name: one].mode' }])
  })

  test('a digest goes with the version that is too old', () => {
    const panel = (version: string, digest: string): string =>
      `panel_version: ${version}\npanel_sha256: ${digest}\nother_sha256: ${digest}\n`
    const merged = mergeTexts('x.yml', [BASE, panel('1.4.0', A) + BASE, BASE + panel('1.3.0', B)])
    expect(merged.text).toBe(`panel_version: 1.4.0\npanel_sha256: ${A}\nother_sha256: ${B}\n${BASE}`)
  })
})

test('upstream’s values stand where they are the reviewed form of this very patch', () => {
  const sides = { base: BASE, upstream: `repo: there\n${BASE}`, patch: `${BASE}repo: own\n` }
  const merged = mergeFile(
    'x.yml',
    { base: splitLines(sides.base), upstream: splitLines(sides.upstream), patch: splitLines(sides.patch) },
    { isReviewed: true },
  )
  expect(merged.lines.join('')).toBe(sides.upstream)
  expect(merged.told).toEqual([
    { code: 'value-reviewed', key: 'repo', there: 'repo: there', own: 'repo: own' },
  ])
})

test('a map that both put in is merged key by key, and collisions are named with their path', () => {
  const merged = mergeTexts('x.yml', [
    BASE,
    'a: 1\ndownloads:\n  other:\n    repo: x\n  panel:\n    repo: there\n    tag: t\nz: 2\n',
    'a: 1\ndownloads:\n  panel:\n    repo: own\n    tag: t\n    mine: 1\n  other:\n    repo: x\nz: 2\n',
  ])
  expect(merged.text).toBe(
    'a: 1\ndownloads:\n  other:\n    repo: x\n  panel:\n    repo: own\n    tag: t\n    mine: 1\nz: 2\n',
  )
  expect(merged.told).toMatchObject([{ code: 'value-kept', key: 'downloads.panel.repo' }])
})

test.each([
  [
    'texts of several lines',
    ['a: 1\n', 'a: 1\nt: |\n  x\n  y\n', 'a: 1\nt: |\n  x\n  z\n'],
    ['t:  | t: |/  x/  y | t: |/  x/  z'],
  ],
  ['a value and a map', ['a: 1\n', 'a: 1\nt: x\n', 'a: 1\nt:\n  k: x\n'], ['t:  | t: x | t:/  k: x']],
  [
    'tasks of one name',
    [
      '- name: a\n  x: 1\n',
      '- name: a\n  x: 1\n- name: b\n  y: 1\n',
      '- name: a\n  x: 1\n- name: b\n  y: 2\n',
    ],
    ['[name: b]:  | - name: b/  y: 1 | - name: b/  y: 2'],
  ],
] as [string, Texts, string[]][])('stay open: %s', (_title, sides, places) => {
  expect(openPlaces(sides)).toEqual(places)
})

test('a task that both put in at two places, with other contents, is a conflict and never there twice', () => {
  const task = (name: string, value: string): string => `- name: ${name}\n  debug: ${value}\n`
  const [a, b, c] = ['a', 'b', 'c'].map((name) => task(name, '1'))
  const merged = mergeTexts('tasks/main.yml', [
    `${a}${b}${c}`,
    `${task('new', 'there')}${a}${b}${c}`,
    `${a}${b}${c}${task('new', 'own')}`,
  ])
  expect(merged.open.map(({ key }) => key)).toEqual(['[name: new]'])
})

test('the same item that both put in at two places is there once', () => {
  const merged = mergeTexts('x.yml', [
    'l:\n  - a\n  - b\n  - c\n',
    'l:\n  - new one\n  - a\n  - b\n  - c\n',
    'l:\n  - a\n  - b\n  - c\n  - new one\n',
  ])
  expect(merged.text).toBe('l:\n  - new one\n  - a\n  - b\n  - c\n')
})

test('in a template one key in two branches is no collision', () => {
  const branch = (when: string, value: string): string =>
    `{% if ${when} %}\nkey_of_it: ${value}\n{% endif %}\n`
  const base = 'a: 1\nb: 2\nc: 3\nd: 4\n'
  const merged = mergeTexts('x.yml.j2', [base, branch('x', '1') + base, base + branch('y', '2')])
  expect(merged.open).toEqual([])
  expect(merged.text.match(/key_of_it/g)?.length === 1 || merged.told.length > 0).toBe(true)
})

test('nothing is said of a map that both put in alike', () => {
  const alike = outlineMerge(['a: 1\n', 'm:\n  k: 1\na: 1\n', 'a: 1\nm:\n  k: 1\n'])
  expect(alike).toMatchObject({ notes: [], told: [], open: [] })
})
