import { describe, expect, test } from 'vitest'
import { sumsOf } from '../../../src/core/series/account/account.ts'
import { accountOf, named } from '../../support/account.ts'

const FILE = 'roles/thing/tasks/main.yml'
const BASE = 'first: one\nsecond: two\nthird: three\n'

describe('a line in another form is the same line', () => {
  const sum = 'a'.repeat(64)
  test.each([
    ['name: "thing one"', 'name: thing one'],
    ['url: "{{base}}/x"', 'url: "{{ base }}/x"'],
    ['    - option_value: 1', '  - option_value: 1'],
    ['v1.18.0: amd64', '1.18.0: amd64'],
    [`1.18.0: ${sum}`, `1.18.0: sha256:${sum}`],
  ])('%s', (own, there) => {
    const text = (line: string): Record<string, string> => ({ [FILE]: `${BASE}${line}\n` })
    const account = accountOf({
      base: { [FILE]: BASE },
      head: text(own),
      release: text(there),
      result: text(there),
    })
    expect(named(account)).toEqual([])
    expect(sumsOf(account)).toMatchObject({ upstream: 1, inAnotherForm: 1 })
  })

  test.each([
    ['name: thing one', 'name: thing two'],
    ['1.18.0: amd64', '1.18.1: amd64'],
    ['is_on: true', 'is_on: false'],
  ])('%s is not %s', (own, there) => {
    const text = (line: string): Record<string, string> => ({ [FILE]: `${BASE}${line}\n` })
    const account = accountOf({
      base: { [FILE]: BASE },
      head: text(own),
      release: text(there),
      result: text(there),
    })
    expect(named(account)).toEqual([`lost ${FILE}: ${own}`])
  })
})

describe('what no line shows', () => {
  const whole = (head: object, result: object, base: object = { [FILE]: BASE }): readonly string[] =>
    named(accountOf({ base, head, release: base, result } as Parameters<typeof accountOf>[0]))

  test('a mode', () => {
    const run = { [FILE]: { mode: '100755', content: BASE } }
    expect(whole(run, run)).toEqual([])
    expect(whole(run, { [FILE]: BASE })).toEqual([`lost ${FILE}: (mode 100644 → 100755)`])
  })

  test('a file that is no text', () => {
    const head = { [FILE]: BASE, 'files/tool': Buffer.from([0, 1, 2]) }
    expect(whole(head, head)).toEqual([])
    expect(whole(head, { [FILE]: BASE })[0]).toMatch(/^lost files\/tool: \(not text: /)
    expect(whole(head, { [FILE]: BASE, 'files/tool': Buffer.from([0, 1]) })[0]).toMatch(/^lost files\/tool/)
  })

  test('a symbolic link and a submodule', () => {
    const link = { [FILE]: BASE, latest: { mode: '120000', content: 'v2' } }
    expect(whole(link, link)).toEqual([])
    expect(whole(link, { [FILE]: BASE })).toEqual(['lost latest: (link to v2)'])
    const module = { [FILE]: BASE, vendor: { mode: '160000', content: 'one' } }
    expect(whole(module, module)).toEqual([])
    expect(whole(module, { [FILE]: BASE })[0]).toMatch(/^lost vendor: \(submodule at /)
  })

  test('a renamed file', () => {
    const head = { 'roles/thing/tasks/other.yml': BASE }
    expect(whole(head, head)).toEqual([])
    expect(whole(head, { [FILE]: BASE })).toEqual([
      `lost roles/thing/tasks/other.yml: (renamed from ${FILE})`,
    ])
  })

  test('a deleted file', () => {
    expect(whole({}, {})).toEqual([])
    expect(whole({}, { [FILE]: BASE })).toEqual([
      `back ${FILE}: first: one`,
      `back ${FILE}: second: two`,
      `back ${FILE}: third: three`,
    ])
  })

  test('an empty file', () => {
    const head = { [FILE]: BASE, 'roles/thing/.keep': '' }
    expect(whole(head, head)).toEqual([])
    expect(whole(head, { [FILE]: BASE })).toEqual(['lost roles/thing/.keep: (an empty file)'])
  })

  test('line ends', () => {
    const crlf = { [FILE]: BASE.replaceAll('\n', '\r\n') }
    expect(whole(crlf, crlf)).toEqual([])
    expect(whole(crlf, { [FILE]: BASE })).toEqual([`lost ${FILE}: (line ends: CRLF)`])
    const open = { [FILE]: BASE.trimEnd() }
    expect(whole(open, { [FILE]: BASE })).toEqual([`lost ${FILE}: (no end of the last line)`])
  })

  test('an own file that nobody else has', () => {
    const head = { [FILE]: BASE, 'inventory/home/hosts.ini': 'node1\nnode2\n' }
    expect(whole(head, head)).toEqual([])
  })
})
