import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { githubHost } from '../../../src/adapters/github/github-host.ts'
import { memoryCache } from '../../../src/adapters/memory/memory-cache.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ObjectStore } from '../../../src/ports/object-store.ts'
import type { Host, Workplace } from '../../../src/ports/host.ts'
import { PartlyListed } from '../../../src/ports/partly-listed.ts'
import { TryLater } from '../../../src/ports/try-later.ts'
import { gitText } from '../../github/git.ts'
import { startGitHub, type GitHub } from '../../github/github.ts'
import type { ShapeName } from '../../github/shapes.ts'
import { removeRepo, type Installation, type Repo } from '../../github/world.ts'
import { historyIn } from '../../support/history.ts'
import { impatient, placeOf, seed } from '../../support/github-workplace.ts'

let github: GitHub
let repo: Repo
let installation: Installation
let place: Workplace

beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'ada', name: 'kubespray' })
  seed(repo)
  installation = github.install([repo])
  place = placeOf(github, installation, repo)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** Put off, and more slowly each time: where no time is named, what is missing may never come. */
const lasting = { name: 'TryLater', unclear: { kind: 'absent' } }

describe('“not found” is believed once it is confirmed', () => {
  test('a comment, an issue, a pull request, and what somebody may do', async () => {
    const people = github.people(repo)
    await people.grant('bob', 'write')
    const { number } = await place.forge.issues.open({ title: 't', body: 'b', label: 'l' })
    const comment = await place.forge.comments.add(number, 'hello')
    for (const kind of ['issues/get-comment', 'issues/get', 'repos/get-collaborator-permission-level'])
      github.fail({ kind, shape: 'rest-not-found' })
    expect((await place.forge.comments.read(comment.id))?.body).toBe('hello')
    expect((await place.forge.issues.read(number))?.title).toBe('t')
    expect(await place.forge.permissions.of('bob')).toBe('write')
    expect(await place.forge.comments.read(4_711)).toBeUndefined()
    expect(await place.forge.permissions.of('nobody-at-all')).toBe('read')
  })

  test('and while the repository is not seen, nothing in it is known to be absent', async () => {
    github.fail({ kind: 'issues/get-comment', shape: 'rest-not-found', times: 9 })
    github.fail({ kind: 'repos/get', shape: 'rest-not-found' })
    await expect(place.forge.comments.read(1)).rejects.toBeInstanceOf(TryLater)
  })

  test('the repository itself: gone once both ways say so', async () => {
    github.fail({ kind: 'graphql query', shape: 'graphql-not-found' })
    await expect(place.forge.repository.read()).rejects.toMatchObject(lasting)
    expect((await placeOf(github, installation, repo).forge.repository.read())?.name).toBe('kubespray')
    removeRepo(github.world, repo)
    expect(await placeOf(github, installation, repo).forge.repository.read()).toBeUndefined()
  })
})

describe('an answer that was not read is not believed', () => {
  const SHAPES: ShapeName[] = ['half-body', 'empty-body', 'other-body', 'page-for-body']

  test.each(SHAPES)('%s: later, whatever was asked', async (shape) => {
    const { number } = await place.forge.issues.open({ title: 't', body: 'b', label: 'multiarch-dashboard' })
    const ask: [string, () => Promise<unknown>][] = [
      ['repos/get-collaborator-permission-level', () => place.forge.permissions.of('ada')],
      ['issues/list-comments', () => place.forge.comments.on(number)],
      ['issues/add-labels', () => place.forge.labels.add(number, ['x'])],
      [
        'reactions/create-for-issue-comment',
        async () => {
          const { id } = await place.forge.comments.add(number, 'x')
          return place.forge.reactions.add(id, 'eyes')
        },
      ],
      ['checks/list-for-ref', () => place.forge.checks.find('0'.repeat(40) as never, 'x')],
      ['graphql query', () => place.forge.issues.ours('multiarch-dashboard')],
    ]
    for (const [kind, question] of ask) {
      github.fail({ kind, shape, when: 'after' })
      await expect(question(), kind).rejects.toBeInstanceOf(TryLater)
    }
    expect((await place.forge.issues.ours('multiarch-dashboard'))?.number).toBe(number)
  })

  test('a field that did not come is not taken for one that is not there', async () => {
    const { number } = await place.forge.issues.open({ title: 't', body: 'b', label: 'multiarch-dashboard' })
    for (const shape of ['graphql-alias-missing', 'graphql-error-elsewhere', 'graphql-unknown'] as const) {
      const fresh = placeOf(github, installation, repo)
      github.fail({ kind: 'graphql query', shape })
      await expect(fresh.forge.issues.ours('multiarch-dashboard'), shape).rejects.toBeInstanceOf(TryLater)
      expect((await fresh.forge.issues.ours('multiarch-dashboard'))?.number).toBe(number)
    }
  })
})

