import { expect, test } from 'vitest'
import { parseYaml } from '../../../src/core/yaml/tree/parse-yaml.ts'

/** Ten aliases of the line above on each line: 10 to the power of its depth. */
function bomb(depth: number): string {
  const lines = ['a0: &a0 x']
  for (let i = 1; i <= depth; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    )
  return `${lines.join('\n')}\n`
}

const hostile: readonly [string, string, string][] = [
  ['a million aliases', `a: &a 1\nb: [${'*a,'.repeat(1_000_000)}]\n`, 'yaml-alias'],
  ['aliases of aliases that come to ten billion values', bomb(10), 'yaml-alias'],
  ['50 MB', `a: ${'x'.repeat(50_000_000)}\n`, 'yaml-too-large'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'yaml-too-deep'],
  ['a thousand dashes on a line', `${'- '.repeat(1000)}x\n`, 'yaml-too-deep'],
  [
    'a thousand steps of indentation',
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
    'yaml-too-deep',
  ],
  ['a binary file', '\u0000\u0001PK\u0003\u0004: [\u0000', 'yaml-syntax'],
]

test.each(hostile)('refuses %s in one sentence', (_title, text, code) => {
  const parsed = parseYaml(text)
  if (parsed.kind !== 'refused') throw new Error('it was read')
  expect(parsed.faults[0]?.code).toBe(code)
  expect(parsed.faults[0]?.message).toMatch(/^[^\n]*\.$/)
})

test('reads what only looks hostile', () => {
  expect(parseYaml(bomb(4)).kind).toBe('parsed')
  expect(parseYaml(`a: "${'*a '.repeat(100_000)}"\n`).kind).toBe('parsed')
  const wide = Array.from({ length: 50_000 }, (_, i) => `key_${i}: "*${i}"`).join('\n')
  expect(parseYaml(`${wide}\n`).kind).toBe('parsed')
})
