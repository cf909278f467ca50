import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { programOf } from '../../src/entry/cli/run-cli.ts'
import { demoWorld, type World } from '../support/demo.ts'
import { ESCAPES, OBEYED, TURNED } from '../support/obeyed.ts'
import { multiarch } from '../support/run-multiarch.ts'

/** A fork in which everything that can be named is named so that a terminal would obey it: titles, authors, files, lines, settings. */
async function hostileWorld(): Promise<World> {
  const world = await demoWorld()
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(world.path, path)), { recursive: true })
    appendFileSync(join(world.path, path), text)
  }
  const [file = ''] = world.git('ls-files', 'roles').split('\n')
  put(file, `# ${ESCAPES}\n`)
  put(
    `roles/${ESCAPES}/tasks/main.yml`,
    `- name: ${TURNED}\n  get_url: { url: "https://example.org/${TURNED}-amd64" }\n`,
  )
  // README.md conflicts with the next release.
  writeFileSync(join(world.path, 'README.md'), `${ESCAPES}\n`)
  for (const inventory of world.git('ls-files', 'inventory/*/group_vars/*').split('\n').slice(0, 2))
    put(inventory, `\n${TURNED}: "${TURNED}"\ncalico_version: "${TURNED}"\n`)
  put('.github/multiarch.yml', `\n# ${ESCAPES}\n`)
  world.git('add', '.')
  world.git(
    '-c',
    `user.name=${TURNED}`,
    'commit',
    '--quiet',
    '-m',
    ESCAPES,
    '--author',
    `${TURNED} <${TURNED}@example.org>`,
  )
  world.git('branch', `multiarch/${TURNED}`)
  return world
}

/** Each command, with what it says when it works and when it is refused; `{repo}` is the clone, `{evil}` what is named badly. */
const CALLS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  plan: [
    ['{repo}'],
    ['{repo}', '--json'],
    ['{repo}', '--branch', '{evil}'],
    ['{repo}', '--upstream', '{evil}'],
  ],
  upgrade: [
    ['{repo}', '--dry-run', '--report', '{repo}/.git/step.html'],
    ['{repo}', '--dry-run', '--json', '--report', '{repo}/.git/step.md'],
    ['{repo}', '--onto', 'v2.9.0', '--as', 'multiarch/kubespray-2.9.0'],
    ['{repo}', '--onto', '{evil}'],
    ['{repo}', '--as', '{evil}'],
  ],
  settle: [['{repo}'], ['{repo}', '--json'], ['{repo}', '--abort'], ['{repo}', '--branch', '{evil}']],
  bump: [
    ['{repo}', '--dry-run'],
    ['{repo}', '--kubernetes', '{evil}'],
  ],
  addons: [
    ['{repo}', '--dry-run'],
    ['{repo}', '--branch', '{evil}'],
  ],
  audit: [
    ['{repo}', '--report', '{repo}/.git/audit.html'],
    ['{repo}', '--json', '--report', '{repo}/.git/audit.md'],
    ['{repo}', '--architectures', '{evil}'],
    ['{repo}', '--rev', '{evil}'],
  ],
  verify: [
    ['{repo}', '--rev', '{evil}'],
    ['{repo}', '--inventory', '{evil}'],
  ],
  explain: [
    ['{repo}', 'evil'],
    ['{repo}', '{evil}s'],
  ],
  release: [
    ['{evil}', '--upstream', '{repo}'],
    ['v2.9.0', '--upstream', '{evil}'],
  ],
  route: [['--from', '{evil}', '--kubernetes', '{evil}', '--upstream', '{repo}']],
  carry: [['--git-dir', '{repo}', '--base', '{evil}', '--patch', '{evil}', '--onto', '{evil}']],
  init: [['{repo}', '--json'], ['{repo}', '--as', '{evil}'], ['{evil}']],
  doctor: [['{repo}'], ['{repo}', '--json'], ['{evil}']],
  'config check': [['{repo}/.github/multiarch.yml'], ['{evil}']],
  'config show': [['{repo}'], ['{repo}', '--json'], ['{repo}', '--branch', '{evil}']],
  'config schema': [['--{evil}']],
  forget: [
    ['{repo}', '{evil}'],
    ['{evil}', '1'],
    ['{repo}', '1', '--json'],
  ],
  setup: [
    ['--org', '{evil}'],
    ['--url', '{evil}'],
    ['--file', '{evil}/x'],
  ],
  serve: [['--{evil}']],
  worker: [['--{evil}']],
  sweep: [['--{evil}']],
}

function namesOf(command: Command, words: readonly string[] = []): readonly string[] {
  if (command.commands.length === 0) return [words.join(' ')]
  return command.commands.flatMap((each) => namesOf(each, [...words, each.name()]))
}

test('every command is in the table', () => {
  expect(Object.keys(CALLS).sort()).toEqual([...namesOf(programOf(() => undefined))].sort())
})

/** The words of a call, with what it is to hold put in. */
function filled(name: string, call: readonly string[], path: string): readonly string[] {
  const words = call.map((word) => word.replace('{repo}', path).replace('{evil}', ESCAPES))
  return [...name.split(' '), ...words]
}

test('nothing that any command writes is obeyed by whoever shows it', async () => {
  const { path } = await hostileWorld()
  for (const [name, calls] of Object.entries(CALLS))
    for (const call of calls) {
      const { code, out, err } = await multiarch(...filled(name, call, path))
      const which = `${name} ${call.join(' ')}: ${out}${err}`
      // 1 is how `doctor` says that something is to be looked at.
      expect(name === 'doctor' ? [0, 1, 2] : [0, 2, 3], which).toContain(code)
      for (const text of [out, err]) expect(text.replaceAll('\n', ''), which).not.toMatch(OBEYED)
      if (which.includes('{evil}')) expect(out + err, which).toContain('evil')
      if (call.includes('--json') && code !== 2) expect(() => JSON.parse(out) as unknown).not.toThrow()
    }
  const reports = readdirSync(join(path, '.git')).filter((file) => /\.(?:html|md)$/.test(file))
  expect(reports.sort()).toEqual(['audit.html', 'audit.md', 'step.html', 'step.md'])
  for (const file of reports) {
    const text = readFileSync(join(path, '.git', file), 'utf8')
    expect(text.replaceAll('\n', ''), file).not.toMatch(OBEYED)
  }
  expect(readFileSync(join(path, '.git/step.html'), 'utf8')).toContain('evil')
}, 120_000)
