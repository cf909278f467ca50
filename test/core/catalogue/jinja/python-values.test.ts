import { describe, expect, test } from 'vitest'
import { renderTemplate, type Scope } from '../../../../src/core/catalogue/jinja/render-template.ts'
import { UnknownForm } from '../../../../src/core/catalogue/jinja/tokens-of.ts'
import { Missing, MissingUsed, printed, type Value } from '../../../../src/core/catalogue/jinja/value.ts'

const pod = (name: string, spec?: Value): Value =>
  new Map<string, Value>([['name', name], ...(spec === undefined ? [] : [['spec', spec] as const])])

const variables: Readonly<Record<string, Value>> = {
  map: new Map<string, Value>([
    ['a', 1],
    ['b', 2],
  ]),
  list: ['a', 'b', 'c', 'b'],
  empty: [],
  none: undefined,
  yes: true,
  no: false,
  pods: [
    pod('one', new Map<string, Value>([['on', true]])),
    pod('two', new Map<string, Value>([['on', false]])),
    pod('three'),
  ],
}
const scope: Scope = {
  variable: (name) => (name in variables ? variables[name] : new Missing(name)),
  read: new Map(),
}

/** What Ansible prints for an expression. */
function shown(expression: string): string {
  return printed(renderTemplate(`{{ ${expression} }}`, scope))
}

