import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS, usageOf, type CommandRule } from '../../../src/core/commands/commands.ts'
import { parseCommands } from '../../../src/core/commands/parse-commands.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/comments')

function read(comment: string): readonly string[] {
  const { commands, problems } = parseCommands(comment)
  return [
    ...commands.map(
      ({ line, column, name, ...rest }) => `${line}:${column} ${[name, ...Object.values(rest)].join(' ')}`,
    ),
    ...problems.map(({ line, column, code, message }) => `${line}:${column} ${code}\n  ${message}`),
  ]
}

function comments(): readonly string[] {
  return readdirSync(FIXTURES).filter((file) => file.endsWith('.md') && file !== 'about.md')
}

describe('comments', () => {
  test.each(comments())('%s', async (file) => {
    const found = read(readFileSync(join(FIXTURES, file), 'utf8'))
    await expect(`${found.join('\n')}\n`).toMatchFileSnapshot(
      join(FIXTURES, file.replace(/\.md$/, '.commands.txt')),
    )
    if (file.startsWith('pass-')) expect(found).toEqual([])
  })
})

describe('every command is read back from its usage line', () => {
  test.each(COMMANDS.map((rule: CommandRule) => [usageOf(rule), rule] as const))('%s', (usage, rule) => {
    const argument = { release: 'v2.30.0', patch: 'calico', side: 'calico main.yml mine' }[
      rule.argument ?? 'patch'
    ]
    const [found, ...more] = read(usage.replace(/<patch> \[<file>\] .*|<\w+>/, argument))
    expect(more).toEqual([])
    expect(found).toBe(`1:1 ${rule.argument ? `${rule.name} ${argument}` : rule.name}`)
  })
})

test.each([
  ['take 4 mine', '1:1 take 4 mine'],
  ['take 4 `roles/a_b/tasks/main.yml` UPSTREAM.', '1:1 take 4 roles/a_b/tasks/main.yml upstream'],
  ['take "Both of them" both', '1:1 take Both of them both'],
  ['take 4', '1:1 no-side'],
  ['take 4 mine, please', '1:1 no-side'],
  ['take both', '1:1 missing-argument'],
  ['take', '1:1 missing-argument'],
])('%s', (said, wanted) => {
  const [found = '', ...more] = read(`/multiarch ${said}`)
  expect(found.split('\n')[0]?.replace(/^1:12/, '1:1')).toBe(wanted)
  expect(more).toEqual([])
})

test('a comment with a thousand commands is answered for ten, and says so', () => {
  const { commands, problems } = parseCommands(
    Array.from({ length: 1000 }, (_, index) => `/multiarch keep ${index}`).join('\n'),
  )
  expect(commands).toHaveLength(10)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ code: 'too-many-commands', line: 11, column: 1 })
})

test('what follows the 65,536 characters GitHub takes is not read', () => {
  expect(read(`${'talk '.repeat(14_000)}\n\n/multiarch recreate`)).toEqual([])
})

test.each([
  ['inside of words', 'drop the "old" one', 'the "old" one'],
  ['that open alone', 'drop say "yes"', 'say "yes"'],
  ['with room inside', 'drop "  Pin the dashboard  "', 'Pin the dashboard'],
  ['with tabs and breaks of lines inside', 'drop Pin\tthe \u0007 dashboard', 'Pin the dashboard'],
])('quotes %s', (_, said, patch) => {
  expect(parseCommands(`/multiarch ${said}`).commands).toMatchObject([{ name: 'drop', patch }])
})

test('an argument is 200 characters at most, and what is quoted of it 60', () => {
  const [command] = parseCommands(`/multiarch drop ${'x'.repeat(300)}`).commands
  expect(command).toMatchObject({ name: 'drop', patch: 'x'.repeat(200) })
  for (const [length, shown] of [
    [60, 'x'.repeat(60)],
    [61, `${'x'.repeat(59)}…`],
  ] as const) {
    const [problem] = parseCommands(`/multiarch skip ${'x'.repeat(length)}`).problems
    expect(problem?.message).toContain(`\`${shown}\``)
  }
})

test('a comment without a command is none of ours', () => {
  expect(parseCommands('Nice work, multiarch.')).toEqual({ commands: [], problems: [] })
})
