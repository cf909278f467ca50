import { describe, expect, test } from 'vitest'
import { checkedIn, cluster, that } from '../../support/checked-release.ts'

/** What is said of a check: its failures as `conditions: message (what is read)`, else its answer and why. */
function said(settings: string, tasks: string): readonly string[] {
  return checkedIn(cluster(settings, tasks), ['amd64']).flatMap(({ answer, failures, left }) => {
    if (answer !== 'fails') return [[answer, ...left.map(({ why, what }) => `${why} ${what}`)].join(' ')]
    return failures.map(({ conditions, message = '-', reads }) => {
      return `${conditions.join(' & ')}: ${message} (${reads.join(' ')})`
    })
  })
}

const UNTRUE = '- assert:\n    that: x == 2\n'
const BLOCK = (task: string, rest: string): string =>
  `- block:\n    ${task.trimEnd().replaceAll('\n', '\n    ')}\n${rest}`
const FAIL = '- fail:\n    msg: sorry\n'
const UNKNOWN = `  when: ansible_os_family == 'x'\n`

describe('what a failure is told by', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['its condition and what that reads', 'x: 1', UNTRUE, ['x == 2: - (x)']],
    [
      'the conditions that are untrue',
      'x: 1\ny: 2',
      '- assert:\n    that:\n      - x == 2\n      - y == 2\n      - y == x\n',
      ['x == 2 & y == x: - (x y)'],
    ],
    [
      'not by one that a host decides',
      'x: 1',
      '- assert:\n    that:\n      - ansible_memtotal_mb > 1\n      - x == 2\n',
      ['x == 2: - (x)'],
    ],
    ['what it was asked under', 'x: 1\ny: 2', `${UNTRUE}  when: y == 2\n`, ['x == 2: - (x y)']],
    [
      'what it stands in',
      'x: 1\ny: 2\nz: 3',
      BLOCK(`${UNTRUE}  when: y == 2`, '  when: z == 3\n'),
      ['x == 2: - (x y z)'],
    ],
    [
      'what a default leads to',
      'container_manager: docker',
      that(`etcd_deployment_type == 'host'`),
      [`etcd_deployment_type == 'host': - (etcd_deployment_type container_manager)`],
    ],
    [
      'of `fail` what it was asked under',
      'x: 1\ny: 2',
      `${FAIL}  when: [x == 1, y == 2]\n`,
      ['x == 1 & y == 2: sorry (x y)'],
    ],
    ['and what it stands in', 'x: 1', BLOCK(FAIL, '  when: x == 1\n'), ['x == 1: sorry (x)']],
  ])('%s', (_what, settings, tasks, expected) => {
    expect(said(settings, tasks)).toEqual(expected)
  })
})

describe('the words of the release', () => {
  test.each<[string, string, string]>([
    ['with what a template comes to', 'msg: it is {{ x }}', 'it is 1'],
    ['`fail_msg` before `msg`', 'msg: sorry\n    fail_msg: yes it is', 'yes it is'],
    ['several as one line', 'fail_msg:\n      - one   word\n      - "two {{ x }}"', 'one word two 1'],
    ['none where they are blank', 'fail_msg: "  "', '-'],
    ['as they are where they may show a secret', 'fail_msg: "the Token {{ x }}"', 'the Token {{ x }}'],
    [
      'as they are where a host decides',
      'fail_msg: "it {{ ansible_memtotal_mb }}"',
      'it {{ ansible_memtotal_mb }}',
    ],
  ])('%s', (_what, written, message) => {
    expect(said('x: 1', `${UNTRUE}    ${written}\n`)).toEqual([`x == 2: ${message} (x)`])
  })

  test('of `fail` they are its `msg`', () => {
    const task = '- fail:\n    msg: "no {{ x }}"\n    fail_msg: other\n  when: x == 1\n'
    expect(said('x: 1', task)).toEqual(['x == 1: no 1 (x)'])
  })
})

