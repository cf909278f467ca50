import { describe, expect, test } from 'vitest'
import { converse } from '../../../../src/app/carry/converse.ts'
import { bagOf, sumOf } from '../../../../src/core/merge/line-bag.ts'
import { spelledLines } from '../../../../src/core/merge/spelled.ts'
import { asConfidence, findTaken } from '../../../../src/core/merge/taken/taken.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { defined } from '../../../../src/core/model/defined.ts'
import type { LoggedCommit } from '../../../../src/core/model/commit.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { rows } from '../../../support/rows.ts'

type Texts = Readonly<Record<string, string>>

interface Row {
  readonly base: Texts
  readonly patch: Texts
  /** What each of upstream's commits changes, oldest first, by its subject. */
  readonly upstream: Readonly<Record<string, Texts>>
  readonly title?: string
  /** Upstream's author wrote it. */
  readonly isTheirs?: true
  /** The commits that the patch is the sum of: their titles and what each changes. */
  readonly parts?: Readonly<Record<string, Texts>>
  readonly brought?: string
}

const [ADA, BOB] = ['Ada Example', 'Bob Example'].map((name) => ({
  ...{ name, email: `${name.slice(0, 3)}@example.com`, time: 0, zone: '+0000' },
})) as [LoggedCommit['author'], LoggedCommit['author']]

/** What upstream has of a patch: of the whole, and piece by piece as `path first line: taken how`. */
async function taken({ base, patch, upstream, title = 'Mine', isTheirs, parts, brought = '' }: Row) {
  const workspace = new Workspace()
  const entry = (text: string | undefined): Entry | undefined =>
    text === undefined ? undefined : { mode: '100644', oid: workspace.put(splitLines(text)) }
  const changesTo = (before: Texts, after: Texts) =>
    Object.entries(after).map(([path, text]) => ({
      ...{ path, to: path, before: entry(before[path]), after: entry(text) },
    }))
  let now = base
  const commits = Object.entries(upstream).map(([message, files]): LoggedCommit => {
    const changes = changesTo(now, files)
    now = { ...now, ...files }
    return { oid: blobOid(Buffer.from(message)), parents: [], author: BOB, committer: BOB, message, changes }
  })
  const changes = changesTo(base, patch)
  const bag = (texts: readonly string[]) => sumOf(texts.map((text) => bagOf(spelledLines(splitLines(text)))))
  const paths = Object.keys(patch)
  const lines = {
    base: bag(paths.map((path) => base[path] ?? '')),
    release: bag(paths.map((path) => now[path] ?? '')),
    texts: new Map(paths.map((path) => [path, [splitLines(now[path] ?? '')]])),
  }
  const author = isTheirs ? BOB : ADA
  const sum = Object.entries(parts ?? {}).map(([message, files]) => ({
    ...{ message, author, changes: changesTo(base, files) },
  }))
  const asked = {
    ...{ changes, written: { message: title, author }, lines, later: new Map(), brought: bag([brought]) },
    history: { commits: commits.toReversed(), paths: new Set(paths) },
    ...(parts ? { parts: sum } : {}),
  }
  const world = {
    readBlobs: () => Promise.resolve(new Map<Oid, Uint8Array>()),
    log: () => Promise.resolve([]),
  }
  const found = await converse(findTaken(asked, workspace), world, undefined)
  const subjectOf = (oid: Oid) => commits.find((each) => each.oid === oid)?.message
  return (
    found && {
      ...{ isReviewed: found.isReviewed, share: Math.round(found.share * 100) / 100 },
      whole: found.whole && [
        ...[found.whole.verdict, found.whole.tie, ...found.whole.commits.map(subjectOf)],
        ...[...found.whole.rest].map((path) => `without ${path}`),
      ],
      reason: found.whole?.reason,
      pieces: found.fates.map(({ file, unit, taken: isTaken, how = '', by, undoneBy }) =>
        [file.change.path, unit.lines[0], ...(isTaken ? [how, by?.message] : []), undoneBy?.message]
          .filter((each) => each !== undefined)
          .join(': '),
      ),
    }
  )
}

