import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorld, emptyWorld } from '../support/demo.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'
import { removeFolder } from '../support/remove-folder.ts'

test('plan prints the base, the patches and the route, and answers in JSON', async () => {
  const { path } = await demoWorld()
  const text = await multiarch('plan', path)
  expect(text.code).toBe(0)
  expect(text.out).toContain('`main` stands on v2.8.0')
  expect(text.out).toContain('Route: 3 steps to v2.11.0 with Kubernetes v1.15.3')
  const { out } = await multiarch('plan', path, '--json')
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    base: { release: 'v2.8.0', exact: true },
    patches: [
      { title: 'Download hyperkube and etcd for ARM too', files: ['roles/download/defaults/main.yml'] },
      {},
      {},
      {},
      {},
      {},
    ],
    steps: [{ kind: 'kubespray', kubespray: { from: 'v2.8.0', to: 'v2.9.0' } }, {}, {}],
  })
})

test('upgrade answers in JSON with the branch, each patch and its new commit, and writes a report', async () => {
  const world = await demoWorld()
  const { path } = world
  const report = join(path, '.git', 'proposal.md')
  const { code, out } = await multiarch('upgrade', path, '--json', '--report', report)
  expect(code).toBe(0)
  const answer = JSON.parse(out) as {
    commit: string
    patches: { verdict: string; newCommit?: string }[]
    body: string
  }
  expect(answer).toMatchObject({
    schema: 1,
    branch: 'multiarch/kubespray-2.9.0',
    title: 'Upgrade Kubespray from v2.8.0 to v2.9.0',
  })
  expect(answer.commit).toBe(world.git('rev-parse', 'multiarch/kubespray-2.9.0'))
  expect(answer.patches.at(-1)?.newCommit).toBe(world.git('rev-parse', `${answer.commit}~2`))
  expect(answer.patches[0]).toMatchObject({ verdict: 'upstreamed' })
  expect(readFileSync(report, 'utf8')).toContain(answer.body)
})

test('a conflict ends with exit code 3: done, but a person is needed', async () => {
  const world = await demoWorld()
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1)
  writeFileSync(
    join(world.path, 'README.md'),
    [...own, 'Start it with make, from the bastion only.\n'].join('\n'),
  )
  world.git('commit', '--quiet', '-am', 'Say where to start')
  const { code, out } = await multiarch('upgrade', world.path)
  expect(code).toBe(3)
  expect(out).toContain('conflict')
})

test('on the newest release there is nothing to do', async () => {
  const { path } = await demoWorld()
  await multiarch('upgrade', path, '--onto', 'v2.11.0')
  const { code, out } = await multiarch('upgrade', path, '--branch', 'multiarch/kubespray-2.11.0')
  expect(code).toBe(0)
  expect(out).toContain('Nothing to do')
})

test('a dirty working tree is fine: it is not touched', async () => {
  const world = await demoWorld()
  writeFileSync(join(world.path, 'cluster.yml'), 'half done')
  expect((await multiarch('upgrade', world.path)).code).toBe(0)
  expect(readFileSync(join(world.path, 'cluster.yml'), 'utf8')).toBe('half done')
})

test('a folder that is no repository is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-none-'))
  onTestFinished(() => removeFolder(folder))
  const { code, err } = await multiarch('plan', folder)
  expect([code, err.replace(folder, '<folder>')]).toEqual([
    2,
    'multiarch: `<folder>` is not a git repository. Give the path of a clone of your Kubespray fork.\n',
  ])
})

test('a repository without commits, and one without Kubespray, are refused with what to do', async () => {
  const world = emptyWorld()
  expect(await refused(world, 'plan', world.path)).toContain('has no branch yet')
  writeFileSync(join(world.path, 'a'), 'a')
  world.git('add', 'a')
  world.git('commit', '--quiet', '-m', 'one')
  expect(await refused(world, 'plan', world.path)).toContain('I found no Kubespray in this repository')
})

test('a repository that is no Kubespray at all is refused', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '--orphan', 'other')
  world.git('rm', '--quiet', '-r', '--force', '.')
  writeFileSync(join(world.path, 'main.c'), 'int main() {}\n')
  world.git('add', 'main.c')
  world.git('commit', '--quiet', '-m', 'one')
  expect(await refused(world, 'upgrade', world.path, '--branch', 'other')).toContain(
    'I found no Kubespray in this repository: no files of it, and no submodule, image, collection, clone',
  )
})

