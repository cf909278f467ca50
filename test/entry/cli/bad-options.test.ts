import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { programOf } from '../../../src/entry/cli/run-cli.ts'
import { demoWorld, type World } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'

/** What each command is called with, so that the option alone is wrong. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan', '{repo}'],
  upgrade: ['upgrade', '{repo}'],
  bump: ['bump', '{repo}'],
  addons: ['addons', '{repo}'],
  audit: ['audit', '{repo}', '--fix'],
  verify: ['verify', '{repo}'],
  explain: ['explain', '{repo}', '1'],
  release: ['release', 'v2.9.0'],
  route: ['route', '--from', 'v2.8.0', '--kubernetes', '1.12.3', '--upstream', '{repo}'],
  carry: ['carry', '--git-dir', '{repo}', '--base', 'main~1', '--patch', 'main', '--onto', 'v2.11.0'],
  settle: ['settle', '{repo}'],
  'config show': ['config', 'show', '{repo}'],
  init: ['init', '{repo}'],
}

/** Values that cannot be meant, by option; every option of every command that takes a value is here. */
const BAD: Readonly<Record<string, readonly string[]>> = {
  '--branch': ['', 'no-such-branch', '-x', 'a..b'],
  '--as': ['', 'bad name..', 'main', 'HEAD', '-x'],
  '--onto': ['', 'v9', 'v9.9.9', 'main~x', '-x'],
  '--to': ['', 'v9', 'v2.8.0-x'],
  '--from': ['', 'v9', 'master'],
  '--kubernetes': ['', 'abc', '1.12', 'v', '-1'],
  '--upstream': ['', '{repo}/nowhere'],
  '--fork': ['', '{repo}/nowhere'],
  '--into': ['', '{repo}/inside'],
  '--report': ['', '{repo}/missing/x.html', '{repo}/folder.md', '{repo}/x.pdf', '{repo}/README.md/x.md'],
  '--image-workflow': ['', '{repo}/missing/x.yml', '{repo}/folder.md'],
  '--architectures': ['', ',', 'amd63', 'amd64,foo'],
  '--inventory': ['', 'nowhere', '../..'],
  '--rev': ['', 'nowhere', '-x'],
  '--container-manager': ['', 'podman'],
  '--git-dir': ['', '{repo}/nowhere'],
  '--base': ['', 'nowhere'],
  '--patch': ['', 'nowhere'],
}

function leavesOf(command: Command, words: readonly string[] = []): readonly (readonly [string, Command])[] {
  const name = words.join(' ')
  if (command.commands.length === 0) return [[name, command]]
  return command.commands.flatMap((each) => leavesOf(each, [...words, each.name()]))
}

/** Every option that takes a value. */
const OPTIONS = leavesOf(programOf(() => undefined)).flatMap(([name, command]) =>
  command.options.filter(({ flags }) => flags.includes('<')).map(({ long }) => [name, long ?? ''] as const),
)

test('every option of every command is in the table', () => {
  expect(OPTIONS.filter(([name]) => !(name in CALLS))).toEqual([])
  expect(OPTIONS.filter(([, option]) => !(option in BAD))).toEqual([])
  expect(OPTIONS.length).toBeGreaterThan(40)
})

const CASES = OPTIONS.flatMap(([name, option]) =>
  (BAD[option] ?? []).map((value) => [name, option, value] as const),
)

describe('a bad value ends with 2 and one sentence that names its option, and nothing is written', () => {
  test.each(CASES)('%s %s=%j', async (name, option, value) => {
    const world = await demoWorld()
    mkdirSync(join(world.path, 'folder.md'))
    const fill = (word: string): string => word.replace('{repo}', world.path)
    const call = (CALLS[name] ?? []).map(fill)
    const known = call.indexOf(option)
    const before = known === -1 ? call : [...call.slice(0, known), ...call.slice(known + 2)]
    const state = stateOf(world)
    const { code, out, err } = await multiarch(...before, `${option}=${fill(value)}`)
    expect([code, out]).toEqual([2, ''])
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).not.toContain('defect')
    expect(err).toContain(option)
    expect(stateOf(world)).toBe(state)
    expect(existsSync(join(world.path, 'missing'))).toBe(false)
  })
})

function stateOf(world: World): string {
  return [world.git('for-each-ref'), world.git('status', '--porcelain', '--ignored')].join('\n')
}

describe('options that do not go together', () => {
  test.each([
    ['audit {repo} --as x', '--fix'],
    ['carry --git-dir {repo} --batch --onto main', '--batch'],
    ['audit {repo} --fix --report {repo}/.git/x.md --image-workflow {repo}/.git/x.md', '--image-workflow'],
    ['plan {repo} --fix', '--fix'],
    ['plan {repo} another', 'plan'],
    ['plan {repo} --branch', '--branch'],
  ])('%s', async (line, names) => {
    const world = await demoWorld()
    const state = stateOf(world)
    const { code, out, err } = await multiarch(...line.replaceAll('{repo}', world.path).split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(names)
    expect(stateOf(world)).toBe(state)
  })
})

test('what is beside an option that is fine still says which of them it was', async () => {
  const world = await demoWorld()
  writeFileSync(join(world.path, 'x'), '')
  const { err } = await multiarch('upgrade', world.path, '--branch', 'main', '--onto', 'v7.0.0')
  expect(err).toContain('`v7.0.0` (`--onto`)')
})
