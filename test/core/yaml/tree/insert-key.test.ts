import { describe, expect, test } from 'vitest'
import { insertBlock } from '../../../../src/core/yaml/tree/insert-block.ts'
import { insertKey } from '../../../../src/core/yaml/tree/insert-key.ts'
import type { KeyPath } from '../../../../src/core/yaml/tree/key-path.ts'
import type { YamlValue } from '../../../../src/core/yaml/values/yaml-value.ts'
import { documentOf, edited, yaml } from '../../../support/yaml.ts'

const table: readonly [string, string, KeyPath, YamlValue, string][] = [
  ['at the end', 'a: 1\nb: 2\n', ['c'], 3, 'a: 1\nb: 2\nc: 3\n'],
  ['behind a file without a final line break', 'a: 1', ['c'], 3, 'a: 1\nc: 3'],
  ['with the file’s line breaks', 'a: 1\r\n', ['c'], 3, 'a: 1\r\nc: 3\r\n'],
  ['into an empty text with a mark', '---\n', ['c'], 3, '---\nc: 3\n'],
  ['under a list’s key', 'a:\n  - x\n', ['c'], ['y'], 'a:\n  - x\nc:\n  - y\n'],
  ['under its commented-out default', '# c: 2\n\na: 1\n', ['c'], 3, '# c: 2\nc: 3\n\na: 1\n'],
  ['under a default without a space', 'a: 1\n#c: 2\n#d: 2\n', ['c'], 3, 'a: 1\n#c: 2\nc: 3\n#d: 2\n'],
  [
    'under a default of several lines',
    'a: 1\n# c:\n#   - x\n#   - y\n# d: 1\n',
    ['c'],
    ['z'],
    'a: 1\n# c:\n#   - x\n#   - y\nc:\n  - z\n# d: 1\n',
  ],
  ['into a file of comments', '# c: 2\n# d: 3\n', ['c'], 3, '# c: 2\nc: 3\n# d: 3\n'],
  ['into a file of comments behind a mark', '---\n# c: 2\n# d: 3\n', ['d'], 4, '---\n# c: 2\n# d: 3\nd: 4\n'],
  [
    'not under a default of another mapping',
    '# p:\n#   c: 2\na: 1\n',
    ['c'],
    3,
    '# p:\n#   c: 2\na: 1\nc: 3\n',
  ],
  [
    'not under text that looks like a default',
    'a: |\n  # c: 1\nb: 1\n',
    ['c'],
    3,
    'a: |\n  # c: 1\nb: 1\nc: 3\n',
  ],
  [
    'behind the sibling with the longest common name',
    'x_y_a: 1\nz: 1\n',
    ['x_y_b'],
    2,
    'x_y_a: 1\nx_y_b: 2\nz: 1\n',
  ],
  [
    'behind its add-on’s switch',
    'helm_enabled: true\n\nz: 1\n',
    ['helm_version'],
    'v3',
    'helm_enabled: true\nhelm_version: v3\n\nz: 1\n',
  ],
  [
    'behind commented-out siblings',
    'a: 1\n\n# x_y_a: 1\n# x_y_b: 1\n\nz: 1\n',
    ['x_y_enabled'],
    true,
    'a: 1\n\n# x_y_a: 1\n# x_y_b: 1\nx_y_enabled: true\n\nz: 1\n',
  ],
  ['into a nested mapping', 'a:\n    b: 1\nc: 2\n', ['a', 'd'], 2, 'a:\n    b: 1\n    d: 2\nc: 2\n'],
  [
    'under a nested default',
    'a:\n  b: 1\n  # d: 1\n  # e: 1\nc: 2\n',
    ['a', 'd'],
    2,
    'a:\n  b: 1\n  # d: 1\n  d: 2\n  # e: 1\nc: 2\n',
  ],
  [
    'under a nested default where all are comments',
    'a:\n    # d: 1\n    # e: 1\nc: 2\n',
    ['a', 'd'],
    2,
    'a:\n    # d: 1\n    d: 2\n    # e: 1\nc: 2\n',
  ],
  ['as first child of nothing', 'a:  # note\nc: 2\n', ['a', 'd'], 2, 'a:  # note\n  d: 2\nc: 2\n'],
  ['as first child of `{}`', 'a: {}  # note\nc: 2\n', ['a', 'd'], 2, 'a:  # note\n  d: 2\nc: 2\n'],
  ['with parents that are missing', 'a: 1\n', ['b', 'c', 'd'], 2, 'a: 1\nb:\n  c:\n    d: 2\n'],
  ['into brackets', 'a: {b: 1}\n', ['a', 'd'], ['x, y'], 'a: {b: 1, d: ["x, y"]}\n'],
  [
    'into brackets over several lines',
    'a: {\n  b: 1,\n  c: 2\n}\n',
    ['a', 'd'],
    3,
    'a: {\n  b: 1,\n  c: 2,\n  d: 3\n}\n',
  ],
  ['into an item', '- a: 1\n- b: 1\n', [0, 'c'], 2, '- a: 1\n  c: 2\n- b: 1\n'],
  ['before the end mark', 'a: 1\n...\n', ['b'], 2, 'a: 1\nb: 2\n...\n'],
]

describe('insertKey', () => {
  test.each(table)('puts a key in %s', (...[, before, path, value, after]) => {
    expect(edited(before, (document) => insertKey(document, path, value))).toBe(after)
  })

  test('leaves what is there, and what is no mapping', () => {
    expect(insertKey(documentOf('a: 1\n'), ['a'], 2)).toBeUndefined()
    expect(insertKey(documentOf('a: 1\n'), ['a', 'b'], 2)).toBeUndefined()
    expect(insertKey(documentOf('- 1\n'), ['a'], 2)).toBeUndefined()
    expect(insertKey(documentOf('b: &x {c: 1}\na: *x\n'), ['a', 'd'], 2)).toBeUndefined()
  })
})

describe('insertBlock', () => {
  const before = yaml`
    tasks:
      - name: a
        x: 1
      # about b
      - name: b
  `
  const block = { text: '    - name: new\n      when: |\n        y\n\n        z\n', indent: 4 }

  test.each([
    [
      -1,
      'tasks:\n  - name: new\n    when: |\n      y\n\n      z\n  - name: a\n    x: 1\n  # about b\n  - name: b\n',
    ],
    [
      0,
      'tasks:\n  - name: a\n    x: 1\n  - name: new\n    when: |\n      y\n\n      z\n  # about b\n  - name: b\n',
    ],
    [
      1,
      'tasks:\n  - name: a\n    x: 1\n  # about b\n  - name: b\n  - name: new\n    when: |\n      y\n\n      z\n',
    ],
  ])('puts lines behind child %i, moved to its column', (after, result) => {
    const made = edited(before, (document) => {
      const root = document.root
      const parent = root?.kind === 'mapping' ? root.entries[0]?.value : undefined
      if (parent?.kind !== 'sequence') throw new Error('no list')
      return insertBlock(document, { parent, after }, block)
    })
    expect(made).toBe(result)
  })

  test('takes the place behind a dash', () => {
    const made = edited('- b: 1\n', (document) => {
      const item = document.root?.kind === 'sequence' ? document.root.items[0]?.value : undefined
      if (item?.kind !== 'mapping') throw new Error('no mapping')
      return insertBlock(document, { parent: item, after: -1 }, { text: 'a:\n  - x\n', indent: 0 })
    })
    expect(made).toBe('- a:\n    - x\n  b: 1\n')
  })
})
