import { describe, expect, test } from 'vitest'
import { commandWords } from '../../../../src/core/inventory/calls/command-words.ts'

const CALL = 'ansible-playbook'

/** The words from the call on; each is what stands at its places in the file. */
function words(text: string): readonly string[] {
  const found = commandWords(text, text.indexOf(CALL))
  for (const word of found)
    expect(word.offsets.map((at) => text.charAt(at)).join(''), 'where it stands').toBe(word.text)
  return found.map((each) => each.text)
}

describe('a command is cut as a shell cuts it', () => {
  test.each<[string, string, string[]]>([
    ['at blanks', 'ansible-playbook -b  x.yml', ['-b', 'x.yml']],
    ['not in quotes', `ansible-playbook -i "a b/hosts" 'c d.yml'`, ['-i', 'a b/hosts', 'c d.yml']],
    ['not at an escaped blank', 'ansible-playbook -i a\\ b/hosts x.yml', ['-i', 'a b/hosts', 'x.yml']],
    ['quotes in the middle of a word', 'ansible-playbook -e kube="a b"c x.yml', ['-e', 'kube=a bc', 'x.yml']],
    ['an empty word is one', `ansible-playbook -e '' x.yml`, ['-e', '', 'x.yml']],
    ['over an escaped end of line', 'ansible-playbook \\\n  -b \\\n  x.yml\nother', ['-b', 'x.yml']],
    ['and in quotes', 'ansible-playbook -e "a \\\n  b" x.yml', ['-e', 'a b', 'x.yml']],
    ['a backslash in single quotes is one', `ansible-playbook -e 'a\\b' x.yml`, ['-e', 'a\\b', 'x.yml']],
    ['a backslash at the end of all is none', 'ansible-playbook x.yml \\', ['x.yml']],
    ['to a remark', 'ansible-playbook x.yml # y.yml', ['x.yml']],
    ['a hash in a word is no remark', 'ansible-playbook -e a=b#c x.yml', ['-e', 'a=b#c', 'x.yml']],
    ['to the next command', 'ansible-playbook x.yml && ansible-playbook y.yml', ['x.yml']],
    [
      'a reference is one piece',
      'ansible-playbook -i ${A:-b c} $(cat d e) x.yml',
      ['-i', '${A:-b c}', '$(cat d e)', 'x.yml'],
    ],
    [
      'a template as well',
      'ansible-playbook -i {{ a b }} ${{ c.d }} x.yml',
      ['-i', '{{ a b }}', '${{ c.d }}', 'x.yml'],
    ],
    ['a reference that is not closed', 'ansible-playbook -i ${A x.yml', ['-i', '${A', 'x.yml']],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual([CALL, ...expected])
  })
})

describe('in a file of another language', () => {
  test.each<[string, string, string[]]>([
    ['a text in quotes ends with them', 'run: "ansible-playbook -b x.yml" # y', ['-b', 'x.yml']],
    [
      'with the same quotes escaped',
      'run: "ansible-playbook -i \\"a b\\" x.yml", "y"',
      ['-i', 'a b', 'x.yml'],
    ],
    ['with the other ones', `run: "ansible-playbook -i 'a b' x.yml", 'y'`, ['-i', 'a b', 'x.yml']],
    ['an escaped quote before it opens none', 'say \\" ansible-playbook x.yml y.yml', ['x.yml', 'y.yml']],
    ['an apostrophe before it opens none', "- it's ansible-playbook x.yml", ['x.yml']],
    ['lines of options go on', 'run: >-\n  ansible-playbook\n  -b\n  x.yml\nnext: y', ['-b', 'x.yml']],
    ['with its quotes in it', '["ansible-playbook", "-e", "{\\"a\\": 1}"]', ['-e', '{"a": 1}']],
    [
      'words of an array',
      '["sudo", "ansible-playbook", "-i", "a b",\n  \'x.yml\'], "y"',
      ['-i', 'a b', 'x.yml'],
    ],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual([CALL, ...expected])
  })
})

describe('items of a list are the words of one command', () => {
  test.each<[string, string, string[]]>([
    ['plain', '- ansible-playbook\n- -b\n- x.yml\nother: y\n', ['-b', 'x.yml']],
    ['at the end of a file', '  - ansible-playbook\n  - x.yml', ['x.yml']],
    ['up to an item of another list', '  - ansible-playbook\n  - x.yml\n- y.yml\n', ['x.yml']],
    ['in quotes, with blanks', `- "ansible-playbook"\n- '-e a=b c'\n- "x y.yml"\n`, ['-e a=b c', 'x y.yml']],
    [
      'with their own quotes in them',
      `- ansible-playbook\n- "{\\"a\\": 1}"\n- 'it''s'\n`,
      ['{"a": 1}', "it's"],
    ],
    [
      'with the other quotes in them',
      `- ansible-playbook\n- "-e a='b c'"\n- '{"a": "b"}'\n`,
      ["-e a='b c'", '{"a": "b"}'],
    ],
    ['with quotes in a plain one', `- ansible-playbook\n- -e a='b c'\n- x.yml\n`, ["-e a='b c'", 'x.yml']],
    ['with a remark behind one', '- ansible-playbook # it\n- -b # becomes\n- a#b.yml\n', ['-b', 'a#b.yml']],
    [
      'with a remark and a blank line between',
      '- ansible-playbook\n# whose\n\n  # it is\n- -i\n- x\n',
      ['-i', 'x'],
    ],
    ['with ends of lines of Windows', '- ansible-playbook\r\n- "-b"\r\n- x.yml\r\n', ['-b', 'x.yml']],
    [
      'with a sign of two halves',
      '- ansible-playbook\n- \u{1F680}.yml\n- x.yml\n',
      ['\u{1F680}.yml', 'x.yml'],
    ],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual([CALL, ...expected])
  })
})
