import { describe, expect, test } from 'vitest'
import { accountOf, named } from '../../../support/account.ts'

const [OWN, THEIRS] = ['own_port: 1', 'own_port: 2']

/** What is told twice where the fork adds `own_port: 1` and upstream `own_port: 2`, each at its mark, and the result has both. */
function twice(...lines: readonly string[]): readonly string[] {
  const text = (without: (line: string) => boolean): string =>
    lines.flatMap((line) => (without(line) ? [] : [`${line}\n`])).join('')
  const [isOwn, isTheirs] = [(line: string) => line.includes(OWN), (line: string) => line.includes(THEIRS)]
  const account = accountOf({
    base: { f: text((line) => isOwn(line) || isTheirs(line)) },
    head: { f: text(isTheirs) },
    release: { f: text(isOwn) },
    result: { f: text(() => false) },
  })
  return named(account).map((said, at) => `${said.replace(' f:', '')} ${account.unplaced[at]?.line}`)
}

describe('a setting that fork and upstream add with two values', () => {
  const TWICE = (line: number, text: string = THEIRS): readonly string[] => [`twice ${text} ${line}`]
  test.each<[string, readonly string[], readonly string[]]>([
    ['is there twice right beside the other', ['first: 1', OWN, THEIRS, 'last: 1'], TWICE(3)],
    ['before it, in the first line', [THEIRS, OWN, 'last: 1'], TWICE(1)],
    [
      'far from it, behind remarks and blank lines',
      [OWN, 'first: 1', '', '  # why', 'last: 1', THEIRS],
      TWICE(6),
    ],
    ['below one setting', ['first:', `  ${OWN}`, '  with: 1', `  ${THEIRS}`], TWICE(4)],
    ['and not below two', ['first:', `  ${OWN}`, 'last:', `  ${THEIRS}`], []],
    ['nor deeper below one', ['first:', `  ${OWN}`, '  last:', `    ${THEIRS}`], []],
    ['nor below one and above all', ['first:', `  ${OWN}`, THEIRS], []],
    [
      'below the same, after what stands deeper',
      ['first:', `  ${OWN}`, '  with:', '    more: 1', `  ${THEIRS}`],
      TWICE(5),
    ],
    ['behind a remark and a blank line', ['first:', `  ${OWN}`, '# why', '', `  ${THEIRS}`], TWICE(5)],
    ['in one item', ['- name: one', `  ${OWN}`, `  ${THEIRS}`], TWICE(3)],
    [
      'in one item, on the line of its dash',
      ['all:', `  - ${OWN}`, '    name: one', `    ${THEIRS}`],
      TWICE(4),
    ],
    ['and not in two', ['- name: one', `  ${OWN}`, '- name: two', `  ${THEIRS}`], []],
    [
      'in one item whose dash stands apart',
      ['-   name: one', `    ${OWN}`, '    with: 1', `    ${THEIRS}`],
      TWICE(4),
    ],
    ['behind a dash that stands apart', [`-   ${OWN}`, '    with: 1', `    ${THEIRS}`], TWICE(3)],
    ['in one section', ['[one]', OWN, THEIRS], TWICE(3)],
    ['and not in two', ['[one]', OWN, '[two]', THEIRS], []],
    ['in one template statement', ['{% if one %}', OWN, THEIRS, '{% endif %}'], TWICE(3)],
    ['and not in two', ['{% if one %}', OWN, '{% endif %}', '{% if two %}', THEIRS, '{% endif %}'], []],
    [
      'nor in two that strip blanks',
      ['{%- if one -%}', OWN, '{%- endif -%}', '{%+ if two %}', THEIRS, '{% endif %}'],
      [],
    ],
    ['nor in both parts of one', ['{% if one %}', OWN, '{% else %}', THEIRS, '{% endif %}'], []],
    ['nor in two parts', ['{% if one %}', OWN, '{% elif two %}', THEIRS, '{% endif %}'], []],
    [
      'nor in two that stand deeper',
      ['  {%if one%}', OWN, '  {%endif%}', '  {%if two%}', THEIRS, '  {%endif%}'],
      [],
    ],
    ['nor in a loop and behind it', ['{% for one in all %}', OWN, '{% endfor %}', THEIRS], []],
    [
      'behind statements that are closed',
      [OWN, '{% if one %}', 'first: 1', '{% else %}', '{% endif %}', THEIRS],
      TWICE(6),
    ],
    [
      'beside what is set on the way',
      ['{% if one %}', OWN, '{% set two = 1 %}', THEIRS, '{% endif %}'],
      TWICE(4),
    ],
    ['and not where upstream’s is commented out', ['first: 1', OWN, `# ${THEIRS}`], []],
    ['nor so below one setting', ['first:', `  ${OWN}`, `  # ${THEIRS}`], []],
    ['nor where the fork’s is', ['first: 1', `#${OWN}`, THEIRS], []],
  ])('%s', (_what, lines, expected) => {
    expect(twice(...lines)).toEqual(expected)
  })
})

describe('a setting is no concern', () => {
  const told = (base: string, head: string, release: string, result: string): readonly string[] => {
    const text = (words: string) => ({
      f: words
        .split('|')
        .map((line) => `${line}\n`)
        .join(''),
    })
    return named(
      accountOf({ base: text(base), head: text(head), release: text(release), result: text(result) }),
    )
  }
  test.each<[string, Parameters<typeof told>]>([
    [
      'that the base has',
      ['own_port: 3', `own_port: 3|${OWN}`, `own_port: 3|${THEIRS}`, `own_port: 3|${OWN}|${THEIRS}`],
    ],
    [
      'that upstream has twice itself',
      ['a: 1', `a: 1|${OWN}`, `a: 1|${THEIRS}|own_port: 3`, `a: 1|${OWN}|${THEIRS}|own_port: 3`],
    ],
    [
      'that the fork has twice itself',
      ['a: 1', `a: 1|${OWN}|own_port: 3`, `a: 1|${THEIRS}`, `a: 1|${OWN}|own_port: 3|${THEIRS}`],
    ],
    ['that only one of them has', ['a: 1', `a: 1|${OWN}`, `a: 1|their_port: 2`, `a: 1|${OWN}|their_port: 2`]],
    [
      'of which the fork’s value stands there alone',
      ['a: 1', `a: 1|${OWN}`, `a: 1|${THEIRS}`, `a: 1|${OWN}`],
    ],
  ])('%s', (_what, row) => {
    expect(told(...row)).toEqual([])
  })
})

test('a setting is one for each file', () => {
  const [base, own, theirs] = ['first: 1\n', `first: 1\n${OWN}\n`, `first: 1\n${THEIRS}\n`]
  const account = accountOf(
    {
      base: { a: base, b: base },
      head: { a: own, b: base },
      release: { a: `${base}last: 1\n`, b: theirs },
      result: { a: `${own}last: 1\n`, b: theirs },
    },
    { files: [{ path: 'a', to: 'b', verdict: 'adapted' }] },
  )
  expect(named(account)).toEqual([])
})
