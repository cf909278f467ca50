import { cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { programOf } from '../../../src/entry/cli/run-cli.ts'
import { demoClone } from '../../support/demo-clone.ts'
import { removeFolder } from '../../support/remove-folder.ts'
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
  forget: ['forget', '{repo}', '1'],
  'config show': ['config', 'show', '{repo}'],
  init: ['init', '{repo}'],
  setup: ['setup'],
}

/** Values that cannot be meant, by option; every option of every command that takes a value is here. */
const BAD: Readonly<Record<string, readonly string[]>> = {
  '--branch': ['', 'no-such-branch', '-x', 'a..b'],
  '--cluster': ['', 'no-such-cluster', '-x'],
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
  '--registry': ['', 'http://registry.lan', 'registry.lan/a', '-x', 'a b', 'lan:99x'],
  '--architectures': ['', ',', 'amd63', 'amd64,foo'],
  '--inventory': ['', 'nowhere', '../..'],
  '--rev': ['', 'nowhere', '-x'],
  '--container-manager': ['', 'podman'],
  '--git-dir': ['', '{repo}/nowhere'],
  '--base': ['', 'nowhere'],
  '--patch': ['', 'nowhere'],
  '--url': ['', 'bot.example', 'ftp://bot.example', 'https://bot.example/?a=b', 'https://me:x@bot.example'],
  '--org': ['', '-x', 'a/b', 'a b'],
  '--for': ['', 'heroku', 'ENV'],
  '--file': ['', '{repo}/missing/.env', '{repo}/folder.md', '{repo}/README.md/.env'],
  '--port': ['', 'http', '0', '65536', '-1', '1.5'],
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

/** A clone that no case may change, so that all of them share it; with what it was before any of them. */
const shared = demoClone().then((demo) => {
  const path = mkdtempSync(join(tmpdir(), 'multiarch-test-'))
  cpSync(demo, path, { recursive: true, preserveTimestamps: true })
  mkdirSync(join(path, 'folder.md'))
  writeFileSync(join(path, 'x'), '')
  return { path, state: stateOf(path) }
})
afterAll(async () => removeFolder((await shared).path))

/** All that is there, git's own files too, and when each file was written last. */
function stateOf(path: string): string {
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
  return found
    .map((each) => {
      const at = join(each.parentPath, each.name)
      return each.isFile() ? `${at} ${statSync(at).size} ${statSync(at).mtimeMs}` : at
    })
    .sort()
    .join('\n')
}

/** Runs a command line that has to change nothing, `{repo}` in it being the clone. */
async function refusedIn(words: readonly string[]): ReturnType<typeof multiarch> {
  const { path, state } = await shared
  const ran = await multiarch(...words.map((word) => word.replaceAll('{repo}', path)))
  expect(stateOf(path)).toBe(state)
  return ran
}

describe('a bad value ends with 2 and one sentence that names its option, and nothing is written', () => {
  test.each(CASES)('%s %s=%j', async (name, option, value) => {
    const call = CALLS[name] ?? []
    const known = call.indexOf(option)
    const before = known === -1 ? call : [...call.slice(0, known), ...call.slice(known + 2)]
    const { code, out, err } = await refusedIn([...before, `${option}=${value}`])
    expect([code, out]).toEqual([2, ''])
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).not.toContain('defect')
    expect(err).toContain(option)
  })
})

describe('options that do not go together', () => {
  test.each([
    ['audit {repo} --as x', '--fix'],
    ['audit {repo} --registry registry.lan', '--check-images'],
    ['upgrade {repo} --registry registry.lan', '--check-images'],
    ['carry --git-dir {repo} --batch --onto main', '--batch'],
    ['audit {repo} --fix --report {repo}/.git/x.md --image-workflow {repo}/.git/x.md', '--image-workflow'],
    ['plan {repo} --fix', '--fix'],
    ['plan {repo} another', 'plan'],
    ['plan {repo} --branch', '--branch'],
  ])('%s', async (line, names) => {
    const { code, out, err } = await refusedIn(line.split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(names)
  })
})

test('what is beside an option that is fine still says which of them it was', async () => {
  const { err } = await refusedIn(['upgrade', '{repo}', '--branch', 'main', '--onto', 'v7.0.0'])
  expect(err).toContain('`v7.0.0` (`--onto`)')
})
