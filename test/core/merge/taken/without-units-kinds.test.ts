import { describe, expect, test } from 'vitest'
import { leftOfFile, type PatchedFile } from '../../../support/left-of-file.ts'

const ALL = /./
const NONE = /^$/
const [OLD, NEW] = ['old_setting: 1\n', 'new_setting: 1\n']
const [FIRST, LAST] = ['first_setting: 1\n', 'last_setting: 1\n']

describe('what a patch takes away goes with what it puts in', () => {
  const [before, after] = [FIRST + OLD + LAST, FIRST + NEW + LAST]
  test.each<[string, PatchedFile, string | undefined]>([
    ['upstream has nothing of it', { before, after, has: NONE }, after],
    ['all of it, and took the old away', { before, after, release: after, has: ALL }, undefined],
    ['all of it, and the old stands on', { before, after, release: before + NEW, has: ALL }, FIRST + LAST],
    [
      'another value of a key, which upstream had and went on from: the key is not taken away',
      { before: FIRST + 'a_key: 1\n', after: FIRST + 'a_key: 2\n', release: FIRST + 'a_key: 1\n', has: ALL },
      undefined,
    ],
    [
      'another item in the place of one, which stands on',
      {
        before: FIRST + '- name: first_one\n',
        after: FIRST + '- name: other_one\n',
        release: FIRST + '- name: first_one\n- name: other_one\n',
        has: ALL,
      },
      FIRST,
    ],
    [
      'another value in a text that is no YAML, where a name may be set twice',
      {
        path: 'a.sh',
        before: FIRST + 'A_NAME=1\n',
        after: FIRST + 'A_NAME=2\n',
        release: FIRST + 'A_NAME=1\nA_NAME=2\n',
        has: ALL,
      },
      FIRST,
    ],
    [
      'all of it; of the old, which stands twice, nobody can tell',
      { before: before + OLD, after: after + OLD, release: before + NEW, has: ALL },
      undefined,
    ],
    [
      'all of it; of the old, which says nothing, nobody can tell',
      { before: FIRST + '---\n' + LAST, after, release: FIRST + '---\n' + NEW + LAST, has: ALL },
      undefined,
    ],
    [
      'one of two pieces, and took the old away',
      { before, after: `${FIRST}own_setting: 1\n${NEW}${LAST}`, release: after, has: /new/ },
      `${FIRST}own_setting: 1\n${LAST}`,
    ],
    [
      'all but what is blank, and took the old away',
      { path: 'a.txt', before, after: `${FIRST}${NEW}\n${LAST}`, release: after, has: /new/ },
      undefined,
    ],
    [
      'nothing: it only takes away',
      { before, after: FIRST + LAST, release: FIRST + LAST, has: ALL },
      FIRST + LAST,
    ],
    [
      'what stands at one of two places',
      { before, after: NEW + FIRST + LAST + 'own_setting: 1\n', release: NEW + before, has: /new/ },
      `${FIRST}${LAST}own_setting: 1\n`,
    ],
  ])('%s', (_what, row, text) => {
    expect(leftOfFile(row)?.text).toBe(text)
  })

  test('its new name and its mode are left to carry', () => {
    const whole = { before, after, release: after, has: ALL }
    expect(leftOfFile({ ...whole, to: 'b.yml' })).toMatchObject({ to: 'b.yml', text: before })
    expect(leftOfFile({ ...whole, mode: '100755' })).toMatchObject({
      after: { mode: '100755' },
      text: before,
    })
  })
})

describe('blank lines that set pieces apart', () => {
  const task = (name: string): string => `- name: ${name}\n  command: run_${name}\n`
  const [one, own, theirs, two] = ['first', 'own', 'theirs', 'second'].map(task) as [
    string,
    string,
    string,
    string,
  ]
  test.each<[string, string, string, RegExp, string]>([
    [
      'go with the piece before others',
      `${one}\n${two}`,
      `${one}\n${theirs}\n${own}\n${two}`,
      /theirs/,
      `${one}\n${own}\n${two}`,
    ],
    [
      'go with the piece behind others',
      `${one}\n${two}`,
      `${one}\n${own}\n${theirs}\n${two}`,
      /theirs/,
      `${one}\n${own}\n${two}`,
    ],
    [
      'stay where nothing blank stands before them',
      `${one}${two}`,
      `${one}${theirs}\n${own}${two}`,
      /theirs/,
      `${one}\n${own}${two}`,
    ],
  ])('%s', (_what, ...row) => {
    const [before, after, has, text] = row
    expect(leftOfFile({ before, after, has })?.text).toBe(text)
  })

  test('in front of a piece are left out only behind one that is', () => {
    const [before, own_, mine, has] = ['a_line here\n', 'own words\n', 'my words\n', /their words/]
    const after = `${before}\n${own_}\n\n${mine}\ntheir words\n`
    expect(leftOfFile({ path: 'a.txt', before, after, has })?.text).toBe(`${before}\n${own_}\n\n${mine}\n`)
  })
})

