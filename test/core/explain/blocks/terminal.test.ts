import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { list, paragraph, type Block } from '../../../../src/core/explain/blocks/block.ts'
import { terminal, terminalLines } from '../../../../src/core/explain/blocks/terminal.ts'
import {
  anchor,
  bold,
  code,
  link,
  quoted,
  say,
  soft,
  type Inline,
} from '../../../../src/core/explain/blocks/text.ts'
import { VERDICT_WORDS } from '../../../../src/core/explain/say-verdict.ts'
import { displayWidth } from '../../../../src/core/text/display-width.ts'
import { runs } from '../../../support/fast-check.ts'

const table: Block = {
  kind: 'table',
  head: [[''], ['patch'], ['verdict']],
  rows: [
    [['1'], [quoted('容器运行时改为 containerd')], say`${bold`clean`}`],
    [['2'], [quoted('Plain')], say`${bold`conflict`} by ${'abc'}`],
  ],
}

describe('a table', () => {
  test('stands in columns, wide signs or not', () => {
    const lines = terminal([table]).trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    const starts = ['verdict', 'clean', 'conflict'].map((word, at) =>
      displayWidth((lines[at] ?? '').slice(0, lines[at]?.indexOf(word))),
    )
    expect(new Set(starts).size).toBe(1)
  })

  test('keeps within the width by wrapping what is widest, and loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.constantFrom('a', 'word', 'another', '漢字', 'x'.repeat(9)), { maxLength: 12 }),
          {
            minLength: 2,
            maxLength: 4,
          },
        ),
        fc.integer({ min: 60, max: 120 }),
        (cells, width) => {
          const row = cells.map((words) => [quoted(words.join(' '))])
          const text = terminal(
            [{ kind: 'table', head: cells.map((_, at) => [`h${at}`]), rows: [row] }],
            width,
          )
          for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
          const counted = (all: readonly string[]): readonly string[] => [...all].sort()
          const shown = text.split(/\s+/).filter((word) => word !== '' && !/^h\d$/.test(word))
          expect(counted(shown)).toEqual(counted(cells.flat()))
        },
      ),
      runs(200),
    )
  })
})

test('a line keeps within the width, whatever width that is, unless one word is longer', () => {
  const piece = fc.constantFrom<Inline>(
    'some words of ours ',
    code('kube_version'),
    quoted('漢字 題'),
    soft`soft words`,
  )
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 40, max: 140 }),
      (text, width) => {
        const lines = terminal([paragraph(text), list([text])], width).split('\n')
        for (const line of lines)
          expect(/\S\s+\S/.test(line.trim()) ? displayWidth(line) : 0).toBeLessThanOrEqual(width)
      },
    ),
    runs(200),
  )
})

test('a verdict and a severity have the tone of what they mean, other words none of it', () => {
  const tones = (block: Block): readonly unknown[] =>
    terminalLines([block], 80)
      .flat()
      .filter(({ tone }) => tone !== undefined && tone !== 'strong')
      .map(({ text, tone }) => [text, tone])
  expect(tones(table)).toEqual([
    ['clean', 'good'],
    ['conflict', 'bad'],
  ])
  // What somebody calls their patch is no verdict.
  expect(tones(paragraph(say`${bold`${quoted('conflict')}`}`))).toEqual([])
  expect(tones(paragraph(say`${bold`error`} in ${code('a:1')}`))).toEqual([
    ['error', 'bad'],
    ['`a:1`', 'code'],
  ])
})

test('every verdict has a tone', () => {
  for (const words of Object.values(VERDICT_WORDS)) {
    const [line = []] = terminalLines([paragraph(say`${bold`${words}`}`)], 80)
    expect([words, line.at(-1)?.tone]).toEqual([words, expect.toBeOneOf(['good', 'warning', 'bad', 'faint'])])
  }
})

test('code stays on one line, unless it is longer than one', () => {
  const command = 'git merge --no-ff multiarch/kubespray-2.9.0'
  const text = say`Some words before it: ${code(command)}, and some behind.`
  expect(terminal([paragraph(text)], 60)).toContain(`\`${command}\``)
  const long = terminal([paragraph(say`See ${code('word '.repeat(30).trim())}.`)], 60)
  for (const line of long.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
})

test('a piece that touches another stays on its line', () => {
  expect(terminal([paragraph(say`See (${code('a')}), ${bold`b`}.`)])).toBe('See (`a`), b.\n')
})

test.each([
  ['a number', link('https://redirect.github.com/o/n/pull/12', say`#12`), '#12'],
  [
    'another repository’s number',
    link('https://redirect.github.com/kubernetes/kubernetes/pull/131007', ['kubernetes/kubernetes#131007']),
    'kubernetes/kubernetes#131007',
  ],
  ['a release', link('https://redirect.github.com/o/n/releases/tag/v2.9.0', [code('v2.9.0')]), '`v2.9.0`'],
  [
    'a line of a file',
    link('https://github.com/o/n/blob/abc/roles/a.yml#L3', [code('roles/a.yml:3')]),
    '`roles/a.yml:3`',
  ],
  ['a place of the text', link('#patch-3', ['patch 3']), 'patch 3'],
  [
    'words',
    link('https://redirect.github.com/o/n/compare/a...b', ['all changes']),
    'all changes (https://github.com/o/n/compare/a...b)',
  ],
  ['a place to go to', anchor('here'), ''],
])('a link is its words, and its address where they do not tell it: %s', (_, piece, words) => {
  expect(terminal([paragraph(say`See ${piece}.`)])).toBe(`See ${words}.\n`)
})

describe('code that is longer than a line', () => {
  const branch = 'multiarch/a-branch-with-a-long-name'
  test.each([
    `multiarch audit . --fix --rev ${branch} --architectures amd64,arm`,
    `git log --first-parent main..${branch} --stat --format=oneline`,
    'ansible-playbook -b -i inventory/yours/hosts.yaml upgrade-cluster.yml --limit node1,node2',
  ])('a command stays whole, since half of it would be run when it is pasted: %s', (command) => {
    const text = terminal([list([say`Some words, then ${code(command)}, and more of them.`])], 60)
    expect(text).toContain(`\`${command}\``)
  })

  test('what is no command is broken', () => {
    const text = terminal([paragraph(say`${code('some words '.repeat(12))}`)], 60)
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60)
  })
})
