import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { addAudit } from '../../../src/entry/cli/add-audit.ts'
import { SMALL } from '../../support/audited.ts'
import { demoWorld, emptyWorld, type World } from '../../support/demo.ts'
import { registryMissing, startRegistry, type TestRegistry } from '../../support/docker-registry.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

async function run(...args: readonly string[]): Promise<{ code: number; out: string }> {
  let code = 0
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const program = new Command('multiarch').exitOverride()
  addAudit(program, (value) => (code = value))
  await program.parseAsync(['node', 'multiarch', 'audit', ...args])
  return { code, out }
}

describe('multiarch audit', () => {
  test('prints each finding at its line, and ends with 3 where something would fail', async () => {
    const { path } = await demoWorld()
    const { code, out } = await run(path, '--rev', 'v2.8.0', '--architectures', 'amd64,aarch64,armhf')
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /For `amd64`, `arm64` and `arm`, with `inventory\/sample`, on `v2\.8\.0` \([0-9a-f]{9}\)\. /,
    )
    expect(out).toMatch(/^ {2}- error `roles\/download\/defaults\/main\.yml:\d+`: /m)
    expect(code).toBe(3)
  })
  test('prints JSON with a schema', async () => {
    const { path } = await demoWorld()
    const { out } = await run(path, '--rev', 'v2.8.0', '--json')
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      architectures: ['amd64'],
      inventories: ['inventory/sample'],
    })
  })
  test('--fix writes the branch and says what is left', async () => {
    const world = await demoWorld()
    const { out } = await run(world.path, '--fix', '--architectures', 'amd64,arm64,arm')
    expect(out).toContain('I wrote branch `multiarch/audit`')
    expect(world.git('log', '-1', '--format=%cn', 'multiarch/audit')).toBe('kubespray-multiarch')
  })
  test('--report writes Markdown', async () => {
    const { path } = await demoWorld()
    const file = join(path, 'audit.md')
    await run(path, '--rev', 'v2.8.0', '--report', file)
    expect(readFileSync(file, 'utf8')).toMatch(/^# Audit\n\nFor `amd64` \(nothing says/)
  })
  test.each([[[]], [['--fix']], [['--check-images']], [['--image-workflow', 'never-written.yml']]] as [
    string[],
  ][])('a tree without Kubespray is refused before anything is judged, with %j', async (options) => {
    const world = emptyWorld()
    writeFileSync(join(world.path, 'README.md'), 'docker run quay.io/kubespray/kubespray:v2.28.1\n')
    world.git('add', '.')
    world.git('commit', '--quiet', '--message', 'A README')
    await expect(run(world.path, '--rev', 'main', ...options)).rejects.toThrow(
      'I found its release named at `README.md:1`',
    )
    expect(existsSync('never-written.yml')).toBe(false)
  })
  test('an unknown architecture gets the nearest one', async () => {
    const { path } = await demoWorld()
    await expect(run(path, '--architectures', 'aarch46')).rejects.toThrow('Did you mean `aarch64`?')
  })
})

const missing = registryMissing()
describe.skipIf(missing !== undefined)(
  `multiarch audit --check-images${missing ? ` (${missing})` : ''}`,
  () => {
    let server: TestRegistry
    beforeAll(async () => {
      server = await startRegistry()
      await server.push({ repository: 'a/node', tag: 'v1', platforms: ['linux/amd64'], form: 'single' })
      await server.push({
        repository: 'a/all',
        tag: 'v1',
        platforms: ['linux/amd64', 'linux/arm64'],
        form: 'index',
      })
    })
    afterAll(() => server.close())

    /** A clone whose images all stand in that registry: nobody else is to be asked. */
    function clone(...images: readonly string[]): World {
      const world = emptyWorld()
      const entries = images.map((image, number) => {
        const [repo, tag] = image.split(':')
        return `  c${number}: { container: true, enabled: true, repo: "${server.host}/${repo}", tag: ${tag} }\n`
      })
      const files = { ...SMALL, 'roles/download/defaults/main.yml': `downloads:\n${entries.join('')}` }
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(world.path, dirname(path)), { recursive: true })
        writeFileSync(join(world.path, path), text)
      }
      world.git('add', '.')
      world.git('commit', '--quiet', '--message', 'A tree')
      vi.stubEnv('XDG_CACHE_HOME', join(world.path, '.git/cache'))
      return world
    }
    afterEach(() => vi.unstubAllEnvs())

    test('names the images that lack an architecture, and those that are gone', async () => {
      const { path } = clone('a/node:v1', 'a/all:v1', 'a/gone:v9')
      const { code, out } = await run(
        path,
        '--rev',
        'main',
        '--architectures',
        'amd64,arm64',
        '--check-images',
        '--registry',
        server.host,
      )
      expect(out.replaceAll(server.host, 'HOST').replace(/\s+/g, ' ')).toContain(
        'By its registry `HOST/a/node:v1` exists for amd64 and not for arm64, so it cannot be pulled there.',
      )
      expect(out).toContain(`\`${server.host}/a/gone:v9\` (any more)`)
      expect(out).not.toContain('a/all')
      expect(code).toBe(3)
    })
    test('--image-workflow writes what makes them: put together where the builds exist, else built', async () => {
      for (const [repository, tag, platform] of [
        ['a/node', 'v1-arm64', 'linux/arm64'],
        ['a/tool', 'v1', 'linux/amd64'],
      ] as const)
        await server.push({ repository, tag, platforms: [platform], form: 'single' })
      const { path } = clone('a/node:v1', 'a/tool:v1', 'a/all:v1')
      const file = join(path, 'images.yml')
      vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      await run(
        path,
        '--rev',
        'main',
        '--architectures',
        'amd64,arm64',
        '--image-workflow',
        file,
        '--registry',
        server.host,
      )
      const text = readFileSync(file, 'utf8').replaceAll(server.host, 'HOST')
      expect(text).toContain('parts: "amd64=HOST/a/node:v1 arm64=HOST/a/node:v1-arm64"')
      expect(text).toContain('folder: "images/c1"')
      expect(text).not.toContain('a/all')
    })
    test('nobody is asked without it', async () => {
      const { path } = clone('a/node:v1')
      const { code, out } = await run(path, '--rev', 'main', '--architectures', 'amd64,arm64')
      expect(out.replaceAll(/\s+/g, ' ')).toContain('I found nothing that would not run.')
      expect(code).toBe(0)
    })
  },
)
