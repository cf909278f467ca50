import { describe, expect, test } from 'vitest'
import { ownFiles } from '../../../../src/core/merge/taken/own-files.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

/** What a patch takes out of a file, hunk by hunk, and the pieces of what it puts in, as they stand there. */
function hunksOf(path: string, before: string, after: string) {
  const workspace = new Workspace()
  const entry = (text: string) => ({ mode: '100644' as const, oid: workspace.put(splitLines(text)) })
  const [file] = ownFiles([{ path, to: path, before: entry(before), after: entry(after) }], workspace)
  return (file?.hunks ?? []).map(({ removed, units }) => ({
    removed,
    put: units.map(({ start, end }) => file?.after.slice(start, end).join('') ?? ''),
  }))
}

function pieces(path: string, before: string, after: string): readonly string[] {
  return hunksOf(path, before, after).flatMap(({ put }) => put)
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
      'a block that it does not end holds all of it together',
      `${block('a')}{% if c %}\nc_option = 1\n`,
      [`${block('a')}{% if c %}\nc_option = 1\n`],
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

describe('what a patch puts in goes piece by piece', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['settings', 'own_a: 1\nown_b:\n  deep: 1\n', ['own_a: 1\n', 'own_b:\n  deep: 1\n']],
    [
      'a comment goes with what is below it',
      '# why\nown_a: 1\n# too\n# and on\nown_b: 1\n',
      ['# why\nown_a: 1\n', '# too\n# and on\nown_b: 1\n'],
    ],
    ['a blank line as well', 'own_a: 1\n\nown_b: 1\n', ['own_a: 1\n', '\nown_b: 1\n']],
    ['comments alone are one', '# why\n\n# and on\n', ['# why\n\n# and on\n']],
    ['an open list holds all together', 'own_a: [\n1]\nown_b: 1\n', ['own_a: [\n1]\nown_b: 1\n']],
  ])('in YAML: %s', (_, put, expected) => {
    expect(pieces('a.yml', 'first: 1\nend: 1\n', `first: 1\n${put}end: 1\n`)).toEqual(expected)
  })

  test.each<readonly [string, string, readonly string[]]>([
    ['settings', 'own_a = 1\nown_b = 1\n', ['own_a = 1\n', 'own_b = 1\n']],
    [
      'a blank line goes with the setting above',
      'own_a = 1\n \nown_b = 1\n',
      ['own_a = 1\n \n', 'own_b = 1\n'],
    ],
    [
      'paragraphs',
      'some words here\nand more\n\n\nother words\n',
      ['some words here\nand more\n\n\n', 'other words\n'],
    ],
    ['settings among words are of their paragraph', 'own_a = 1\nsome words\n', ['own_a = 1\nsome words\n']],
    ['blocks of a script', 'if is_a; then\n  A=1\nfi\nB=1\n', ['if is_a; then\n  A=1\nfi\n', 'B=1\n']],
    [
      'also further in',
      '  if is_a; then\n    A=1\n  fi\n  B=1\n',
      ['  if is_a; then\n    A=1\n  fi\n', '  B=1\n'],
    ],
    [
      'a word of a script in a value is none',
      'own_a = 1 if so\nown_b = 1\n',
      ['own_a = 1 if so\n', 'own_b = 1\n'],
    ],
    [
      'a backslash in a line holds nothing',
      'own_a = c:\\dir\nown_b = 1\n',
      ['own_a = c:\\dir\n', 'own_b = 1\n'],
    ],
    ['an open bracket does', 'own_a = [\nown_b = 1\n', ['own_a = [\nown_b = 1\n']],
    ['with a blank behind it', 'own_a = [  \nown_b = 1\n', ['own_a = [  \nown_b = 1\n']],
    ['a closing one as well', 'own_a = 1\n]\nown_b = 1\n', ['own_a = 1\n]\nown_b = 1\n']],
    ['further in', 'own_a = 1\n   ]\nown_b = 1\n', ['own_a = 1\n   ]\nown_b = 1\n']],
  ])('in other text: %s', (_, put, expected) => {
    expect(pieces('a.conf', 'first = 1\nend = 1\n', `first = 1\n${put}end = 1\n`)).toEqual(expected)
  })

  test.each<readonly [string, string, string, readonly string[]]>([
    [
      'an item that begins as the next one does',
      '- when: so\n  b_key: 2\n- when: so\n  b_key: 4\n',
      '- when: so\n  b_key: 2\n- when: so\n  b_key: 3\n- when: so\n  b_key: 4\n',
      ['- when: so\n  b_key: 3\n'],
    ],
    [
      'an item that ends as the one before it does',
      '- a_key: 1\n  when: so\n- a_key: 3\n  when: so\n',
      '- a_key: 1\n  when: so\n\n- a_key: 2\n  when: so\n- a_key: 3\n  when: so\n',
      ['\n- a_key: 2\n  when: so\n'],
    ],
  ])('from where it begins: %s', (_, before, after, expected) => {
    expect(pieces('a.yml', before, after)).toEqual(expected)
  })
})

describe('a value that is given anew is a hunk of its own', () => {
  const [OLD, ANEW, OWN] = ['an_option = 1\n', 'an_option = 2\n', 'own_one = 1\n']
  const anew = { removed: ['an_option=1'], put: [ANEW] }
  const own = { removed: [], put: [OWN] }
  test.each([
    ['alone', OLD, ANEW, [anew]],
    ['above what is put in', OLD, ANEW + OWN, [anew, own]],
    ['below what is put in', OLD, OWN + ANEW, [own, anew]],
    [
      'not beside a line that is taken away',
      `${OLD}gone_one = 1\n`,
      `${ANEW}${OWN}other_one = 1\n`,
      [{ removed: ['an_option=1', 'gone_one=1'], put: [ANEW, OWN, 'other_one = 1\n'] }],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(hunksOf('a.conf', `first = 1\n${before}end = 1\n`, `first = 1\n${after}end = 1\n`)).toEqual(
      expected,
    )
  })
})

test('a file that the patch adds is one hunk; what is no text on both sides, or is not known, has none', () => {
  const workspace = new Workspace()
  const text = { mode: '100644' as const, oid: workspace.put(['own: 1\n']) }
  const ofFile = (before: Entry | undefined, after: Entry | undefined) =>
    ownFiles([{ path: 'a.yml', to: 'a.yml', before, after }], workspace).map(({ hunks }) => hunks.length)
  expect(ofFile(undefined, text)).toEqual([1])
  expect(ofFile(text, undefined)).toEqual([1])
  expect(ofFile({ ...text, mode: '120000' }, text)).toEqual([])
  expect(ofFile(text, { ...text, mode: '120000' })).toEqual([])
  expect(ofFile(text, { ...text, oid: new Workspace().put(['other: 1\n']) })).toEqual([])
})