describe('ids that we wrote are there, though GitHub does not show them yet', () => {
  test('a commit on one, and a branch at one, are put off and never refused', async () => {
    const history = historyIn(place.objects)
    const first = await history.commit('first', { a: 'a\n' })
    github.fail({ kind: 'git/create-commit', shape: 'rest-lag', times: 9 })
    await expect(history.commit('second', { a: 'b\n' }, { parents: [first] })).rejects.toMatchObject(lasting)
  })

  // A text travels in its tree; what is no text is sent before, and named by its id.
  test.each([
    ['a tree', { a: 'a\n' }],
    ['contents that are no text', { a: 'a\n', b: new Uint8Array([0, 1, 2]) }],
  ])('%s, sent by this sitting, is late and no upstream’s', async (_what, files) => {
    github.fail({ kind: /^git\/create-(?:tree|blob)$/, lag: 1_000 })
    const history = historyIn(place.objects)
    await expect(history.commit('first', files)).rejects.toMatchObject(lasting)
  })

  test('a tree that an earlier sitting sent is sent once more, and is late then', async () => {
    const cache = memoryCache()
    const first = historyIn(placeOf(github, installation, repo, { cache }).objects)
    const tip = await first.commit('first', { a: 'a\n' })
    const [tree = ''] = gitText(repo.gitDir, ['rev-parse', `${tip}^{tree}`]).split('\n')
    github.world.missing.set(tree, 1_000)
    const later = historyIn(placeOf(github, installation, repo, { cache }).objects)
    await expect(later.commit('another', { a: 'a\n' })).rejects.toMatchObject(lasting)
  })

  test('a branch', async () => {
    const tip = await historyIn(place.objects).commit('first', { a: 'a\n' })
    github.world.missing.set(tip, 99)
    const move = { name: 'refs/heads/multiarch/x', from: undefined, to: tip }
    await expect(place.objects.moveRef(move)).rejects.toMatchObject(lasting)
  })
})

describe('what was written once is gone', () => {
  const refused = {
    kind: 'git/create-commit',
    status: 403,
    body: { message: 'Resource not accessible by integration', status: '403' },
  }
  /** Both commits were written by an earlier sitting to a repository that has them no more: it was made anew under its name. */
  const again = async () => {
    const cache = memoryCache()
    const write = async (store: ObjectStore) => {
      const history = historyIn(store)
      const first = await history.commit('first', { a: 'a\n' })
      return history.commit('second', { a: 'b\n' }, { parents: [first] })
    }
    await write(placeOf(github, installation, repo, { cache }).objects)
    const anew = github.createRepo({ owner: 'eve', name: 'kubespray' })
    seed(anew)
    const { objects } = placeOf(github, github.install([anew]), anew, { cache })
    return { objects, tip: await write(objects) }
  }
  const move = (to: Oid) => ({ name: 'refs/heads/multiarch/x', from: undefined, to })

  test('and is written again before a branch is moved to it', async () => {
    const { objects, tip } = await again()
    expect(await objects.moveRef(move(tip))).toBe(true)
  })

  test('by whoever asks once more after a refusal, too', async () => {
    const { objects, tip } = await again()
    github.fail(refused)
    await expect(objects.moveRef(move(tip))).rejects.toBeInstanceOf(Refusal)
    expect(await objects.moveRef(move(tip))).toBe(true)
  })

  test('but for none that does not stand on it', async () => {
    const { objects } = await again()
    const other = await historyIn(objects).commit('other', { a: 'c\n' })
    expect(await objects.moveRef(move(other))).toBe(true)
  })
})

