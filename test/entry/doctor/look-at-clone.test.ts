import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { demoWorld, emptyWorld, type World } from '../../support/demo.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

afterEach(() => vi.unstubAllEnvs())

/** A repository that runs a release of Kubespray and has releases of its own. */
function pinned(): World {
  const world = emptyWorld()
  commitFile(world, 'up.sh', 'git clone -b v2.8.0 https://github.com/kubernetes-sigs/kubespray\n', 'Run it')
  world.git('tag', 'v6.2.0')
  const cache = mkdtempSync(join(tmpdir(), 'multiarch-cache-'))
  onTestFinished(() => removeFolder(cache))
  vi.stubEnv('XDG_CACHE_HOME', cache)
  return world
}

async function checks(world: World): Promise<ReadonlyMap<string, readonly [string, string]>> {
  const { out } = await multiarch('doctor', world.path, '--json')
  const read = JSON.parse(out) as { checks: readonly { code: string; state: string; message: string }[] }
  return new Map(read.checks.map(({ code, state, message }) => [code, [state, message]]))
}

test('tags of a repository that is no fork are no releases of Kubespray’s, and nothing is in its way', async () => {
  const found = await checks(pinned())
  expect(found.get('tags')).toEqual([
    'fine',
    'It is no fork of Kubespray: its tags name no release. Upstream’s history I fetch by myself, which takes a minute the first time.',
  ])
  expect(found.get('fork')?.[0]).toBe('not-looked')
})

test('what is kept of upstream tells what such a repository stands on, without asking anybody', async () => {
  const world = pinned()
  const upstream = await demoWorld()
  const config = join(mkdtempSync(join(tmpdir(), 'multiarch-git-')), 'config')
  onTestFinished(() => removeFolder(join(config, '..')))
  writeFileSync(
    config,
    `[url "${upstream.path}"]\n  insteadOf = https://github.com/kubernetes-sigs/kubespray\n`,
  )
  vi.stubEnv('GIT_CONFIG_GLOBAL', config)
  expect((await multiarch('plan', world.path)).out).toContain('stands on v2.8.0')
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null')
  const found = await checks(world)
  expect(found.get('tags')?.[1]).toContain('`v2.11.0` the newest')
  expect(found.get('fork')).toEqual(['fine', expect.stringContaining('stands on `v2.8.0`')])
})