/** Those without a filter of Ansible's were asked of Jinja 3.1.6; the others follow from what Ansible and Python document. */
describe('an expression comes to what Ansible prints', () => {
  test.each([
    // Numbers
    ["'12' | int", '12'],
    ["'3.9' | int", '3'],
    ["'-3.9' | int", '-3'],
    ["'12abc' | int", '0'],
    ["'1.24.6' | int", '0'],
    ["'128m' | int(7)", '7'],
    ["'1e3' | int", '1000'],
    ['yes | int', '1'],
    ['none | int', '0'],
    ["'1.5' | float", '1.5'],
    ["'2' | float", '2.0'],
    ["'1.2.3' | float", '0.0'],
    ["'x' | float(1.5)", '1.5'],
    ['-3 | abs', '3'],
    ['4 / 2', '2.0'],
    ['7 // 2', '3'],
    ['-7 // 2', '-4'],
    ['-7 % 3', '2'],
    ['2 ** 3', '8'],
    ['1.5 + 1', '2.5'],
    ['-(1.0)', '-1.0'],
    ['yes + 1', '2'],
    ['1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3', 'True'],
    ["'a' < 'b' and 'b' >= 'b' and 'b' > 'a' and 'a' <= 'a'", 'True'],
    // Texts
    ["'/etc/kubernetes/' | basename", ''],
    ["'/etc/kubernetes' | basename", 'kubernetes'],
    ["'/etc/kubernetes' | dirname", '/etc'],
    ["'/etc' | dirname", '/'],
    ["'etc' | dirname", ''],
    ["'a.b.c'.split('.', 1)", "['a', 'b.c']"],
    ["'a.b.c' | split('.')", "['a', 'b', 'c']"],
    ["'  a  b '.split()", "['a', 'b']"],
    ["'v1.2v'.strip('v')", '1.2'],
    ["'  x '.strip()", 'x'],
    ["'aXb'.lower() ~ 'aXb'.upper()", 'axbAXB'],
    ["'v1'.startswith('v') and 'v1'.endswith('1')", 'True'],
    ["'a-b-c'.replace('-', '')", 'abc'],
    ["'a-b' | replace('-', '_') | upper", 'A_B'],
    ["'abc'[0] ~ 'abc'[-1]", 'ac'],
    ["'abc'[1:]", 'bc'],
    ["'abc'[:-1]", 'ab'],
    ["'x' in 'axb'", 'True'],
    // Lists and mappings
    ['list | unique', "['a', 'b', 'c']"],
    ["[1, '1'] | unique | length", '2'],
    ["list | difference(['a'])", "['b', 'c']"],
    ["list | intersect(['b', 'z'])", "['b']"],
    ["['a'] | union(['b', 'a'])", "['a', 'b']"],
    ["list | join(', ')", 'a, b, c, b'],
    ['list | join', 'abcb'],
    ['list | first ~ list | last', 'ab'],
    ["empty | first | default('x')", 'x'],
    ["empty | last | default('x')", 'x'],
    ["list | reject('equalto', 'b') | list", "['a', 'c']"],
    ["list | select('in', ['a', 'c'])", "['a', 'c']"],
    ["[0, 1, '', 'x'] | select | list", "[1, 'x']"],
    ["[0, 1, '', 'x'] | reject | list", "[0, '']"],
    ["pods | map(attribute='name') | list", "['one', 'two', 'three']"],
    ["pods | map(attribute='spec.on', default=no) | list", '[True, False, False]'],
    ["pods | selectattr('spec', 'defined') | map(attribute='name') | list", "['one', 'two']"],
    ["pods | selectattr('spec', 'undefined') | map(attribute='name') | list", "['three']"],
    ["pods | selectattr('spec.on', 'defined') | map(attribute='name') | list", "['one', 'two']"],
    ["pods[:2] | selectattr('spec.on') | map(attribute='name') | list", "['one']"],
    ["pods[:2] | rejectattr('spec.on') | map(attribute='name') | list", "['two']"],
    ["pods | rejectattr('name', 'equalto', 'one') | map(attribute='name') | list", "['two', 'three']"],
    ['map | list', "['a', 'b']"],
    ['map | length + map | count', '4'],
    ['map.keys() | list', "['a', 'b']"],
    ['map.values() | list', '[1, 2]'],
    ["map.get('a') ~ map.get('z', 'other')", '1other'],
    ["map.get('z')", 'None'],
    ["'a' in map and 'z' not in map", 'True'],
    ["'abc' | list", "['a', 'b', 'c']"],
    // Truth and types
    ["yes | ternary('on', 'off') ~ no | ternary('on', 'off')", 'onoff'],
    ["none | ternary('on', 'off', 'unset')", 'unset'],
    ["'Yes' | bool ~ 'off' | bool ~ 1 | bool ~ 2 | bool", 'TrueFalseTrueFalse'],
    ["1 | type_debug ~ 1.0 | type_debug ~ 'a' | type_debug", 'intfloatstr'],
    ['none | type_debug ~ yes | type_debug ~ list | type_debug ~ map | type_debug', 'NoneTypeboollistdict'],
    ['1 | string', '1'],
  ])('%s', (expression, expected) => {
    expect(shown(expression)).toBe(expected)
  })
})

describe('a test holds where Ansible’s does', () => {
  test.each([
    ["'1.24' is version('1.24', '==')", true],
    ["'1.24' is version('1.24')", true],
    ["'1.24' is version('1.25', 'lt')", true],
    ["'1.24' is version('1.24', 'le')", true],
    ["'1.24' is version('1.23', 'gt')", true],
    ["'1.24' is version('1.24', 'ge')", true],
    ["'1.24' is version('1.24', '!=')", false],
    ["'1.9' is version('1.10', '>')", false],
    ["'1.24' is ansible.builtin.version_compare('1.2', 'ne')", true],
    ['6 is divisibleby 3', true],
    ["'abc' is match('b')", false],
    ["'abc' is match('ab')", true],
    ["'abc' is search('b')", true],
    ['none is none', true],
    ['no is none', false],
    ["'a' is string", true],
    ['1 is string', false],
    ['map is mapping', true],
    ['list is mapping', false],
    ['list is sequence and map is iterable', true],
    ['1 is iterable', false],
    ['yes is boolean', true],
    ['1 is boolean', false],
    ['1.5 is number', true],
    ["'1' is number", false],
    ['1 is integer', true],
    ['yes is integer', false],
    ['1.0 is float', true],
    ["'a' is eq('a')", true],
    ["'a' is ne('a')", false],
    ["'a' is in(list)", true],
    ["list is contains('z')", false],
    ["['a'] is subset(list)", true],
    ["['z'] is subset(list)", false],
    ["list is superset(['a', 'b'])", true],
    ["map is superset(['z'])", false],
    ["'10.0.0.1' is ansible.utils.ipv4_address", true],
    ["'10.0.0.1' is ipv6", false],
    ["'fd00::1' is ipv6_address", true],
    ["'' is falsy and 'a' is truthy", true],
  ])('%s: %s', (expression, expected) => {
    expect(shown(expression)).toBe(expected ? 'True' : 'False')
  })
})