const TAKE = 'Take the whole feature'
const [ONE, TWO] = ['The first half of it', 'The second half of it'] as const
const REST = rows('alpha', 12)
const [MINE, MORE] = [rows('mine', 4), rows('more', 4)]
const LONG = rows('mine', 20)
const whole = { base: { a: REST }, patch: { a: REST + LONG } }

describe('upstream’s reviewed form ends a patch', () => {
  test('with all of it: as it is', async () => {
    const found = await taken({
      ...whole,
      title: 'Bring the whole feature',
      upstream: { 'Bring the whole feature': whole.patch },
    })
    expect(found).toMatchObject({
      isReviewed: true,
      share: 1,
      whole: ['upstreamed', 'title', 'Bring the whole feature'],
    })
    expect(found?.reason).toMatchObject({ code: 'taken-as', commits: [{ title: 'Bring the whole feature' }] })
  })

  test.each([
    ['Bring the whole feature', 'Bring the whole feature', 'title'],
    ['Bring the whole feature (#7)', 'Squashed (#7)', 'number'],
    ['Bring the whole feature', 'Something', 'author'],
  ])('with most of %j in %j', async (title, theirs, tie) => {
    const isTheirs = tie === 'author' || undefined
    const row = { ...whole, title, ...defined({ isTheirs }) }
    const found = await taken({ ...row, upstream: { [theirs]: { a: REST + rows('mine', 18) } } })
    expect(found?.whole).toEqual(['upstreamed', tie, theirs])
    expect(found?.reason).toMatchObject({
      code: 'taken-in-form',
      commit: { title: theirs },
      byTitle: tie === 'title',
      share: 0.9,
    })
  })

  test('that was taken back: it is obsolete, and both are named', async () => {
    const upstream = { [TAKE]: whole.patch, Back: whole.base }
    const found = await taken({ ...whole, title: TAKE, upstream })
    expect(found?.whole).toEqual(['obsolete', 'title', TAKE, 'Back'])
    expect(found?.reason).toMatchObject({
      code: 'taken-back',
      commit: { title: TAKE },
      by: { title: 'Back' },
    })
    expect(found?.pieces).toEqual([`a: mine says 00: same: ${TAKE}: Back`])
  })

  test('and not where it is another patch’s: what the base had all along nobody brought', async () => {
    const found = await taken({
      base: { a: REST + LONG },
      patch: { a: LONG + REST + LONG },
      title: TAKE,
      upstream: { [TAKE]: { a: `${REST}${LONG}zz\n` } },
    })
    expect(found?.whole).toBeUndefined()
  })

  test('with a file that it does without', async () => {
    const row = { base: { a: REST, b: REST }, patch: { a: REST + LONG, b: `${REST}beside it all\n` } }
    const found = await taken({ ...row, title: TAKE, upstream: { [TAKE]: { a: REST + rows('mine', 16) } } })
    expect(found?.whole).toEqual(['upstreamed', 'title', TAKE, 'without b'])
  })
})

describe('a part of a patch', () => {
  const two = { base: { a: REST, b: REST }, patch: { a: REST + MINE, b: REST + MORE } }

  test('is taken where the other file is a change of its own', async () => {
    const found = await taken({ ...two, title: TAKE, upstream: { [TAKE]: { a: two.patch.a } } })
    expect(found).toEqual({
      ...{ isReviewed: true, share: 1, whole: undefined, reason: undefined },
      pieces: [`a: mine says 00: same: ${TAKE}`, 'b: more says 00'],
    })
  })

  test('which has it from somebody else: it is carried with that file', async () => {
    const upstream = { [TAKE]: { a: two.patch.a }, Other: { b: `${REST}zz\n${MORE}` } }
    const found = await taken({ ...two, title: TAKE, upstream })
    expect(found?.pieces).toEqual([`a: mine says 00: same: ${TAKE}`, 'b: more says 00'])
  })

  test('is taken in another form by so much of it', async () => {
    const base = { a: REST, b: REST }
    const patch = { a: REST + rows('mine', 10), b: REST + rows('more', 10) }
    const found = await taken({
      base,
      patch,
      title: TAKE,
      upstream: { [TAKE]: { a: REST + rows('mine', 8) } },
    })
    expect(found).toMatchObject({ isReviewed: true, share: 0.8 })
    expect(found?.pieces).toEqual([`a: mine says 00: reviewed: ${TAKE}`, 'b: more says 00'])
  })

  test('is taken line by line where no commit is its form', async () => {
    const found = await taken({ ...two, upstream: { Something: { a: two.patch.a } } })
    expect(found).toMatchObject({ isReviewed: false, share: 1 })
    expect(found?.pieces).toEqual(['a: mine says 00: same: Something', 'b: more says 00'])
  })

  test('is none where upstream has nothing of it, or did nothing', async () => {
    expect(await taken({ ...two, upstream: { Something: { a: `${REST}other\n` } } })).toBeUndefined()
    expect(await taken({ ...two, upstream: {} })).toBeUndefined()
  })
})