test('a submodule without upstream’s releases to hand is named, with what is missing', async () => {
  const world = emptyWorld()
  world.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},kubespray`)
  world.git('commit', '--quiet', '-m', 'pin')
  expect(await refused(world, 'plan', world.path)).toMatch(
    /I found the submodule `kubespray` at 111111111 .* Upstream’s releases are not here .* `--upstream`/,
  )
})

test.each([
  ['an unknown tag', ['--onto', 'v2.9.1'], 'nearest I have is `v2.9.0`'],
  ['an older release', ['--onto', 'v2.8.0', '--branch', 'later'], 'do not go back'],
  ['a release that the fork has passed already', ['--onto', 'v2.8.0', '--branch', 'between'], 'is behind it'],
  ['an unknown branch', ['--branch', 'mainn'], 'Did you mean `main`?'],
  ['a branch with nothing of its own', ['--branch', 'mirror'], 'nothing to carry'],
  ['an unknown option', ['--ontoo', 'v2.9.0'], '--onto'],
])('upgrade refuses %s in one sentence and writes nothing', async (_, options, sentence) => {
  const world = await demoWorld()
  world.git('branch', 'mirror', 'v2.9.0')
  world.git('branch', 'later', 'main')
  world.git('branch', 'between', 'main')
  world.git('rebase', '--quiet', '--onto', 'v2.9.0', 'v2.8.0', 'later')
  world.git('rebase', '--quiet', '--onto', 'v2.9.0~2', 'v2.8.0', 'between')
  world.git('checkout', '--quiet', 'main')
  const { code, err } = await multiarch('upgrade', world.path, ...options)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(world.git('branch', '--list', 'multiarch/*')).toBe('')
})

test('a fork with no commit of its own on any branch is refused, with a command for the release that it is at', async () => {
  const world = await demoWorld()
  world.git('reset', '--quiet', '--hard', 'v2.8.0')
  const refusal = await refused(world, 'upgrade', world.path)
  expect(refusal).toContain('no commit of your own')
  expect(refusal).toContain('`multiarch route --from v2.8.0 --kubernetes VERSION`')
})

test('a shallow clone is refused with the command that mends it', async () => {
  const world = await demoWorld()
  const shallow = emptyWorld()
  shallow.git(
    'fetch',
    '--quiet',
    '--depth',
    '2',
    `file://${world.path}`,
    'main:shallow',
    'refs/tags/*:refs/tags/*',
  )
  expect(await refused(shallow, 'plan', shallow.path)).toContain('git fetch --unshallow')
})

test('a clone that lacks objects is refused with what to do, which helps', async () => {
  const world = await demoWorld()
  world.git('config', 'uploadpack.allowFilter', 'true')
  const partial = emptyWorld()
  partial.git('remote', 'add', 'origin', `file://${world.path}`)
  partial.git('fetch', '--quiet', '--filter=blob:none', 'origin', 'main:fork', 'refs/tags/*:refs/tags/*')
  partial.git('symbolic-ref', 'HEAD', 'refs/heads/fork')
  // What git would run to fetch them is for the clone's settings to say, so it is not asked to.
  expect(await refused(partial, 'upgrade', partial.path)).toMatch(/lacks .*git fetch --refetch --no-filter/)
  partial.git('config', '--unset', 'remote.origin.partialclonefilter')
  partial.git(
    'fetch',
    '--quiet',
    '--update-head-ok',
    '--refetch',
    '--no-filter',
    'origin',
    '+main:fork',
    '+refs/tags/*:refs/tags/*',
  )
  partial.git('update-ref', 'refs/heads/main', 'fork')
  expect((await multiarch('plan', partial.path)).code).toBe(0)
})

test('a clone with a blob missing is refused as well', async () => {
  const world = await demoWorld('whole')
  const blob = world.git('rev-parse', 'v2.9.0:roles/download/defaults/main.yml')
  rmSync(join(world.path, '.git/objects', blob.slice(0, 2), blob.slice(2)))
  expect(await refused(world, 'upgrade', world.path)).toContain(blob)
})

