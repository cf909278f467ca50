import { describe, expect, test } from 'vitest'
import { mergeTexts } from '../../support/file-merge.ts'
import type { Texts } from '../../support/outline-merge.ts'

describe('what collides in a YAML file is settled around the collision', () => {
  test.each([
    [
      'settings put in at one place: upstream’s first, blank lines as both have them',
      ['a: 1\n', 'a: 1\n\n# why\nu: 1\n', 'a: 1\n\np: 1\n'],
      'a: 1\n\n# why\nu: 1\n\np: 1\n',
    ],
    [
      'a setting right below its neighbour stays there, and a paragraph follows',
      ['a: 1\n', 'a: 1\n\n# flag\nu: 1\n', 'a: 1\np: 1\n'],
      'a: 1\np: 1\n\n# flag\nu: 1\n',
    ],
    [
      'an item stays in its list, whatever upstream put in behind it',
      ['a:\n  - x\n', 'a:\n  - x\nu:\n  - y\n', 'a:\n  - x\n  - z\n'],
      'a:\n  - x\n  - z\nu:\n  - y\n',
    ],
    [
      'neighbouring settings, each changed by one side',
      ['a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\nb: 2\n'],
      'a: 2\nb: 2\n',
    ],
    [
      'blank lines yield to a setting put in at the same place',
      ['a: 1\nb: 1\n', 'a: 1\n\nu: 1\n\nb: 1\n', 'a: 1\n\n\nb: 1\n'],
      'a: 1\n\nu: 1\n\nb: 1\n',
    ],
    [
      'blanks inside a line yield to words',
      ['a: "{{ x }}"\n', 'a: "{{ x  }}"\n', 'a: "{{ y }}"\n'],
      'a: "{{ y }}"\n',
    ],
    [
      'versions stand in the order their map has',
      ['sums:\n  1.2.0: a\n', 'sums:\n  1.2.1: b\n  1.2.0: a\n', 'sums:\n  1.2.2: c\n  1.2.0: a\n'],
      'sums:\n  1.2.2: c\n  1.2.1: b\n  1.2.0: a\n',
    ],
  ] as [string, Texts, string][])('%s', (_title, texts, expected) => {
    const { text, open, adapted } = mergeTexts('a.yml', texts)
    expect({ text, open }).toEqual({ text: expected, open: [] })
    expect(adapted.length).toBeGreaterThan(0)
  })

  test('a merge that is clean elsewhere keeps the order that lines gave it', () => {
    const tasks = (...names: string[]): string =>
      names.map((name) => `- name: ${name}\n  do: it\n`).join('\n')
    const texts: Texts = [
      `${tasks('one', 'two', 'three')}end: 1\n`,
      `${tasks('two', 'three', 'one')}end: 2\n`,
      `${tasks('one', 'two', 'three')}end: 3\n`,
    ]
    expect(mergeTexts('a.yml', texts).text).toBe(`${tasks('two', 'three', 'one')}end: 3\n`)
  })

  test.each([
    ['one text, in two wordings', ['a: 1\n', 'a: 1\nx: |\n  k\n  l\n', 'a: 1\nx: |\n  k\n  m\n']],
    [
      'one task, in two wordings',
      [
        'a:\n',
        'a:\n- name: get it\n  url: https://example.org/it\n  dest: /usr/local/bin/it\n  mode: read and execute\n',
        'a:\n- name: fetch it\n  url: https://example.org/it\n  dest: /usr/local/bin/it\n  mode: read and execute\n',
      ],
    ],
    [
      'a long text, of which both changed one line',
      ['a: |\n  one\n  two\n', 'a: |\n  eins ja\n  two\n', 'a: |\n  uno si\n  two\n'],
    ],
  ] as [string, Texts][])('stays open: %s', (_title, texts) => {
    expect(mergeTexts('a.yml', texts).open.length).toBeGreaterThan(0)
  })
})

describe('what collides in any other text', () => {
  test.each([
    [
      'lines about other things, put in at one place',
      ['a\n', 'a\nvariable "u" {}\n', 'a\nvariable "p" {}\n'],
      'a\nvariable "u" {}\nvariable "p" {}\n',
    ],
    ['the last line and a line behind it', ['x\n', 'x', 'x\ny is new\n'], 'x\ny is new\n'],
    ['an end of the last line that one side put in', ['x', 'x\ny is new', 'x\n'], 'x\ny is new\n'],
  ] as [string, Texts, string][])('is settled: %s', (_title, texts, expected) => {
    const { text, open } = mergeTexts('a.tf', texts)
    expect({ text, open }).toEqual({ text: expected, open: [] })
  })

  test.each([
    [
      'one setting, in two wordings',
      ['[a]\n', '[a]\nallow_ports = {{ x | lower }}\n', '[a]\nallow_ports = {{ y }}\n'],
    ],
    [
      'one setting that both put in, below one that the patch alone gives anew',
      ['an_option = 1\nend\n', 'an_option = 1\nthe_new = 1\nend\n', 'an_option = 2\nthe_new = 2\nend\n'],
    ],
    ['one row of a table', ['|h|\n', '|h|\n|`ports` | of the host|\n', '|h|\n|`ports` | of all|\n']],
  ] as [string, Texts][])('stays open: %s', (_title, texts) => {
    expect(mergeTexts('a.conf', texts).open.length).toBeGreaterThan(0)
  })
})
