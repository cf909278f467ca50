import { describe, expect, test } from 'vitest'
import { ownFiles } from '../../../../src/core/merge/taken/own-files.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

/** The pieces of what a patch puts into a file, as they stand there. */
function pieces(path: string, before: string, after: string): readonly string[] {
  const workspace = new Workspace()
  const entry = (text: string) => ({ mode: '100644' as const, oid: workspace.put(splitLines(text)) })
  const [file] = ownFiles([{ path, to: path, before: entry(before), after: entry(after) }], workspace)
  return (file?.hunks ?? []).flatMap(({ units }) =>
    units.map(({ start, end }) => file?.after.slice(start, end).join('') ?? ''),
  )
}

const block = (name: string): string => `{% if ${name} %}\n${name}_option = 1\n{% endif %}\n`

describe('what a patch puts into a template goes block by block', () => {
  test.each([
    ['blocks beside each other', block('a') + block('b'), [block('a'), block('b')]],
    [
      'a blank line between them goes with the first',
      `${block('a')}\n${block('b')}`,
      [`${block('a')}\n`, block('b')],
    ],
    [
      'what stands above a block goes with it',
      `# why\n${block('a')}${block('b')}`,
      [`# why\n${block('a')}`, block('b')],
    ],
    ['what follows the last one is a piece', `${block('a')}the_last = 1\n`, [block('a'), 'the_last = 1\n']],
    [
      'a block within another goes with that',
      `{% if c %}\n${block('a')}${block('b')}{% endif %}\n${block('d')}`,
      [`{% if c %}\n${block('a')}${block('b')}{% endif %}\n`, block('d')],
    ],
    [
      'an else is no end of a block',
      `{% if c %}\na = 1\n{% else %}\na = 2\n{% endif %}\n${block('d')}`,
      [`{% if c %}\na = 1\n{% else %}\na = 2\n{% endif %}\n`, block('d')],
    ],
    [
      'ends of blocks that it does not begin hold all of it together',
      `{% endif %}\n${block('a')}{% if c %}\n`,
      [`{% endif %}\n${block('a')}{% if c %}\n`],
    ],
    [
      'lines that go on hold all of it together',
      `${block('a')}run \\\n  this\n${block('b')}`,
      [`${block('a')}run \\\n  this\n${block('b')}`],
    ],
  ])('%s', (_, put, expected) => {
    expect(pieces('a.conf.j2', 'the_first = 1\nthe_end = 1\n', `the_first = 1\n${put}the_end = 1\n`)).toEqual(
      expected,
    )
  })

  test('a diff that shows the end of the block above is read from where the new one begins', () => {
    const before = block('x') + block('y')
    const after = block('x') + block('new').replace('if new', 'if y') + block('y')
    expect(pieces('a.conf.j2', before, after)).toEqual([block('new').replace('if new', 'if y')])
  })

  test('in YAML the statements hold all of it together: what they stand in is not known from the lines', () => {
    const put = `a:\n${block('b').replace('b_option = 1', '  b: 1')}${block('c').replace('c_option = 1', '  c: 1')}`
    expect(pieces('a.yml', 'first: 1\nend: 1\n', `first: 1\n${put}end: 1\n`)).toEqual([put])
  })
})
