import { expect, test } from 'vitest'
import { blobOid } from '../../../../src/core/model/oid.ts'
import type { Tree } from '../../../../src/core/model/tree.ts'
import { FileReader } from '../../../../src/core/series/account/accounted-trees.ts'
import { editedUnsaid } from '../../../../src/core/series/account/edited-unsaid.ts'

const FILE = 'inventory/home/group_vars/all.yml'

/** A file before an edit that says that it is about `gone` and `gone_too`, the file after it, and the lines that are not named by that. */
const CASES: readonly (readonly [what: string, before: string, after: string, unsaid: readonly string[]])[] =
  [
    ['what is named', 'a: 1\ngone: x\n', 'a: 1\n', []],
    ['what is named, with what stands below it', 'gone:\n  - x\n  y: z\na: 1\n', 'a: 1\n', []],
    ['the comment right above it', 'a: 1\n\n# On for a while.\ngone: x\n', 'a: 1\n\n', []],
    ['its comment of two lines', 'a: 1\n# On for\n# a while.\ngone: x\n', 'a: 1\n', []],
    ['the comment of a key below another', 'a:\n  b: 1\n  # why\n  gone: x\n', 'a:\n  b: 1\n', []],
    [
      'comments of two that are named, one after the other',
      '# first\ngone: x\n# second\ngone_too: y\na: 1\n',
      'a: 1\n',
      [],
    ],
    ['a comment with a blank between', '# Ours.\n\ngone: x\na: 1\n', 'a: 1\n', ['# Ours.']],
    ['a comment above something else', '# Ours.\na: 1\ngone: x\n', 'a: 1\n', ['# Ours.']],
    ['a comment of another depth', 'a:\n  b: 1\n  # deep\ngone: x\n', 'a:\n  b: 1\n', ['  # deep']],
    ['a comment at the end', 'gone: x\n# Ours.\n', '', ['# Ours.']],
    ['what stands below another variable', 'gone: x\nmine:\n  - y\na: 1\n', 'a: 1\n', ['mine:', '  - y']],
    ['what stands below it, behind a remark', 'gone:\n# why\n  - x\na: 1\n', 'a: 1\n', ['# why']],
    ['items right below it', 'gone:\n- x\n-\n  y\nmine: 1\na: 1\n', 'a: 1\n', ['mine: 1']],
    ['a number below zero in its place', 'gone:\n-1\na: 1\n', 'a: 1\n', ['-1']],
    ['what stands elsewhere now', 'b: 1\nb: 1\na: 1\n', 'a: 1\n  b: 1\n', ['b: 1']],
    [
      'a comment in the middle of what is named',
      '# Ours.\n\n\n# why\ngone: x\na: 1\n',
      'a: 1\n',
      ['# Ours.'],
    ],
    ['a value with a dash', 'gone: x\nmine: y - z\na: 1\n', 'a: 1\n', ['mine: y - z']],
    ['items below a variable that stands deeper', 'a:\n  gone:\n  - x\n', 'a:\n', []],
    ['an item after one in which it stood', '- b: 1\n  gone: x\n- c: 2\n', '- b: 1\n', ['- c: 2']],
    ['what stands higher now', 'a:\n  b: 1\n', 'a:\nb: 1\n', []],
    [
      'a remark of another one below it',
      'a:\n  gone: x\n  # why\n  mine: y\n',
      'a:\n',
      ['  # why', '  mine: y'],
    ],
    ['a variable of a longer name', 'gone: x\ngone_for_good: y\na: 1\n', 'a: 1\n', ['gone_for_good: y']],
    ['its value behind another name', 'export WENT="7 of"\na: 1\n', 'a: 1\n', []],
    ['a part of its value', 'gone: 7 of\nmine: 7\na: 1\n', 'a: 1\n', ['mine: 7']],
    ['what has its value in another', 'mine: 10.0.27 of\na: 1\n', 'a: 1\n', ['mine: 10.0.27 of']],
    ['another variable', 'gone: x\nmine: y\na: 1\n', 'a: 1\n', ['mine: y']],
    ['another variable with its comment', 'gone: x\n# why\nmine: y\na: 1\n', 'a: 1\n', ['# why', 'mine: y']],
  ]

test.each(CASES)('an edit that takes away %s', (_what, before, after, unsaid) => {
  const versions = [before, after].map((text) => Buffer.from(text))
  const [was, is] = versions.map((bytes): Tree => new Map([[FILE, { mode: '100644', oid: blobOid(bytes) }]]))
  const reader = new FileReader(new Map(versions.map((bytes) => [blobOid(bytes), bytes])))
  const edit = { before: was as Tree, after: is as Tree, words: ['gone', 'gone_too', '7 of', ''] }
  expect(editedUnsaid(edit, reader).map(({ text }) => text)).toEqual(unsaid)
})
