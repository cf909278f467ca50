import { expect, test, vi } from 'vitest'
import { HOME, infrastructure, type Held } from '../../support/infrastructure.ts'
import { multiarch, refused, OWN_CACHE } from '../../support/run-multiarch.ts'

const SUBMODULE =
  '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray.git\n'

test.each<[string, Held, RegExp]>([
  [
    'pins that disagree',
    {
      files: {
        ...HOME,
        Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.8.0\n',
        'up.sh': 'git clone -b v2.9.0 https://github.com/kubernetes-sigs/kubespray\n',
      },
    },
    /do not agree: `Dockerfile:1` says `v2\.8\.0` and `up\.sh:1` says `v2\.9\.0`.*`layout: pin:Dockerfile` or `layout: pin:up\.sh`/,
  ],
  [
    'nothing that says the release',
    { files: HOME },
    /I found nothing here that names Kubespray: .* `inventory\/home`\. .*`base: vX\.Y\.Z`/,
  ],
  [
    'a branch of upstream’s',
    { files: { ...HOME, 'up.sh': 'git clone https://github.com/kubernetes-sigs/kubespray\n' } },
    /no release in particular \(`up\.sh:1`\).*`base: vX\.Y\.Z`/,
  ],
  [
    'nothing of Kubespray’s',
    { files: { 'main.c': 'int main() {}\n' } },
    /I found no Kubespray in this repository/,
  ],
  [
    'a patch file for the release that does not go onto it',
    {
      files: {
        ...HOME,
        Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.8.0\n',
        'patches/2.8.0/one.patch': '--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-never there\n+mine\n',
      },
    },
    /`patches\/2\.8\.0\/one\.patch:3` does not go onto `README\.md`/,
  ],
])('%s: asked, and nothing is written', async (_, held, sentence) => {
  const { world, upstream } = await infrastructure(held)
  for (const command of ['plan', 'upgrade', 'audit'])
    expect(await refused(world, command, world.path, '--upstream', upstream.path)).toMatch(sentence)
})

test('a submodule at a commit that upstream lacks is somebody’s fork', async () => {
  const { world, upstream } = await infrastructure({
    files: { ...HOME, '.gitmodules': SUBMODULE.replace('kubernetes-sigs', 'somebody') },
    gitlink: 'kubespray',
  })
  const own = upstream.git('rev-parse', 'main')
  world.git('update-index', '--cacheinfo', `160000,${own},kubespray`)
  world.git('commit', '--quiet', '--message', 'Our fork')
  expect(await refused(world, 'plan', world.path, '--upstream', upstream.path)).toMatch(
    /The submodule `kubespray` is at .* a commit of your own fork .* with `--fork`/,
  )
})

test('upstream’s history comes from a cache of our own where the clone knows none', async () => {
  const { world, upstream } = await infrastructure({
    files: { ...HOME, '.gitmodules': SUBMODULE },
    gitlink: 'kubespray',
  })
  vi.stubEnv(OWN_CACHE, `${world.path}/.git/cache`)
  vi.stubEnv('GIT_CONFIG_COUNT', '1')
  vi.stubEnv('GIT_CONFIG_KEY_0', `url.${upstream.path}.insteadOf`)
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'https://github.com/kubernetes-sigs/kubespray')
  const { out, err } = await multiarch('plan', world.path, '--json')
  vi.unstubAllEnvs()
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({ base: { release: 'v2.8.0' } })
  expect(world.git('for-each-ref', 'refs/multiarch')).toBe('')
})