describe('a check that stops nothing, or of which nobody can tell before a host runs', () => {
  const asked = ['x == 2: - (x)']
  test.each<[string, string, string, readonly string[]]>([
    ['its failure is ignored', '', `${UNTRUE}  ignore_errors: true\n`, ['not-asked']],
    ['or may be', '', `${UNTRUE}  ignore_errors: "{{ ansible_check_mode }}"\n`, ['not-asked']],
    ['where a variable says so', 'calm: true', `${UNTRUE}  ignore_errors: "{{ calm }}"\n`, ['not-asked']],
    ['not where it says otherwise', 'calm: false', `${UNTRUE}  ignore_errors: "{{ calm }}"\n`, asked],
    ['not where it is not ignored', '', `${UNTRUE}  ignore_errors: false\n`, asked],
    ['it never fails', '', `${UNTRUE}  failed_when: false\n`, ['not-asked']],
    ['not where it may', '', `${UNTRUE}  failed_when: x == 3\n`, asked],
    ['it stands where failures are ignored', '', BLOCK(UNTRUE, '  ignore_errors: true\n'), ['not-asked']],
    ['so does `fail`', '', `${FAIL}  when: x == 1\n  ignore_errors: true\n`, ['not-asked']],
    [
      '`fail` that a block rescues',
      '',
      BLOCK(`${FAIL}  when: x == 1`, '  rescue:\n    - debug:\n        msg: b\n'),
      ['not-asked'],
    ],
    [
      'not what comes always',
      '',
      `- block:\n    - debug:\n        msg: b\n  rescue:\n    - debug:\n        msg: b\n  always:\n    ${UNTRUE.trimEnd().replaceAll('\n', '\n    ')}\n`,
      asked,
    ],
    ['`fail` without a condition stands behind what a run tells', '', FAIL, ['not-asked']],
    [
      'its condition is untrue, whatever a host says',
      '',
      `${UNTRUE}  when: [x == 3, ansible_os_family == 'x']\n`,
      ['not-asked'],
    ],
    ['a host decides whether it is asked', '', `${UNTRUE}${UNKNOWN}`, ['left host ansible_os_family']],
    ['and it is true all the same', '', `- assert:\n    that: x == 1\n${UNKNOWN}`, ['passes']],
    ['a host decides whether it comes by', '', BLOCK(UNTRUE, UNKNOWN), ['left host ansible_os_family']],
    ['or whether `fail` does', '', BLOCK(`${FAIL}  when: x == 1`, UNKNOWN), ['left host ansible_os_family']],
    [
      'a host decides of one condition and the others are true',
      '',
      '- assert:\n    that:\n      - x == 1\n      - ansible_memtotal_mb > 1\n',
      ['left host ansible_memtotal_mb'],
    ],
    ['it asserts nothing that is read', '', '- assert: that="x == 2"\n', ['left form assert']],
    ['nor nothing at all', '', '- assert:\n    msg: a\n', ['left form assert']],
  ])('%s', (_why, settings, tasks, expected) => {
    expect(said(`x: 1\n${settings}`, tasks)).toEqual(expected)
  })
})

describe('a loop', () => {
  const check = (spec: string, item = 'item'): string =>
    `- assert:\n    that: x == 2\n    fail_msg: "at {{ ${item} }}"\n${spec}`
  const many = (count: number): string => Array.from({ length: count }, (_, at) => `n${at}`).join(', ')
  test.each<[string, string, readonly string[]]>([
    ['none', check('', 'x'), ['1']],
    ['over a list', check('  loop: [a, b]\n'), ['a', 'b']],
    ['as one wrote it before', check('  with_items: [a, b]\n'), ['a', 'b']],
    ['over a list as it is', check('  with_list: [a, b]\n'), ['a', 'b']],
    ['over what a variable has', check('  loop: "{{ names }}"\n'), ['a', 'b']],
    [
      'with a name of its own',
      check('  loop: [a, b]\n  loop_control:\n    loop_var: thing\n', 'thing'),
      ['a', 'b'],
    ],
    ['over nothing', check('  loop: []\n'), []],
    [
      'over what nobody knows: once, with an item that nobody knows',
      check('  loop: "{{ nowhere }}"\n'),
      ['{{ item }}'],
    ],
    ['over what is no list', check('  loop: 5\n'), ['{{ item }}']],
    ['over a mapping', check('  with_dict: {a: 1}\n'), ['{{ item }}']],
    ['over both', check('  with_items: [a, b]\n  with_dict: {a: 1}\n'), ['{{ item }}']],
    [
      'with templates in it',
      check('  loop: ["{{ x }}", "{{ ansible_memtotal_mb }}", b]\n'),
      ['1', '{{ item }}', 'b'],
    ],
    ['over more than one would think through', check(`  loop: [${many(31)}]\n`), ['{{ item }}']],
    ['over as many as one would', check(`  loop: [${many(30)}]\n`), many(30).split(', ')],
  ])('%s', (_over, tasks, items) => {
    expect(said('x: 1\nnames: [a, b]', tasks)).toEqual(items.map((item) => `x == 2: at ${item} (x)`))
  })
})

test('what is asked of an item that nobody knows is open, and that there is one is known', () => {
  const check = (condition: string): string => `- assert:\n    that: ${condition}\n  with_dict: {a: 1}\n`
  expect(said('x: 1', check("item.key == 'b'"))).toEqual(['left form item'])
  expect(said('x: 1', check('item is defined'))).toEqual(['passes'])
  expect(said('item: 5', that('item == 5'))).toEqual(['passes'])
})
