import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import {
  blockLines,
  kindOf,
  readOutline,
  type Block,
} from '../../../../src/core/yaml/outline/read-outline.ts'
import { yaml } from '../../../support/yaml.ts'
import { runs } from '../../../support/fast-check.ts'

/** The outline as text: a block a line, indented by how deep it stands, with the number of its own lines where it is not one. */
function shape(text: string): string {
  const print = (block: Block, depth: number): string[] => {
    const lines = block.lines.length === 1 ? '' : ` (${block.lines.length})`
    const id = block.id.slice(2).replaceAll('\n', ' / ')
    return [
      `${'  '.repeat(depth)}${block.kind} ${id}${lines}`.trimEnd(),
      ...block.children.flatMap((child) => print(child, depth + 1)),
    ]
  }
  return readOutline(splitLines(text))
    .children.flatMap((block) => print(block, 0))
    .join('\n')
}

function outline(strings: TemplateStringsArray): string {
  return yaml(strings).trimEnd()
}

test.each([
  [
    'settings below settings',
    yaml`
      a: 1
      b:
        c: 2
        d:
          e: 3
      f: 4
    `,
    outline`
      key a
      key b
        key c
        key d
          key e
      key f
    `,
  ],
  [
    'a list at the indentation of its key, and one further in',
    yaml`
      a:
      - x
      - y
      b:
        - z
      c: 1
    `,
    outline`
      key a
        item - x
        item - y
      key b
        item - z
      key c
    `,
  ],
  [
    'items named by their name, or all they hold; the setting on the first line stands below',
    yaml`
      - name: one
        when: a
      - when: b
        name: two
      - include: c
        tags: d
    `,
    outline`
      item name: one (0)
        key name
        key when
      item name: two (0)
        key when
        key name
      item - include: c / tags: d (0)
        key include
        key tags
    `,
  ],
  [
    'a scalar of many lines is one block, whatever it looks like, without the blank below it',
    yaml`
      a: |
        key: value
        # no comment

        - no item

      b: >-
        text
      c: 1
    `,
    outline`
      key a (5)
      blank
      key b (2)
      key c
    `,
  ],
  [
    'comments and blanks stand with what follows them',
    yaml`
      a:
        b: 1

        # about c
        c: 2
      # about d
      d: 3
    `,
    outline`
      key a
        key b
        blank
        comment # about c
        key c
      comment # about d
      key d
    `,
  ],
  [
    'template statements: the start with what follows, the end with what stands before',
    yaml`
      a:
      {% if x %}
        b: 1
      {% endif %}
      c: 2
    `,
    outline`
      key a
        statement {% if x %}
        key b
        statement {% endif %}
      key c
    `,
  ],
  [
    'keys as people write them',
    yaml`
      "quoted": 1
      'single': 2
      with.dots/and-dashes: 3
      key_{{ name }}: 4
      http://example.org/x
    `,
    outline`
      key quoted
      key single
      key with.dots/and-dashes
      key key_{{ name }}
      text http://example.org/x
    `,
  ],
])('%s', (_title, text, expected) => {
  expect(shape(text)).toBe(expected)
})

test.each([
  ['', 'blank'],
  ['  # a', 'comment'],
  ['{# a #}', 'comment'],
  ['{% set a = 1 %}', 'statement'],
  ['{%- endif %}', 'statement'],
  ['- a', 'item'],
  ['-', 'item'],
  ['-a', 'text'],
  ['a: b', 'key'],
  ['a:', 'key'],
  ['a:b', 'text'],
  ['---', 'text'],
  ['{{ a }}: b', 'key'],
])('the line %j is %s', (line, kind) => {
  expect(kindOf(line)).toBe(kind)
})

/** Walks all blocks: each line once, in order, in a block that says where it starts; returns the text. */
function walked(text: string): string {
  const lines = splitLines(text)
  let next = 0
  const walk = (block: Block): void => {
    if (block.lines.length) expect(block.at).toBe(next)
    for (const line of block.lines) expect(line).toBe(lines[next++])
    block.children.forEach(walk)
  }
  const root = readOutline(lines)
  walk(root)
  expect(next).toBe(lines.length)
  return blockLines(root).join('')
}

test('all YAML of the fixtures comes back byte for byte', () => {
  const fixtures = join(import.meta.dirname, '../../../../fixtures')
  const paths = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.ya?ml(\.j2)?$/.test(path),
  )
  expect(paths.length).toBeGreaterThan(20)
  for (const path of paths) {
    const text = readFileSync(join(fixtures, path), 'utf8')
    expect(walked(text), path).toBe(text)
  }
})

test('so does any text, YAML or not', () => {
  const piece = fc.constantFrom(
    ...['a:', 'b: 1', '- c', '- d: 2', '-', '# e', '{% if f %}', '{% endif %}', 'g: |', 'h: >-', 'text'],
    ...['"i j": k', '  ', '\t', '---', '{{ l }}: m', '- |', '{# n #}', 'o: [', ']', "'"],
  )
  const line = fc.tuple(fc.nat(6), piece).map(([indent, text]) => ' '.repeat(indent) + text)
  const text = fc
    .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, ended]) => lines.join(end) + (ended ? end : ''))
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (each) => {
      expect(walked(each)).toBe(each)
    }),
    runs(1000),
  )
})