describe('an address is told as `ipaddr` tells it', () => {
  test.each([
    ["'10.0.0.1' | ipaddr", '10.0.0.1'],
    ["'10.0.0' | ipaddr", 'False'],
    ["'10.0.0.256' | ipaddr", 'False'],
    ["'node1' | ipaddr", 'False'],
    ['yes | ipaddr', 'False'],
    ["'10.0.0.0/8/9' | ipaddr", 'False'],
    ["'10.0.0.0/33' | ipaddr", 'False'],
    ["'fd00::/64' | ipaddr", 'fd00::/64'],
    ["'10.0.0.0/8' | ipaddr('net')", '10.0.0.0/8'],
    ["'10.0.0.1/8' | ipaddr('net')", 'None'],
    ["'10.0.0.1' | ipaddr('net')", 'None'],
    ["'10.0.0.0/255.0.0.0' | ipaddr('prefix')", '8'],
    ["'10.0.0.0/255.0.255.0' | ipaddr", 'False'],
    ["'fd00::1' | ipaddr('prefix')", '128'],
    ["'10.0.0.1/8' | ipaddr('address')", '10.0.0.1'],
    ["'10.0.0.0/8' | ipaddr('address')", 'None'],
    ["'10.0.0.1' | ipaddr('ipv4')", '10.0.0.1'],
    ["'10.0.0.1' | ipaddr('ipv6')", 'False'],
    ["'10.1.2.3' | ipaddr('10.0.0.0/8')", '10.1.2.3'],
    ["'11.1.2.3' | ipaddr('10.0.0.0/8')", 'None'],
    ["'10.0.0.0/7' | ipaddr('10.0.0.0/8')", 'None'],
    ["'fd00::1' | ipaddr('10.0.0.0/8')", 'None'],
    ["['10.0.0.1', 'x', 'fd00::1'] | ipaddr", "['10.0.0.1', 'fd00::1']"],
  ])('%s', (expression, expected) => {
    expect(shown(expression)).toBe(expected)
  })
})

describe('what Python refuses, or does otherwise than we read, is no value', () => {
  test.each([
    "'5' + 1",
    "'a' * 3",
    "'a' - 1",
    "'%s' % 1",
    '1 + none',
    'list * 2',
    'none < 1',
    "'a' < 1",
    '1 / 0',
    '1 % 0',
    '-list',
    '1 | length',
    "'a b c'.split(none, 1)",
    "pods | join(', ', attribute='name')",
    "pods | join(', ', 'name')",
    "pods | map(attribute='spec') | list",
    'list | map',
    'map[0:1]',
    "'latest' is version('1.2', '<')",
    "'1.2' is version('1.3', 'about')",
    '1 is subset(list)',
    "'10.0.0.1' | ipaddr('somewhere')",
    "'10.0.0.1' | ipaddr('10.0.0.2')",
    'nowhere(1)',
    "list.append('x')",
    "lookup('file', '/etc/passwd')",
  ])('%s', (expression) => {
    expect(() => shown(expression)).toThrow(UnknownForm)
  })

  test.each(['empty | first', "map['z']", "'abc'[5]", 'list[9]', 'undef()'])(
    '%s is missing',
    (expression) => {
      expect(() => shown(expression)).toThrow(MissingUsed)
    },
  )
})
