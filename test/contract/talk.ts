import { beforeEach, describe, expect, test } from 'vitest'
import type { People } from '../support/memory/people.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { CheckReport, Forge, PullRequest } from '../../src/ports/forge.ts'
import type { OpenedForge } from './forge.ts'

/** A forge with a branch `multiarch/step` at `tip`, one commit above `main`. */
interface Stage extends OpenedForge {
  readonly main: Oid
  readonly tip: Oid
  openStep(this: void): Promise<PullRequest>
}

/** Comments, labels, checks and issues: the second half of the forge suite. */
export function describeTalk(stage: () => Stage): void {
  let forge: Forge
  let withoutIssues: Forge
  let people: People
  let main: Oid
  let tip: Oid
  let openStep: Stage['openStep']
  beforeEach(() => {
    ;({ forge, withoutIssues, people, main, tip, openStep } = stage())
  })

  describe('the mark of a talk', () => {
    const OURS = { branchPrefix: 'multiarch/', label: 'board' }
    const mark = () => forge.repository.mark(OURS)

    test('is the same while nobody does anything, or only elsewhere', async () => {
      const { number } = await openStep()
      await forge.issues.open({ title: 'Board', body: 'x', label: 'board' })
      const before = await mark()
      expect(before).toBeTypeOf('string')
      await forge.pullRequests.read(number)
      await people.openIssue('someone', { title: 'Hello', body: '' })
      expect(await mark()).toBe(before)
    })

    test('is another one after whatever anybody does there', async () => {
      const { number } = await openStep()
      const board = await forge.issues.open({ title: 'Board', body: 'x', label: 'board' })
      const doings: readonly (() => Promise<unknown>)[] = [
        () => people.comment('someone', number, 'hm'),
        () => people.edit(number, { body: 'mine' }),
        () => forge.labels.add(number, ['big']),
        () => forge.pullRequests.update(number, { draft: true }),
        () => people.close(number),
        () => people.reopen(number),
        () => people.edit(board.number, { body: 'y' }),
        () => forge.issues.update(board.number, { state: 'closed' }),
      ]
      for (const doing of doings) {
        const before = await mark()
        await doing()
        expect(await mark(), String(doing)).not.toBe(before)
      }
    })

    test('there is one where issues are switched off, too', async () => {
      expect(await withoutIssues.repository.mark(OURS)).toBeTypeOf('string')
    })
  })

  describe('comments at lines', () => {
    const at = () => ({ at: tip, path: 'a', from: 1, to: 1 })

    test('stand at what the pull request changes, and only ours are told', async () => {
      const { number } = await openStep()
      expect(await forge.lineComments.ours(number)).toEqual([])
      expect(await forge.lineComments.add(number, { ...at(), body: 'Better so.' })).toBe(true)
      expect(await forge.lineComments.ours(number)).toEqual([{ path: 'a', body: 'Better so.' }])
    })

    test('stand nowhere else', async () => {
      const { number } = await openStep()
      expect(await forge.lineComments.add(number, { ...at(), from: 9, to: 9, body: 'x' })).toBe(false)
      expect(await forge.lineComments.add(number, { ...at(), to: 9, body: 'x' })).toBe(false)
      expect(await forge.lineComments.ours(number)).toEqual([])
    })
  })

  describe('comments', () => {
    test('are read in order, with who wrote them, and only ours are ours', async () => {
      const { number } = await openStep()
      await people.comment('someone', number, '/multiarch recheck')
      await people.comment('other[bot]', number, 'beep')
      const own = await forge.comments.add(number, 'Done.')
      const all = await forge.comments.on(number)
      expect(all.map(({ author, body }) => [author.kind, body])).toEqual([
        ['person', '/multiarch recheck'],
        ['bot', 'beep'],
        ['us', 'Done.'],
      ])
      expect(all[2]).toEqual(own)
      expect(await forge.comments.read(own.id)).toEqual(own)
      expect(await forge.comments.read(987_654)).toBeUndefined()
    })

    test('are all read, however many', async () => {
      const { number } = await openStep()
      for (let i = 0; i < 120; i++) await people.comment('someone', number, `comment ${i}`)
      expect((await forge.comments.on(number)).map(({ body }) => body)).toEqual(
        Array.from({ length: 120 }, (_, i) => `comment ${i}`),
      )
    })

    test('can be rewritten, and a missing one not', async () => {
      const { number } = await openStep()
      const { id } = await forge.comments.add(number, 'Working on it.')
      await forge.comments.update(id, 'Done.')
      expect((await forge.comments.read(id))?.body).toBe('Done.')
      await expect(forge.comments.update(987_654, 'x')).rejects.toThrow()
    })

    test('a second reaction of the same kind is none', async () => {
      const { number } = await openStep()
      const id = await people.comment('someone', number, '/multiarch help')
      expect(await forge.reactions.add(id, 'eyes')).toBe(true)
      expect(await forge.reactions.add(id, 'eyes')).toBe(false)
      expect(await forge.reactions.add(id, 'rocket')).toBe(true)
    })
  })

  describe('labels', () => {
    test('are put on and taken off, without harm when repeated', async () => {
      const { number } = await openStep()
      await forge.labels.add(number, ['multiarch', 'needs a person'])
      await forge.labels.add(number, ['multiarch'])
      expect(await labelsOf(number)).toEqual(['multiarch', 'needs a person'])
      await forge.labels.remove(number, 'needs a person')
      await forge.labels.remove(number, 'needs a person')
      expect(await labelsOf(number)).toEqual(['multiarch'])
    })

    async function labelsOf(number: number): Promise<string[]> {
      return [...((await forge.pullRequests.read(number))?.labels ?? [])].sort()
    }
  })

  describe('checks', () => {
    const report = (): CheckReport => ({
      name: 'multiarch',
      at: tip,
      state: 'failure',
      title: 'One conflict',
      summary: 'I could not settle `a`.',
      annotations: [
        { path: 'a', line: 1, severity: 'failure', title: 'Conflict', message: 'Both changed it.' },
      ],
      actions: [{ id: 'recheck', label: 'Recheck', description: 'Judge it as it is now' }],
    })

    test('are reported and found', async () => {
      expect(await forge.checks.find(tip, 'multiarch')).toBeUndefined()
      expect(await forge.checks.report(report())).toBe(true)
      expect(await forge.checks.find(tip, 'multiarch')).toMatchObject({
        name: 'multiarch',
        at: tip,
        state: 'failure',
        title: 'One conflict',
        summary: 'I could not settle `a`.',
      })
      expect(await forge.checks.find(main, 'multiarch')).toBeUndefined()
    })

    test('the same report writes once, another one writes again', async () => {
      await forge.checks.report({ ...report(), state: 'running' })
      expect(await forge.checks.report(report())).toBe(true)
      expect(await forge.checks.report(report())).toBe(false)
      expect(await forge.checks.report({ ...report(), annotations: [], state: 'success' })).toBe(true)
      expect((await forge.checks.find(tip, 'multiarch'))?.state).toBe('success')
    })

    test.each(['queued', 'running', 'success', 'failure', 'neutral', 'action-required'] as const)(
      'can be %s',
      async (state) => {
        await forge.checks.report({ ...report(), state })
        expect((await forge.checks.find(tip, 'multiarch'))?.state).toBe(state)
      },
    )

    test('hold more than a hundred annotations', async () => {
      const [one] = report().annotations
      const annotations = Array.from({ length: 120 }, (_, i) => ({ ...one!, message: `line ${i}` }))
      expect(await forge.checks.report({ ...report(), annotations })).toBe(true)
      expect(await forge.checks.report({ ...report(), annotations })).toBe(false)
    })

    test('too many buttons are refused', async () => {
      const actions = Array.from({ length: 4 }, (_, i) => ({ id: `${i}`, label: `${i}`, description: 'x' }))
      await expect(forge.checks.report({ ...report(), actions })).rejects.toThrow()
    })
  })

  describe('issues', () => {
    const dashboard = { title: 'Multi-arch dashboard', body: 'Up to date.', label: 'multiarch-dashboard' }

    test('our own is found by its label; a person’s that imitates it is not', async () => {
      await people.openIssue('someone', dashboard)
      expect(await forge.issues.ours('multiarch-dashboard')).toBeUndefined()
      const issue = await forge.issues.open(dashboard)
      expect(await forge.issues.ours('multiarch-dashboard')).toEqual(issue)
      expect(issue).toMatchObject({ title: dashboard.title, body: dashboard.body, author: { kind: 'us' } })
      expect(await forge.issues.read(issue.number)).toEqual(issue)
      expect(await forge.issues.ours('another-label')).toBeUndefined()
    })

    test('a closed one is found too, and is opened again', async () => {
      const { number } = await forge.issues.open(dashboard)
      await people.close(number)
      expect(await forge.issues.ours('multiarch-dashboard')).toMatchObject({ number, state: 'closed' })
      await forge.issues.update(number, { state: 'open', body: 'One step is open.' })
      expect(await forge.issues.read(number)).toMatchObject({ state: 'open', body: 'One step is open.' })
    })

    test('a pull request is no issue', async () => {
      const { number } = await openStep()
      expect(await forge.issues.read(number)).toBeUndefined()
    })

    test('where issues are switched off, a refusal says so', async () => {
      await expect(withoutIssues.issues.open(dashboard)).rejects.toMatchObject({
        name: 'Refusal',
        problems: [{ code: 'issues-disabled' }],
      })
      expect(await withoutIssues.issues.ours('multiarch-dashboard')).toBeUndefined()
    })
  })
}
