import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoWorld } from '../support/demo.ts'
import { removeFolder } from '../support/remove-folder.ts'

const ROOT = join(import.meta.dirname, '../..')

// What npm would publish, unpacked where nothing else is: neither the sources nor any dependency.
let folder: string
let empty: string
let files: readonly string[]
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'multiarch-packed-'))
  empty = join(folder, 'empty')
  const source = join(folder, 'source')
  mkdirSync(source)
  for (const name of [
    'package.json',
    'tsconfig.json',
    'README.md',
    'LICENSE',
    'app.yml',
    'docs',
    'scripts',
    'src',
  ])
    execFileSync('cp', ['-R', join(ROOT, name), source])
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.js'], { cwd: source })
  const told = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: source,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [, filename = ''] = /"filename": "([^"]+)"/.exec(told) ?? []
  files = [...told.matchAll(/"path": "([^"]+)"/g)].map(([, path = '']) => path)
  const place = join(empty, 'node_modules/kubespray-multiarch')
  mkdirSync(place, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', place, '--strip-components=1'])
  mkdirSync(join(empty, 'node_modules/.bin'))
  symlinkSync('../kubespray-multiarch/dist/entry/cli.js', join(empty, 'node_modules/.bin/multiarch'))
  execFileSync('chmod', ['+x', join(place, 'dist/entry/cli.js')])
}, 120_000)
afterAll(() => removeFolder(folder))

function npx(...words: readonly string[]): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  return execFileSync('npx', ['--no-install', ...words], { cwd: empty, env, encoding: 'utf8' })
}

test('the tarball holds what is run, the documents and the App’s registration, and no source', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'LICENSE',
      'app.yml',
      'dist/entry/cli.js',
      'docs/cli.md',
    ]),
  )
  expect(
    files.filter((path) => !/^(?:dist\/|docs\/|app\.yml$|package\.json$|README\.md$|LICENSE$)/.test(path)),
  ).toEqual([])
})

test.each(['multiarch', 'kubespray-multiarch'])('`npx %s plan` works from an empty folder', async (name) => {
  const world = await demoWorld()
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(npx(name, '--version').trim()).toBe(version)
  const plan = JSON.parse(npx(name, 'plan', world.path, '--json')) as {
    base: { release: string }
    steps: readonly object[]
  }
  expect(plan.base.release).toBe('v2.8.0')
  expect(plan.steps.length).toBeGreaterThan(0)
})
