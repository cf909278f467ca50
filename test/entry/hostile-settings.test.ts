import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorld, type World } from '../support/demo.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'
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
