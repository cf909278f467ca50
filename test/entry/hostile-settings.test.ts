import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { demoWorld, type World } from '../support/demo.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'
import { freePort } from '../support/redis.ts'
import { removeFolder } from '../support/remove-folder.ts'

/** What a person may have set for their own eyes; none of it may change what is read. */
const EYES: readonly (readonly [string, string])[] = [
  ['diff.orderFile', '/nowhere/order'],
  ['diff.ignoreSubmodules', 'all'],
  ['diff.renames', 'copies'],
  ['diff.relative', 'true'],
  ['diff.external', 'false'],
  ['diff.algorithm', 'patience'],
  ['diff.noprefix', 'true'],
  ['diff.submodule', 'log'],
  ['log.date', 'relative'],
  ['log.diffMerges', 'combined'],
  ['log.showSignature', 'true'],
  ['log.showRoot', 'false'],
  ['log.mailmap', 'true'],
  ['format.pretty', 'oneline'],
  ['color.ui', 'always'],
  ['i18n.logOutputEncoding', 'ISO-8859-1'],
  ['core.quotePath', 'false'],
  ['core.abbrev', '4'],
]

test('what a person set for their eyes changes nothing that is read', async () => {
  const [plain, set] = [await demoWorld(), await demoWorld()]
  for (const [key, value] of EYES) set.git('config', key, value)
  const answer = async ({ path }: World): Promise<unknown> => {
    const { code, out } = await multiarch('upgrade', path, '--json')
    expect(code).toBe(0)
    return JSON.parse(out)
  }
  expect(await answer(set)).toEqual(await answer(plain))
})

/** A program that leaves a trace where it ran. */
function tracer(): { readonly program: string; hasRun(this: void): boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-trace-'))
  onTestFinished(() => removeFolder(folder))
  const [program, trace] = [join(folder, 'program'), join(folder, 'trace')]
  writeFileSync(program, `#!/bin/sh\necho "$0" >> ${trace}\nexec cat >/dev/null\n`)
  chmodSync(program, 0o755)
  return { program, hasRun: () => existsSync(trace) }
}

test('a clone’s hooks and watchers are not run, whatever is written', async () => {
  const world = await demoWorld()
  const { program, hasRun } = tracer()
  const hooks = join(world.path, 'own-hooks')
  mkdirSync(hooks)
  for (const name of [
    'reference-transaction',
    'post-checkout',
    'post-index-change',
    'pre-auto-gc',
    'post-rewrite',
  ])
    execFileSync('ln', ['-s', program, join(hooks, name)])
  for (const [key, value] of [
    ['core.hooksPath', hooks],
    ['core.fsmonitor', program],
    ['core.alternateRefsCommand', program],
    ['core.sshCommand', program],
    ['gc.auto', '1'],
    ['maintenance.auto', 'true'],
    ['gc.recentObjectsHook', program],
    ['remote.origin.uploadpack', program],
    ['fetch.recurseSubmodules', 'true'],
  ] as const)
    world.git('config', key, value)
  const upstream = await demoWorld()
  expect((await multiarch('plan', world.path, '--upstream', upstream.path)).code).toBe(0)
  expect((await multiarch('upgrade', world.path, '--upstream', upstream.path)).code).toBe(0)
  expect(world.git('rev-parse', 'multiarch/kubespray-2.9.0')).toMatch(/^[0-9a-f]{40}$/)
  expect(hasRun()).toBe(false)
  // The trace is no dummy: git by itself runs these hooks.
  world.git('update-ref', 'refs/heads/other', 'main')
  expect(hasRun()).toBe(true)
})

test('what a partial clone lacks is not asked of its remote by the program that its settings name', async () => {
  const full = await demoWorld()
  full.git('config', 'uploadpack.allowFilter', 'true')
  full.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-partial-'))
  onTestFinished(() => removeFolder(folder))
  const path = join(folder, 'clone')
  execFileSync('git', ['clone', '--quiet', '--bare', '--filter=blob:none', `file://${full.path}`, path])
  const { program, hasRun } = tracer()
  execFileSync('git', ['-C', path, 'config', 'remote.origin.uploadpack', program])
  const world = {
    ...full,
    path,
    git: (...args: readonly string[]) => execFileSync('git', ['-C', path, ...args]).toString(),
  }
  const said = await refused(world, 'upgrade', path)
  expect(said).toMatch(/lacks|partial clone/)
  expect(hasRun()).toBe(false)
})

