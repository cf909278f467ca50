import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { githubHost } from '../../../src/adapters/github/github-host.ts'
import { memoryCache } from '../../../src/adapters/memory/memory-cache.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Host } from '../../../src/ports/host.ts'
import { TryLater } from '../../../src/ports/try-later.ts'
import { git } from '../../github/git.ts'
import { startGitHub, type GitHub } from '../../github/github.ts'
import { GitObjectStore } from '../../../src/adapters/git/git-object-store.ts'
import type { Installation, Repo } from '../../github/world.ts'
import { historyIn } from '../../support/history.ts'
import { impatient } from '../../support/github-workplace.ts'

const UPSTREAM_REFS = 'refs/multiarch/upstream/'

describe.each(['', '/api'] as const)('GitHub under %j', (base) => {
  let github: GitHub
  let upstream: Repo
  let releases: Record<'v1.0.0' | 'v1.1.0' | 'v1.1.1', Oid>

  beforeEach(async () => {
    github = await startGitHub({ base })
    upstream = github.createRepo({ owner: 'upstream', name: 'kubespray' })
    const history = historyIn(new GitObjectStore({ gitDir: upstream.gitDir }))
    const start = await history.commit('start', { 'roles/a.yml': 'a: 1\n', 'README.md': 'read\n' })
    const one = await history.commit(
      'one',
      { 'roles/a.yml': 'a: 2\n' },
      { parents: [start], ref: 'refs/tags/v1.0.0' },
    )
    const two = await history.commit(
      'two',
      { 'roles/b.yml': 'b: 1\n' },
      { parents: [one], ref: 'refs/tags/v1.1.0' },
    )
    // A patch release on a branch of its own, as Kubespray makes them.
    const fix = await history.commit('fix', { 'roles/b.yml': 'b: 2\n' }, { parents: [two] })
    const patch = await history.commit(
      'two and a bit',
      { 'roles/c.yml': 'c\n' },
      { parents: [fix], ref: 'refs/tags/v1.1.1' },
    )
    await history.point(
      'refs/heads/main',
      await history.commit('next', { 'README.md': 'more\n' }, { parents: [two] }),
    )
    releases = { 'v1.0.0': one, 'v1.1.0': two, 'v1.1.1': patch }
  })
  afterEach(async () => {
    expect(github.violations).toEqual([])
    await github.close()
  })

  function hostOf(): Host {
    return githubHost({
      connection: { baseUrl: github.url, pace: impatient(github) },
      key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
      upstream: { owner: 'upstream', name: 'kubespray' },
      upstreamRefs: UPSTREAM_REFS,
      shared: memoryCache(),
      cacheOf: () => memoryCache(),
    })
  }

  async function forkWithPatch(repo: Repo, onto: Oid): Promise<{ head: Oid; installation: Installation }> {
    const store = new GitObjectStore({ gitDir: repo.gitDir })
    const head = await historyIn(store).commit(
      'ours',
      { 'roles/a.yml': 'a: ours\n' },
      { parents: [onto], author: { name: 'Owner' }, ref: 'refs/heads/main' },
    )
    await store.close()
    return { head, installation: github.install([repo]) }
  }

  test('that our own name was not told once is not remembered', async () => {
    const host = hostOf()
    const ask = () => host.open({ owner: 'upstream', name: 'kubespray' })
    github.fail({ kind: 'apps/get-authenticated', status: 503, times: Infinity })
    await expect(ask()).rejects.toThrow(TryLater)
    github.clearFaults()
    await expect(ask()).resolves.toBeDefined()
  })

  test('knows where it is installed, and leaves out what is suspended or archived', async () => {
    const fork = github.createRepo({ owner: 'owner', name: 'kubespray', forkOf: upstream })
    const old = github.createRepo({ owner: 'owner', name: 'old' })
    const away = github.createRepo({ owner: 'away', name: 'kubespray', forkOf: upstream })
    old.archived = true
    github.install([fork, old])
    github.install([away]).suspended = true
    expect(await hostOf().installed()).toEqual([{ owner: 'owner', name: 'kubespray' }])
    await expect(hostOf().open({ owner: 'away', name: 'kubespray' })).rejects.toMatchObject({
      problems: [{ code: 'installation-suspended' }],
    })
  })

  test('remembers under which installation a repository is, and notices when it is another one', async () => {
    const fork = github.createRepo({ owner: 'owner', name: 'kubespray', forkOf: upstream })
    const first = github.install([fork])
    const host = hostOf()
    const asked = () => github.requests.filter(({ kind }) => kind === 'apps/get-repo-installation').length
    expect(await host.installed()).toHaveLength(1)
    const name = { owner: 'owner', name: 'kubespray' }
    expect((await (await host.open(name)).forge.repository.read())?.owner).toBe('owner')
    expect(asked()).toBe(0)
    github.uninstall(first)
    github.install([fork])
    // The token it has went with the first installation: the attempt begins anew and finds the way.
    await expect((await host.open(name)).forge.repository.read()).rejects.toThrow(TryLater)
    expect((await (await host.open(name)).forge.repository.read())?.owner).toBe('owner')
    expect(asked()).toBe(1)
  })

  test('lists as many installations as there are, in their order', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `owner-${index}`)
    for (const owner of names) github.install([github.createRepo({ owner, name: 'kubespray' })])
    expect((await hostOf().installed()).map(({ owner }) => owner)).toEqual(names)
  })

  test('opens what it is not installed on for reading, and nothing more', async () => {
    github.install([github.createRepo({ owner: 'owner', name: 'kubespray', forkOf: upstream })])
    const { forge, objects } = await hostOf().open({ owner: 'upstream', name: 'kubespray' })
    expect((await forge.repository.read())?.defaultBranch).toBe('main')
    expect((await objects.listRefs('refs/tags/')).get('refs/tags/v1.1.0')).toBe(releases['v1.1.0'])
    expect(await forge.permissions.ours()).toEqual(new Map())
    await expect(forge.issues.open({ title: 'x', body: '', label: 'x' })).rejects.toMatchObject({
      problems: [{ code: 'permission-missing' }],
    })
  })

  test('a fork lists upstream’s tags and branches beside its own, and says what it was forked from', async () => {
    const fork = github.createRepo({ owner: 'owner', name: 'kubespray', forkOf: upstream })
    const { head } = await forkWithPatch(fork, releases['v1.1.0'])
    const { objects, forge } = await hostOf().open({ owner: 'owner', name: 'kubespray' })
    expect((await objects.listRefs(`${UPSTREAM_REFS}tags/`)).get(`${UPSTREAM_REFS}tags/v1.1.1`)).toBe(
      releases['v1.1.1'],
    )
    expect((await objects.listRefs(UPSTREAM_REFS)).has(`${UPSTREAM_REFS}heads/main`)).toBe(true)
    expect((await objects.listRefs('refs/heads/')).get('refs/heads/main')).toBe(head)
    expect((await forge.repository.read())?.parent).toEqual({ owner: 'upstream', name: 'kubespray' })
  })

  describe.each([
    ['a fork, which shares objects with upstream', true],
    ['a copy, which shares none', false],
  ])('%s', (_, isFork) => {
    let repo: Repo
    beforeEach(() => {
      const from = isFork ? { forkOf: upstream } : {}
      repo = github.createRepo({ owner: 'owner', name: 'kubespray', ...from })
      if (!isFork) copyHistory(upstream, repo, releases['v1.1.0'])
    })

    test('has its own commits told from upstream’s, whatever tag they stand on', async () => {
      const { head } = await forkWithPatch(repo, releases['v1.1.0'])
      const { objects } = await hostOf().open({ owner: 'owner', name: 'kubespray' })
      const tips = [...(await objects.listRefs(UPSTREAM_REFS)).values()]
      const log = await objects.log({ to: head, not: tips })
      expect(log.map(({ message, changes }) => [message, changes.map(({ path }) => path)])).toEqual([
        ['ours', ['roles/a.yml']],
      ])
      expect(await objects.mergeBase(head, releases['v1.1.1'])).toBe(releases['v1.1.0'])
    })

    test('is given a step: onto upstream’s commit if that can be reached, else the same files without it', async () => {
      const { head } = await forkWithPatch(repo, releases['v1.1.0'])
      const { objects } = await hostOf().open({ owner: 'owner', name: 'kubespray' })
      const target = releases['v1.1.1']
      const tree = await objects.writeTree(await objects.readTree(target))
      const person = (await objects.readCommits([head])).get(head)?.committer
      if (!person) throw new Error('the head has no committer')
      const step = { tree, parents: [head, target], author: person, committer: person, message: 'Move' }
      const written = objects.writeCommit(step)
      if (isFork) await expect(written).resolves.toMatch(/^[0-9a-f]{40}$/)
      else
        await expect(written).rejects.toMatchObject({
          problems: [
            {
              code: 'object-not-reachable',
              message: expect.stringContaining('copied rather than forked') as string,
            },
          ],
        })
      const to = isFork ? await written : await objects.writeCommit({ ...step, parents: [head] })
      expect(await objects.moveRef({ name: 'refs/heads/multiarch/step', from: undefined, to })).toBe(true)
      const again = await hostOf().open({ owner: 'owner', name: 'kubespray' })
      expect([...(await again.objects.readTree(to))].sort()).toEqual(
        [...(await objects.readTree(target))].sort(),
      )
    })
  })

  test('a fork that stands between two patch releases has upstream’s commits there told from its own', async () => {
    const fork = github.createRepo({ owner: 'owner', name: 'kubespray', forkOf: upstream })
    const between = (
      await new GitObjectStore({ gitDir: upstream.gitDir }).readCommits([releases['v1.1.1']])
    ).get(releases['v1.1.1'])
    const { head } = await forkWithPatch(fork, between?.parents[0] as Oid)
    const { objects } = await hostOf().open({ owner: 'owner', name: 'kubespray' })
    const tips = [...(await objects.listRefs(UPSTREAM_REFS)).values()]
    expect((await objects.log({ to: head, not: tips })).map(({ message }) => message)).toEqual(['ours'])
  })
})

/** Takes over a history up to a commit as someone does who pushes a clone to a repository of their own. */
function copyHistory(from: Repo, to: Repo, tip: Oid): void {
  const pack = git(from.gitDir, ['pack-objects', '--revs', '--stdout', '-q'], `${tip}\n`)
  git(to.gitDir, ['unpack-objects', '-q'], pack)
  git(to.gitDir, ['update-ref', 'refs/heads/main', tip])
}
