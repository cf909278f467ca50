import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { programOf } from '../../../src/entry/cli/run-cli.ts'
import { whyNotCommand } from '../../support/advice.ts'
import { multiarch } from '../../support/run-multiarch.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Every command with its subcommands, by the words that call it. */
function commandsBelow(command: Command, words: readonly string[] = []): readonly (readonly string[])[] {
  return [words, ...command.commands.flatMap((each) => commandsBelow(each, [...words, each.name()]))]
}

const COMMANDS = commandsBelow(programOf(() => undefined)).map((words) => [words.join(' '), words] as const)

test('there are many', () => {
  expect(COMMANDS.length).toBeGreaterThan(17)
})

describe('the help of', () => {
  test.each(COMMANDS)('multiarch %s', async (_, words) => {
    const { code, out, err } = await multiarch(...words, '--help')
    expect([code, err]).toEqual([0, ''])
    const lines = out.split('\n')
    // Eighty columns are what every terminal has.
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
    const section = (head: string): readonly string[] => {
      const from = lines.indexOf(head) + 1
      expect([head, from]).not.toEqual([head, 0])
      return lines.slice(from, lines.indexOf('', from))
    }
    const examples = section('Examples:').flatMap((line) => /^ {2}\$ (.*)$/.exec(line)?.slice(1) ?? [])
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      expect([example, await whyNotCommand(example)]).toEqual([example, undefined])
      expect(example.split(' ').slice(1)).toEqual(expect.arrayContaining([...words]))
    }
    const codes = section('Exit codes:').map((line) => /^ {2}(\d) {2}\S/.exec(line)?.[1])
    expect(codes).toContain('0')
    expect(codes).toContain('1')
    expect(codes).toEqual([...new Set(codes)].toSorted())
    expect(out).toContain('https://github.com/kubespray-multiarch/kubespray-multiarch')
    const [, page = '', anchor] = /^More: docs\/([\w.-]+)(?:#([\w-]+))?$/m.exec(out) ?? []
    expect(existsSync(join(ROOT, 'docs', page))).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(page)).toContain(anchor)
  })
})

/** The places of a page as GitHub names them. */
function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, head = '']) =>
    head
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

test.each([
  ['plna', 'plan'],
  ['upgarde', 'upgrade'],
  ['config shwo', 'show'],
  ['plan --brnch x', '--branch'],
  ['upgrade --dry-rnu', '--dry-run'],
])('multiarch %s: did you mean %s?', async (words, meant) => {
  const { code, out, err } = await multiarch(...words.split(' '))
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(new RegExp(`Did you mean (?:one of )?${meant}`))
})

test('a repository that is not named is the folder that the command runs in', async () => {
  const program = programOf(() => undefined)
  const repos = program.commands.flatMap((command) =>
    command.registeredArguments
      .filter((argument) => argument.name() === 'repo')
      .map((argument) => [command.name(), argument.required]),
  )
  expect(repos.length).toBeGreaterThan(6)
  expect(repos.filter(([, required]) => required)).toEqual([])
})