describe('a patch that is many commits in sum', () => {
  const row: Row = {
    base: { a: REST, b: REST },
    patch: { a: REST + rows('mine', 10), b: REST + rows('more', 10) },
    parts: { [ONE]: { a: REST + rows('mine', 10), x: 'beside it\n' }, [TWO]: { b: REST + rows('more', 10) } },
    upstream: { [ONE]: { a: REST + rows('mine', 8) } },
  }

  test('is taken by the reviewed form of each', async () => {
    const found = await taken(row)
    expect(found).toMatchObject({ isReviewed: false, whole: undefined, share: 0.8 })
    expect(found?.pieces).toEqual([`a: mine says 00: reviewed: ${ONE}`, 'b: more says 00'])
  })

  test('of which upstream has two', async () => {
    const upstream = { [ONE]: { a: REST + rows('mine', 10) }, [TWO]: { b: REST + rows('more', 10) } }
    expect((await taken({ ...row, upstream }))?.pieces).toEqual([
      `a: mine says 00: same: ${ONE}`,
      `b: more says 00: same: ${TWO}`,
    ])
  })

  test('and no form ends the whole of it', async () => {
    const found = await taken({ ...row, title: ONE, upstream: { [ONE]: row.patch } })
    expect(found?.whole).toBeUndefined()
    expect(found?.pieces.every((piece) => piece.endsWith(`same: ${ONE}`))).toBe(true)
  })
})

describe('what an earlier patch of the series brought', () => {
  const OLD = 'an_older_line of it\n'
  const row = { base: { a: `${REST}${OLD}${REST}` }, patch: { a: `${REST}${REST}${LONG}` }, title: TAKE }
  const upstream = { [TAKE]: { a: `${REST}${OLD}${REST}${rows('mine', 20)}` } }

  test.each([
    ['no upstream can have taken away: the patch does not end', { brought: OLD }, undefined],
    ['is nothing that it takes away: it ends', { brought: 'else\n' }, ['upstreamed', 'title', TAKE]],
  ])('%s', async (_what, more, expected) => {
    expect((await taken({ ...row, upstream, ...more }))?.whole).toEqual(expected)
  })

  test('and that says nothing is no reason', async () => {
    const base = { a: `${REST}--\n${REST}` }
    const found = await taken({ ...row, base, upstream, brought: '--\n' })
    expect(found?.whole).toEqual(['upstreamed', 'title', TAKE])
  })

  test('and in whose place it puts another is still to go', async () => {
    const base = { a: `${REST}old_setting: 1\n` }
    const patch = { a: `${REST}old_setting: 2\n${LONG}` }
    const found = await taken({
      base,
      patch,
      title: TAKE,
      upstream: { [TAKE]: patch },
      brought: 'old_setting: 1\n',
    })
    expect(found?.whole).toBeUndefined()
  })
})

test.each([
  [1, 1],
  [0.98, 1],
  [0.97, 0.97],
])('a share of %d is a confidence of %d', (share, confidence) => {
  expect(asConfidence(share)).toBe(confidence)
})
