import { beforeEach, describe, expect, test } from 'vitest'
import type { People } from '../support/memory/people.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { BODY_LIMIT, type Forge, type PullRequest } from '../../src/ports/forge.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn } from '../support/history.ts'
import { describeTalk } from './talk.ts'

export interface OpenedForge {
  readonly forge: Forge
  readonly people: People
  readonly objects: ObjectStore
  /** The same with issues switched off, as forks have them. */
  readonly withoutIssues: Forge
  dispose?: () => Promise<void>
}

/** What every forge must do. `open` gives a fresh one whose repository may be empty; default branch `main`. */
export function describeForge(name: string, open: () => Promise<OpenedForge>): void {
  describe(`${name} as a forge`, () => {
    let opened: OpenedForge
    let forge: Forge
    let people: People
    let main: Oid
    let tip: Oid
    const history = () => historyIn(opened.objects)

    beforeEach(async () => {
      opened = await open()
      forge = opened.forge
      people = opened.people
      main = await history().commit('start', { a: 'a\n' }, { ref: 'refs/heads/main' })
      tip = await history().commit(
        'step',
        { a: 'b\n' },
        { parents: [main], ref: 'refs/heads/multiarch/step' },
      )
      return opened.dispose
    })

    const openStep = (draft = false): Promise<PullRequest> =>
      forge.pullRequests.open({
        title: 'A step',
        body: 'Why.',
        branch: 'multiarch/step',
        onto: 'main',
        draft,
      })

    test('the repository says what it is', async () => {
      expect(await forge.repository.read()).toMatchObject({
        defaultBranch: 'main',
        archived: false,
        private: false,
        issues: true,
      })
    })

    describe('pull requests', () => {
      test('are opened, and found by their branch', async () => {
        const opened = await openStep()
        expect(opened).toMatchObject({
          title: 'A step',
          body: 'Why.',
          state: 'open',
          draft: false,
          author: { kind: 'us' },
          head: { branch: 'multiarch/step', oid: tip, elsewhere: false },
          base: { branch: 'main', oid: main },
        })
        expect(await forge.pullRequests.from('multiarch/step')).toEqual([opened])
        expect(await forge.pullRequests.openUnder('multiarch/')).toEqual([opened])
        expect(await forge.pullRequests.read(opened.number)).toEqual(opened)
        expect(await forge.pullRequests.from('multiarch/other')).toEqual([])
        expect(await forge.pullRequests.openUnder('other/')).toEqual([])
        expect(await forge.pullRequests.read(999)).toBeUndefined()
      })

      test('cannot be opened twice, from nothing, or with nothing to merge', async () => {
        await openStep()
        await expect(openStep()).rejects.toThrow()
        const request = { title: 'T', body: '', onto: 'main', draft: false }
        await expect(forge.pullRequests.open({ ...request, branch: 'missing' })).rejects.toThrow()
        await history().point('refs/heads/same', main)
        await expect(forge.pullRequests.open({ ...request, branch: 'same' })).rejects.toThrow()
      })

      test('follow their branch while they are open', async () => {
        const { number } = await openStep()
        const next = await history().commit(
          'more',
          { a: 'c\n' },
          { parents: [tip], ref: 'refs/heads/multiarch/step' },
        )
        expect((await forge.pullRequests.read(number))?.head.oid).toBe(next)
      })

      test('change title, body, draft and state', async () => {
        const { number } = await openStep(true)
        expect((await forge.pullRequests.read(number))?.draft).toBe(true)
        await forge.pullRequests.update(number, { title: 'Another', body: 'Because.', draft: false })
        expect(await forge.pullRequests.read(number)).toMatchObject({
          title: 'Another',
          body: 'Because.',
          draft: false,
        })
        await forge.pullRequests.update(number, { draft: true, state: 'closed' })
        expect(await forge.pullRequests.read(number)).toMatchObject({ draft: true, state: 'closed' })
        expect(await forge.pullRequests.openUnder('multiarch/')).toEqual([])
        expect((await forge.pullRequests.from('multiarch/step')).map((each) => each.state)).toEqual([
          'closed',
        ])
      })

      test('from one branch come newest first, closed ones too', async () => {
        const first = await openStep()
        await people.close(first.number)
        const second = await openStep()
        const found = await forge.pullRequests.from('multiarch/step')
        expect(found.map((each) => [each.number, each.state])).toEqual([
          [second.number, 'open'],
          [first.number, 'closed'],
        ])
      })

      test('a merged one is merged, not closed', async () => {
        const { number } = await openStep()
        const to = await people.merge(number)
        expect((await forge.pullRequests.read(number))?.state).toBe('merged')
        expect((await opened.objects.readCommits([to])).get(to)?.parents).toEqual([main, tip])
      })

      test('one from a fork that imitates our branch is not found by it', async () => {
        const number = await people.openPullRequest('stranger', {
          title: 'A step',
          body: 'Trust me.',
          branch: 'multiarch/step',
          onto: 'main',
          elsewhere: true,
        })
        expect(await forge.pullRequests.from('multiarch/step')).toEqual([])
        expect(await forge.pullRequests.openUnder('multiarch/')).toEqual([])
        expect(await forge.pullRequests.read(number)).toMatchObject({
          author: { login: 'stranger', kind: 'person' },
          head: { elsewhere: true },
        })
      })

      test('people without access are not asked for a review, and the rest still are', async () => {
        await people.grant('maintainer', 'write')
        const { number } = await openStep()
        await expect(
          forge.pullRequests.askForReview(number, ['maintainer', 'nobody']),
        ).resolves.toBeUndefined()
      })

      test('people whom it cannot be assigned to are left out, and the rest are not', async () => {
        await people.grant('maintainer', 'write')
        const { number } = await openStep()
        await expect(forge.pullRequests.assign(number, ['maintainer', 'nobody'])).resolves.toBeUndefined()
        await expect(forge.pullRequests.assign(number, [])).resolves.toBeUndefined()
      })

      test('a body may be as long as the limit and no longer', async () => {
        const { number } = await openStep()
        await forge.pullRequests.update(number, { body: 'x'.repeat(BODY_LIMIT) })
        await expect(
          forge.pullRequests.update(number, { body: 'x'.repeat(BODY_LIMIT + 1) }),
        ).rejects.toThrow()
        expect((await forge.pullRequests.read(number))?.body).toHaveLength(BODY_LIMIT)
      })
    })

    describeTalk(() => ({ ...opened, main, tip, openStep }))

    describe('permissions', () => {
      test('are those of the person, and read for anyone in public', async () => {
        for (const access of ['triage', 'write', 'maintain', 'admin'] as const) {
          await people.grant(`the-${access}`, access)
          expect(await forge.permissions.of(`the-${access}`)).toBe(access)
        }
        expect(await forge.permissions.of('stranger')).toBe('read')
      })

      test('ours are known by name', async () => {
        const ours = await forge.permissions.ours()
        expect(ours.get('contents')).toBe('write')
        expect(ours.get('metadata')).toBe('read')
        expect(ours.has('workflows')).toBe(false)
      })
    })

    describe('releases', () => {
      test('a look says whether tags have changed since the last one', async () => {
        await history().point('refs/tags/v1.0.0', main)
        const first = await forge.releases.look()
        expect(first.changed).toBe(true)
        expect(await forge.releases.look(first.mark)).toEqual({ mark: first.mark, changed: false })
        await history().point('refs/tags/v1.1.0', tip)
        const second = await forge.releases.look(first.mark)
        expect(second.changed).toBe(true)
        await history().point('refs/tags/v1.1.0', main)
        expect((await forge.releases.look(second.mark)).changed).toBe(true)
      })

      test('a tag without a release has none', async () => {
        expect(await forge.releases.of('v9.9.9')).toBeUndefined()
      })
    })
  })
}