test('carry puts one change onto one tree, and asks for what is missing', async () => {
  const world = await demoWorld()
  const sides = ['--base', 'main~1', '--patch', 'main', '--onto', 'v2.11.0']
  const { code, out } = await multiarch('carry', '--git-dir', world.path, ...sides)
  expect(code).toBe(0)
  const answer = JSON.parse(out) as { tree: string }
  expect(answer).toMatchObject({ verdict: 'clean' })
  expect(world.git('ls-tree', '-r', '--name-only', answer.tree)).toContain('inventory/homelab/hosts.ini')
  expect(await refused(world, 'carry', '--git-dir', world.path, '--base', 'main')).toContain('--batch')
})

test('a branch of mine that is checked out is not moved under the working tree', async () => {
  const world = await demoWorld()
  await multiarch('upgrade', world.path)
  writeFileSync(join(world.path, 'cluster.yml'), '---\n')
  world.git('commit', '--quiet', '-am', 'Another patch')
  world.git('checkout', '--quiet', 'multiarch/kubespray-2.9.0')
  expect(await refused(world, 'upgrade', world.path)).toContain('is checked out')
  const planned = await multiarch('plan', world.path)
  expect(planned.out).toContain(
    '`multiarch/kubespray-2.9.0` is checked out, which is a step of mine, so I took `main`.',
  )
  world.git('checkout', '--quiet', '--detach')
  expect((await multiarch('plan', world.path)).out).toContain('No branch is checked out, so I took `main`.')
})

test('a branch that a person has changed is kept, and another name is offered', async () => {
  const world = await demoWorld()
  await multiarch('upgrade', world.path)
  world.git('checkout', '--quiet', 'multiarch/kubespray-2.9.0')
  writeFileSync(join(world.path, 'cluster.yml'), '---\n')
  world.git('commit', '--quiet', '-am', 'My fix')
  world.git('checkout', '--quiet', 'main')
  const sentence = await refused(world, 'upgrade', world.path)
  expect(sentence).toContain('--as multiarch/kubespray-2.9.0-2')
  expect((await multiarch('upgrade', world.path, '--as', 'multiarch/kubespray-2.9.0-2')).code).toBe(0)
})

test('a branch of mine is moved when the fork has moved on', async () => {
  const world = await demoWorld()
  await multiarch('upgrade', world.path)
  const before = world.git('rev-parse', 'multiarch/kubespray-2.9.0')
  writeFileSync(join(world.path, 'cluster.yml'), '---\n')
  world.git('commit', '--quiet', '-am', 'Another patch')
  const { code, out } = await multiarch('upgrade', world.path)
  expect([code, out.includes('Wrote branch')]).toEqual([0, true])
  expect(world.git('rev-parse', 'multiarch/kubespray-2.9.0')).not.toBe(before)
})

test('--upstream reads tags from another clone: a plan leaves no trace, an upgrade fetches them out of the way', async () => {
  const upstream = await demoWorld()
  const fork = emptyWorld()
  fork.git('fetch', '--quiet', '--no-tags', upstream.path, 'main:fork')
  fork.git('symbolic-ref', 'HEAD', 'refs/heads/fork')
  const refs = fork.git('for-each-ref')
  const planned = await multiarch('plan', fork.path, '--upstream', upstream.path)
  expect(planned.out).toContain('`fork` stands on v2.8.0')
  expect(fork.git('for-each-ref')).toBe(refs)
  expect(fork.git('cat-file', '-t', 'HEAD')).toBe('commit')
  const done = await multiarch('upgrade', fork.path, '--upstream', upstream.path)
  expect(done.code).toBe(0)
  expect(fork.git('tag')).toBe('')
  expect(fork.git('rev-parse', 'multiarch/kubespray-2.9.0^{commit}')).toHaveLength(40)
  expect(fork.git('fsck', '--no-dangling')).toBe('')
  const wrong = await multiarch('plan', fork.path, '--upstream', join(fork.path, 'nowhere'))
  expect([wrong.code, wrong.err.includes('could not fetch')]).toEqual([2, true])
})

test('a report in another format is refused', async () => {
  const world = await demoWorld()
  expect(await refused(world, 'plan', world.path, '--report', join(world.path, 'x.docx'))).toContain('.md')
})