/** Blocks that end alike: a diff shows the end as one that stays, and as the new one's it would stay without a beginning. */
describe('the end that a block shares with the one in whose place it came', () => {
  const [TOP, REST] = ['the top of it\n', 'the rest of it\n']
  test.each<[string, string, string, string, string]>([
    [
      'in YAML',
      'a.yml',
      '- name: the old\n  command: old\n',
      '- name: the new\n  command: new\n',
      '  become: true\n',
    ],
    ['in a template', 'a.conf.j2', '{% if old %}\nof old\n', '{% if new_one %}\nof new\n', '{% endif %}\n'],
    [
      'of a loop in it',
      'a.conf.j2',
      '{%- for old in all %}\nof old\n',
      '{%- for new in all %}\nof new\n',
      '{%- endfor %}\n',
    ],
    [
      'of two in it',
      'a.j2',
      '{% if old %}\n{% for a in b %}\nof old\n',
      '{% if new_one %}\n{% for c in d %}\nof new\n',
      '{% endfor %}\n{% endif %}\n',
    ],
    ['in a script', 'a.sh', 'if is_old; then\n  of_old\n', 'if is_new; then\n  of_new\n', 'fi\n'],
    [
      'of a loop in a script',
      'a.sh',
      'for old in one; do\n  of_old\n',
      'while is_new; do\n  of_new\n',
      'done\n',
    ],
    ['of a statement without blanks', 'a.j2', '{%if old%}\nof old\n', '{%if new%}\nof new\n', '{%endif%}\n'],
    [
      'of one with another way out',
      'a.sh',
      'if is_old; then\n  of_old\nelif so; then\n  old_so\n',
      'if is_new; then\n  of_new\nelif so_too; then\n  echo done\n',
      'fi\n',
    ],
    [
      'of one with another in it',
      'a.sh',
      'if is_old; then\n  if old; then\n    of_old\n  fi # of old\n',
      'if is_new; then\n  for new in all; do\n    of_new\n  done # of new\n',
      'fi\n',
    ],
    [
      'of one with a line that closes itself',
      'a.sh',
      'if is_old; then\n  if old; then of_old; fi  \n',
      'if is_new; then\n  if new; then of_new; fi\n',
      'fi\n',
    ],
    [
      'of brackets in brackets',
      'a.conf',
      'old_section {\n  old {  \n  }\n',
      'new_section {\n  new {\n    of_new here\n  }\n',
      '}\n',
    ],
    ['of brackets', 'a.conf', 'old_section {\n  of_old here\n', 'new_section {\n  of_new here\n', '}\n'],
    ['of a list', 'a.json', '"old_list": [\n  "of_old",\n', '"new_list": [\n  "of_new",\n', '],\n'],
  ])('%s goes with it where the old one stands on', (_where, ...row) => {
    const [path, old, made, end] = row
    const [before, after] = [`${TOP}${old}${end}${REST}`, `${TOP}${made}${end}${REST}`]
    expect(leftOfFile({ path, before, after, has: ALL })?.text).toBe(`${TOP}${REST}`)
    const [atEnd, made_] = [before, after].map((all) => all.replace(REST, '')) as [string, string]
    expect(leftOfFile({ path, before: atEnd, after: made_, has: ALL })?.text).toBe(TOP)
    // Where nothing of it is upstream's it stays.
    expect(leftOfFile({ path, before, after, has: NONE })?.text).toBe(after)
  })

  test.each<[string, PatchedFile, string]>([
    [
      'in the place of lines that it does not end',
      { path: 'a.sh', before: 'set_old here\nfi\n', after: 'if is_new; then\n  of_new\nfi\n', has: ALL },
      'fi\n',
    ],
    [
      'in the place of one line that closes itself',
      { path: 'a.sh', before: 'if is_old; then of_old; fi\nfi\n', after: 'if is_new; then\nfi\n', has: ALL },
      'fi\n',
    ],
    [
      'in the place of a setting beside it',
      {
        before: 'one_key:\n  old_deep: 1\n  become: 1\n',
        after: 'one_key:\n  other_deep: 1\nnew_key:\n  become: 1\n',
        has: ALL,
      },
      'one_key:\n  become: 1\n',
    ],
    [
      'in the place of nothing',
      {
        before: 'one_key:\n  become: true\n',
        after: 'one_key:\n  own_key: 1\nnext_key:\n  become: true\n',
        has: /next_key/,
      },
      'one_key:\n  own_key: 1\n  become: true\n',
    ],
    [
      'whose last piece is the patch’s own',
      {
        before: `- name: the old\n  command: old\n  become: true\n`,
        after: `- name: the new\n  command: new\n- name: the own\n  command: own\n  become: true\n`,
        has: /new/,
      },
      '- name: the own\n  command: own\n  become: true\n',
    ],
    [
      'into which the patch puts more',
      {
        before: `- name: the old\n  command: old\n  become: true\n  when: so\n`,
        after: `- name: the new\n  command: new\n  become: true\n  own_one: 1\n  when: so\n`,
        has: /the new/,
      },
      '  become: true\n  own_one: 1\n  when: so\n',
    ],
    [
      'where the patch changes more of it',
      {
        before: `- name: the old\n  command: old\n  become: true\n  when: so\n`,
        after: `- name: the new\n  command: new\n  become: true\n  when: not_so\n`,
        has: /the new/,
      },
      '  become: true\n  when: not_so\n',
    ],
    [
      'where more stands before it',
      {
        path: 'a.conf',
        before: 'old_section {\n  of_old here\n  of both\n}\n',
        after: 'new_section {\n  of_new here\n  of both\n}\n',
        has: ALL,
      },
      '  of both\n}\n',
    ],
    [
      'as far as it is that of what both are in',
      {
        path: 'a.conf',
        before: 'outer_one {\n  old_section {\n    of_old here\n  }\n}\n',
        after: 'outer_one {\n  new_section {\n    of_new here\n  }\n}\n',
        has: ALL,
      },
      'outer_one {\n}\n',
    ],
    [
      'where it ends one of two',
      {
        path: 'a.conf',
        before: `old_section {\n  old_deep {\n}\n${REST}`,
        after: `new_section {\n  new_deep {\n}\n${REST}`,
        has: ALL,
      },
      `}\n${REST}`,
    ],
  ])('stays %s', (_where, row, text) => {
    expect(leftOfFile(row)?.text).toBe(text)
  })
})
