import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoWorld, type World } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'

test('explain says why of one patch, and writes nothing', async () => {
  const world = await demoWorld()
  const before = world.git('for-each-ref')
  const { code, out } = await multiarch('explain', world.path, '1', '--onto', 'v2.9.0')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^1\. Download hyperkube and etcd for ARM too\nOnto `v2\.9\.0`: upstreamed.*\n\nFrom .* by .*/u,
  )
  expect(out).toMatch(/Upstream:\n {2}[0-9a-f]{9} {2}\S/u)
  expect(world.git('for-each-ref')).toBe(before)
})

test('a patch is found by words of its title and by its commit, on the next release', async () => {
  const world = await demoWorld()
  const { path } = world
  const { out } = await multiarch('explain', path, 'hyperkube and etcd', '--json')
  const answer = JSON.parse(out) as { commit: string }
  expect(answer).toMatchObject({ schema: 1, onto: 'v2.9.0', number: 1, verdict: 'upstreamed' })
  expect(world.git('show', '--no-patch', '--format=%s', answer.commit)).toBe(
    'Download hyperkube and etcd for ARM too',
  )
  const byCommit = await multiarch('explain', path, answer.commit.slice(0, 8), '--json')
  expect(byCommit.out).toBe(out)
})

test('a conflict is shown with its three sides, and a person is needed', async () => {
  const world = await demoWorld()
  changeReadme(world)
  const { code, out } = await multiarch('explain', world.path, 'Say where to start')
  expect(code).toBe(3)
  expect(out).toContain('Open in `README.md` at line')
  expect(out).toContain('As the patch found it:')
  expect(out).toContain('As the release has it:')
  expect(out).toContain('As the patch wants it:\n    Start it with make, from the bastion only.')
})

test.each([
  [
    'no patch has these words',
    'Download hyperkubes and etcd for ARM',
    /^multiarch: The series has no patch `.*`\. Did you mean “/u,
  ],
  ['several have them', 'ARM', /^multiarch: `ARM` may be any of “.*”, “.*”\. Give the number/u],
  ['the number is too high', '99', /^multiarch: The series has no patch `99`\./u],
])('refused: %s', async (_title, said, message) => {
  const { path } = await demoWorld()
  const { code, err } = await multiarch('explain', path, said)
  expect(code).toBe(2)
  expect(err).toMatch(message)
})

test('where no patch goes anywhere, that is said', async () => {
  const { path } = await demoWorld()
  await multiarch('upgrade', path, '--onto', 'v2.11.0')
  const { code, err } = await multiarch('explain', path, '1', '--branch', 'multiarch/kubespray-2.11.0')
  expect([code, err.trimEnd()]).toEqual([
    2,
    'multiarch: The next step carries no patch: the fork stands on the newest release I know, or Kubernetes goes up first. Name a release with `--onto TAG`.',
  ])
})

function changeReadme(world: World): void {
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1)
  const text = [...own, 'Start it with make, from the bastion only.\n'].join('\n')
  writeFileSync(join(world.path, 'README.md'), text)
  world.git('commit', '--quiet', '-am', 'Say where to start')
}
