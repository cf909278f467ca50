import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demoWorld, type World } from '../../support/demo.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'

const ADDONS = 'inventory/homelab/group_vars/k8s-cluster/addons.yml'

async function worldWith(files: Readonly<Record<string, string>>): Promise<World> {
  const world = await demoWorld()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(world.path, dirname(path)), { recursive: true })
    writeFileSync(join(world.path, path), text)
  }
  world.git('add', '.')
  world.git('commit', '--quiet', '--message', 'What is on')
  return world
}

describe('multiarch addons', () => {
  test('switches ingress-nginx off on the release the fork stands on, asks about the Dashboard, and moves nothing else', async () => {
    const world = await demoWorld()
    const { code, out } = await multiarch('addons', world.path)
    expect(out).toContain('Every run deletes its namespace')
    expect(out).toContain('Wrote branch `multiarch/addons-2.8.0`')
    expect(world.git('diff', '--numstat', 'main', 'multiarch/addons-2.8.0')).toBe(`1\t1\t${ADDONS}`)
    expect(
      world.git('log', '-1', '--format=%(trailers:key=Multiarch-Step,valueonly)', 'multiarch/addons-2.8.0'),
    ).toBe('addon v2.8.0')
    expect(code).toBe(3)
    expect((await multiarch('addons', world.path)).out).toContain('Nothing to do: `multiarch/addons-2.8.0`')
  })

  test('has no question left once the settings answer', async () => {
    const world = await worldWith({ '.github/multiarch.yml': 'addons: { dashboard: keep }\n' })
    const { code, out } = await multiarch('addons', world.path)
    expect(out).toContain('I left it on, as the settings say.')
    expect(code).toBe(0)
  })

  test('leaves everything alone where the settings keep it', async () => {
    const world = await worldWith({
      '.github/multiarch.yml': 'addons: { dashboard: keep, ingress_nginx: keep }\n',
    })
    const { code, out } = await multiarch('addons', world.path)
    expect(out).toContain('Nothing was changed.')
    expect(world.git('branch', '--list', 'multiarch/addons-2.8.0')).toBe('')
    expect(code).toBe(0)
  })

  test('writes a report, and nothing in a dry run', async () => {
    const world = await demoWorld()
    const file = join(world.path, 'addons.md')
    const { out } = await multiarch('addons', world.path, '--dry-run', '--report', file)
    expect(out).toContain('Dry run: nothing was written.')
    expect(readFileSync(file, 'utf8')).toMatch(/^# Switch off ingress-nginx\n/)
    expect(world.git('branch', '--list', 'multiarch/addons-2.8.0')).toBe('')
  })

  test('refuses a fork without an inventory, and a branch that a person has changed', async () => {
    const world = await demoWorld()
    world.git('checkout', '--quiet', '-b', 'bare', 'v2.8.0')
    world.git('commit', '--quiet', '--allow-empty', '--message', 'Nothing')
    expect(await refused(world, 'addons', world.path, '--branch', 'bare')).toContain(
      'no inventory of your own',
    )
    world.git('checkout', '--quiet', 'main')
    await multiarch('addons', world.path)
    world.git('checkout', '--quiet', 'multiarch/addons-2.8.0')
    world.git('commit', '--quiet', '--allow-empty', '--message', 'Mine')
    world.git('checkout', '--quiet', 'main')
    writeFileSync(join(world.path, ADDONS), '---\ningress_nginx_enabled: true\n')
    world.git('commit', '--quiet', '--all', '--message', 'Other')
    expect(await refused(world, 'addons', world.path)).toContain('--as multiarch/addons-2.8.0-2')
  })
})
