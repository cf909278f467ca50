import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJinja, sameJinja } from '../../../../src/core/yaml/jinja/read-jinja.ts'

function pieces(text: string): string[] {
  return readJinja(text)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text: each }) => `${kind} ${each}`)
}

test('reads expressions, statements, comments and text', () => {
  const text = "https://{{ a.b['c'] | default(1.5) }}/x{%- if y != 2 %}-{# note #}{% endif -%}"
  expect(pieces(text)).toEqual([
    'text https://',
    'open {{',
    'name a',
    'operator .',
    'name b',
    'operator [',
    "string 'c'",
    'operator ]',
    'operator |',
    'name default',
    'operator (',
    'number 1.5',
    'operator )',
    'close }}',
    'text /x',
    'open {%-',
    'name if',
    'name y',
    'operator !=',
    'number 2',
    'close %}',
    'text -',
    'comment {# note #}',
    'open {%',
    'name endif',
    'close -%}',
  ])
})

test('closing signs do not count inside of brackets and strings', () => {
  expect(pieces("{{ {'a': {}} }}").at(-1)).toBe('close }}')
  expect(pieces("{{ '}}' }} b").at(-1)).toBe('text  b')
})

test('raw blocks are text', () => {
  expect(pieces('{% raw %}{{ x }}{% endraw %}')).toEqual([
    'open {%',
    'name raw',
    'close %}',
    'text {{ x }}',
    'open {%',
    'name endraw',
    'close %}',
  ])
})

const same: readonly [string, string, boolean][] = [
  ['{{ a }}', '{{a}}', true],
  ["{{ a['b'] }}", '{{ a["b"] }}', true],
  ['{{ a }} ', '{{ a }}', false],
  ['{{ a.b }}', '{{ ab }}', false],
  ['{{ a b }}', '{{ ab }}', false],
  ['{{ a }}{# x #}', '{{ a }}', true],
  ['a', 'a', true],
  ['a', 'b', false],
  ['{{- a }}', '{{ a }}', false],
]

test.each(same)('%s and %s: %s', (a, b, result) => {
  expect(sameJinja(a, b)).toBe(result)
})

test('the tokens together are the text, whatever it is', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '-',
    "'",
    '"',
    '\\',
    'raw',
    'endraw',
    ' ',
    'a',
    '1',
    '.',
    '{',
    '}',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      const tokens = readJinja(text)
      expect(tokens.map((token) => token.text).join('')).toBe(text)
      expect(tokens.every((token) => text.startsWith(token.text, token.from))).toBe(true)
    }),
  )
})