describe('drafts are for show', () => {
  test('where GitHub does not let us change that, everything else is done', async () => {
    const history = historyIn(place.objects)
    const main = await history.commit('start', { a: 'a\n' }, { ref: 'refs/heads/next' })
    await history.commit('step', { a: 'b\n' }, { parents: [main], ref: 'refs/heads/multiarch/x' })
    const request = { title: 'T', body: '', branch: 'multiarch/x', onto: 'next', draft: true }
    const { number } = await place.forge.pullRequests.open(request)
    github.fail({ kind: 'graphql mutation', shape: 'graphql-forbidden' })
    await place.forge.pullRequests.update(number, { title: 'Settled', draft: false })
    expect(await place.forge.pullRequests.read(number)).toMatchObject({ title: 'Settled', draft: true })
  })
})

describe('the App’s own questions', () => {
  const hostOf = (): Host =>
    githubHost({
      connection: { baseUrl: github.url, pace: impatient(github) },
      key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
      upstream: { owner: 'upstream', name: 'kubespray' },
      upstreamRefs: 'refs/multiarch/upstream/',
      shared: memoryCache(),
      cacheOf: () => memoryCache(),
    })
  const name = { owner: 'ada', name: 'kubespray' }

  test('no token once is no end of an installation', async () => {
    github.fail({ kind: 'apps/create-installation-access-token', shape: 'rest-not-found' })
    const { forge } = await hostOf().open(name)
    await expect(forge.repository.read()).rejects.toMatchObject(lasting)
    expect((await forge.repository.read())?.owner).toBe('ada')
  })

  test('no installation once is none, and never the way in by another one', async () => {
    const other = github.createRepo({ owner: 'eve', name: 'kubespray' })
    seed(other)
    github.install([other])
    github.fail({ kind: 'apps/get-repo-installation', shape: 'rest-not-found', times: 2 })
    await expect(hostOf().open(name)).rejects.toMatchObject(lasting)
    expect((await (await hostOf().open(name)).forge.repository.read())?.owner).toBe('ada')
    github.uninstall(installation)
    await expect(hostOf().open(name)).rejects.toMatchObject({ problems: [{ code: 'not-installed' }] })
  })

  test('one installation that does not answer is not the end of the list', async () => {
    const other = github.createRepo({ owner: 'eve', name: 'kubespray' })
    github.install([other])
    const host = hostOf()
    const installed = async (): Promise<string> => {
      try {
        return (await host.installed()).map(({ owner }) => owner).join()
      } catch (error) {
        if (error instanceof PartlyListed) return `partly ${error.found.map(({ owner }) => owner).join()}`
        throw error
      }
    }
    github.fail({ kind: 'apps/list-repos-accessible-to-installation', shape: 'bad-gateway', skip: 1 })
    expect(await installed()).toMatch(/^partly (?:ada|eve)$/)
    expect(await installed()).toBe('ada,eve')
    // From then on its repositories are known.
    github.fail({ kind: 'apps/list-repos-accessible-to-installation', shape: 'half-body', times: 2 })
    expect(await installed()).toBe('partly ada,eve')
  })

  test('a list of installations that breaks off is no list', async () => {
    for (const shape of ['half-body', 'empty-body', 'other-body', 'cut-body'] as const) {
      github.fail({ kind: 'apps/list-installations', shape, times: 2 })
      await expect(hostOf().installed(), shape).rejects.toBeInstanceOf(TryLater)
      await hostOf()
        .installed()
        .catch(() => {})
    }
  })
})