/** Variables that git obeys, each pointing it elsewhere or at a program. */
function variables(program: string): Readonly<Record<string, string>> {
  return {
    GIT_DIR: '/nowhere',
    GIT_WORK_TREE: '/nowhere',
    GIT_COMMON_DIR: '/nowhere',
    GIT_INDEX_FILE: '/nowhere',
    GIT_OBJECT_DIRECTORY: '/nowhere',
    GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nowhere',
    GIT_NAMESPACE: 'other',
    GIT_REPLACE_REF_BASE: 'refs/heads/',
    GIT_SHALLOW_FILE: '/nowhere',
    GIT_QUARANTINE_PATH: '/nowhere',
    GIT_EXEC_PATH: '/nowhere',
    GIT_TEMPLATE_DIR: '/nowhere',
    GIT_DEFAULT_HASH: 'sha256',
    GIT_DEFAULT_REF_FORMAT: 'reftable',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_DIFF_OPTS: '--unified=0',
    GIT_PROTOCOL: 'version=9',
    GIT_EXTERNAL_DIFF: program,
    GIT_PAGER: program,
    GIT_EDITOR: program,
    GIT_ASKPASS: program,
    SSH_ASKPASS: program,
    GIT_PROXY_COMMAND: program,
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: program,
    GIT_CONFIG_KEY_1: 'alias.rev-list',
    GIT_CONFIG_VALUE_1: `!${program}`,
  }
}

test('variables that git obeys point it nowhere else, and run nothing', async () => {
  const [plain, set] = [await demoWorld(), await demoWorld()]
  const { program, hasRun } = tracer()
  const expected = JSON.parse((await multiarch('upgrade', plain.path, '--json')).out) as unknown
  // `multiarch` gives back all that is set here when it ends.
  for (const [name, value] of Object.entries(variables(program))) vi.stubEnv(name, value)
  const { code, out } = await multiarch('upgrade', set.path, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual(expected)
  expect(hasRun()).toBe(false)
})

test('whoever talks to remotes does so by no program that the clone’s settings name', async () => {
  const world = await demoWorld()
  const { program, hasRun } = tracer()
  const port = await freePort()
  for (const [key, value] of [
    ['core.sshCommand', program],
    ['core.gitProxy', program],
    ['core.askPass', program],
    ['credential.helper', `!${program}`],
    ['http.proxyAuthMethod', 'anyauth'],
    ['remote.a.url', `ssh://git@127.0.0.1:${port}/kubespray`],
    ['remote.a.uploadpack', program],
    ['remote.b.url', `git://127.0.0.1:${port}/kubespray`],
    ['remote.c.url', `http://127.0.0.1:${port}/kubespray`],
    ['remote.d.url', `ext::${program}`],
    ['remote.e.url', `--upload-pack=${program}`],
    ['remote.f.url', world.path],
    ['remote.f.uploadpack', program],
    ['remote.g.url', 'any'],
    ['remote.g.vcs', 'ext'],
  ] as const)
    world.git('config', key, value)
  const { out } = await multiarch('doctor', world.path, '--online')
  expect(out).toContain('kubespray')
  expect(hasRun()).toBe(false)
})

test('git is started in one place, which says by what settings', () => {
  const folder = resolve(import.meta.dirname, '../../src')
  const starting = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /import \{[^}]*\} from 'node:child_process'/.test(readFileSync(join(folder, file), 'utf8')),
    )
  expect(starting.sort()).toEqual([
    'adapters/ansible/run-together.ts',
    'adapters/git/run-git.ts',
    // `git --version`, for which no repository is looked at.
    'entry/doctor/git-version.ts',
  ])
})
