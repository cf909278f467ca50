import { describe, expect, test } from 'vitest'
import { renderTemplate, type Scope } from '../../../../src/core/catalogue/jinja/render-template.ts'
import { UnknownForm } from '../../../../src/core/catalogue/jinja/tokens-of.ts'
import { Missing, MissingUsed, type Value } from '../../../../src/core/catalogue/jinja/value.ts'

const variables: Readonly<Record<string, Value>> = {
  arch: 'arm64',
  version: 'v1.24.6',
  bare: '1.35.4',
  on: true,
  off: false,
  empty: '',
  list: ['a', 'b', 'c'],
  sums: new Map<string, Value>([
    [
      'arm64',
      new Map<string, Value>([
        ['1.35.4', 'x'],
        ['1.34.7', 'y'],
        ['1.9.0', 'z'],
      ]),
    ],
    ['no_arch', new Map<string, Value>([['2.0', 'w']])],
  ]),
  a_b_c: 'found',
}
const scope: Scope = {
  variable: (name) => (name in variables ? variables[name] : new Missing(name)),
  read: new Map(),
}
const render = (text: string): Value => renderTemplate(text, scope)

describe('an expression', () => {
  test.each<[string, Value]>([
    ['{{ arch }}', 'arm64'],
    ["{{ 'a' ~ 1 ~ on }}", 'a1True'],
    ["{{ sums[arch]['1.34.7'] }}", 'y'],
    ['{{ sums.no_arch }}', new Map([['2.0', 'w']])],
    ["{{ (sums['arm64'] | dict2items)[0].key }}", '1.35.4'],
    ["{{ (sums['arm64'] | dict2items)[-1].key }}", '1.9.0'],
    ["{{ (sums['arm64'].keys() | select('version', '1.35', '<'))[0] }}", '1.34.7'],
    ["{{ (bare | split('.'))[:-1] | join('.') }}", '1.35'],
    ["{{ ((bare | split('.'))[1] | int) + 1 }}", 36],
    ["{{ version | regex_replace('^v([0-9])+\\.([0-9]+)\\.[0-9]+', 'v\\1.\\2') }}", 'v1.24'],
    ["{{ 'x' if on else 'y' }}", 'x'],
    ["{{ 'x' if off else 'y' if on else 'z' }}", 'y'],
    ["{{ 'static-' if off }}", ''],
    ['{{ nowhere | default(arch) }}', 'arm64'],
    ['{{ nowhere.deep.inside | d(None) }}', undefined],
    ["{{ empty | default('full') }}", ''],
    ["{{ empty | default('full', true) }}", 'full'],
    ['{{ nowhere is defined }}', false],
    ['{{ arch is not defined }}', false],
    ["{{ arch in ['arm64', 'amd64'] }}", true],
    ["{{ 'q' not in list and not off }}", true],
    ["{{ bare is version('1.9', '>=') }}", true],
    ["{{ version is version('v1.25.0', '<') or off }}", true],
    ['{{ 7 is divisibleby 2 }}', false],
    ['{{ list | length == 3 }}', true],
    ["{{ list | map('upper') | list | join('') }}", 'ABC'],
    ["{{ lookup('vars', 'a_' + 'b' + '_c') }}", 'found'],
    ["{{ lookup('env', 'HOME') }}", ''],
    [
      "{{ {'k': arch} | combine({'l': 2}) }}",
      new Map<string, Value>([
        ['k', 'arm64'],
        ['l', 2],
      ]),
    ],
    ["{{ 'no' | bool }}", false],
    ["{{ 'a,b'.split(',') | last }}", 'b'],
    ['{{ [1, 2] + [3] }}', [1, 2, 3]],
    ['{{ 2 ** 3 }}', 8],
  ])('%s', (text, expected) => {
    expect(render(text)).toEqual(expected)
  })
})

describe('a template', () => {
  test.each([
    ['https://x/{{ bare }}/{{ arch }}.tgz', 'https://x/1.35.4/arm64.tgz'],
    ["{{ version }}{%- if arch != 'amd64' -%}-{{ arch }}{%- endif -%}", 'v1.24.6-arm64'],
    ['{% if off %}a{% elif on %}b{% else %}c{% endif %}', 'b'],
    ['  {%- if on -%}\n  x\n  {%- endif -%}\n', 'x'],
    ['{% raw %}{{ kept }}{% endraw %}', '{{ kept }}'],
    ["{{ '{{' }} .Tag", '{{ .Tag'],
    ['{# gone #}x', 'x'],
    ['plain', 'plain'],
  ])('%j', (text, expected) => {
    expect(render(text)).toBe(expected)
  })
})

describe('what is missing', () => {
  test.each([
    ['{{ nowhere }}', 'nowhere'],
    ["{{ sums['ppc64le'][bare] }}", "sums['ppc64le']"],
    ['{{ sums[arch][version] }}', "sums['arm64']['v1.24.6']"],
    ["{{ 'x' if nowhere else 'y' }}", 'nowhere'],
  ])('%s names %s', (text, what) => {
    expect(() => render(text)).toThrow(MissingUsed)
    expect(() => render(text)).toThrow(what)
  })
})

test.each([
  '{{ arch | filter_of_tomorrow }}',
  '{% for a in list %}{{ a }}{% endfor %}',
  '{% set a = 1 %}',
  '{{ arch is odd_test }}',
  '{{ arch @ 2 }}',
  '{{ (arch }}',
  '{{ arch.format(1) }}',
  '{% if on %}never closed',
  "{{ arch | regex_replace('(', '') }}",
  // These would take very long, and are someone else's text.
  "{{ arch | regex_replace('(a+)+$', '') }}",
  "{{ arch | regex_replace('(a|a)*b', '') }}",
  "{{ arch | regex_replace('.*.*.*.*x', '') }}",
  `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
  `{{ ${'not '.repeat(5000)}on }}`,
])('%s is not read, and says so', (text) => {
  expect(() => render(text)).toThrow(UnknownForm)
})
