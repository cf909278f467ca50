import { describe, expect, test } from 'vitest'
import type { LoggedCommit } from '../../../../src/core/model/commit.ts'
import { blobOid } from '../../../../src/core/model/oid.ts'
import { readReleaseTag, type ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { givenTrailer } from '../../../../src/core/series/memory/answer.ts'
import { answersOn, type StepRun } from '../../../../src/core/series/memory/answers-on.ts'
import { conflictTrailer, type ToldConflict } from '../../../../src/core/series/memory/told-conflict.ts'
import { settledTrailer, type Settlement } from '../../../../src/core/series/settlement.ts'
import { commit, type Spec } from '../../../support/commits.ts'

const RELEASE = readReleaseTag('v2.29.0') as ReleaseTag
const EARLIER = readReleaseTag('v2.28.0') as ReleaseTag
const FILE = 'roles/thing/tasks/main.yml'

function file(content: string): Entry {
  return { mode: '100644', oid: blobOid(Buffer.from(content)) }
}

const ONE: ToldConflict = {
  ...{ name: '1'.repeat(16), patch: 'patch-one', path: FILE },
  sides: { base: file('base'), upstream: file('theirs'), patch: file('mine') },
}
const TWO: ToldConflict = {
  ...{ name: '2'.repeat(16), patch: 'patch-two', path: FILE },
  sides: { base: file('base'), upstream: file('theirs'), patch: file('mine too') },
}

type Trailer = readonly [string, string]

function telling(trailers: readonly Trailer[], spec: Partial<Spec> = {}): LoggedCommit {
  const body = trailers.map(([key, value]) => `${key}: ${value}`).join('\n')
  return commit({ title: 'A commit', ...spec, ...(body === '' ? {} : { body }) })
}

/** Our commit of a patch: it tells its conflicts, and leaves the file as the release has it. */
function ours(...conflicts: readonly ToldConflict[]): LoggedCommit {
  return telling(conflicts.map(conflictTrailer))
}

/** A person's commit that leaves a file with this content. */
function edit(content: string | undefined, spec: Partial<Spec> = {}, path = FILE): LoggedCommit {
  return telling([], { title: `Write ${content}`, changes: { [path]: ['before', content] }, ...spec })
}

function said(
  side: Settlement['side'],
  of: ToldConflict,
  { content, time = 10 }: { readonly content?: string; readonly time?: number } = {},
): LoggedCommit {
  const settled = settledTrailer({ side, patch: of.patch, conflict: of.name, path: of.path })
  const changes = content === undefined ? {} : { changes: { [FILE]: ['before', content] as const } }
  return telling([settled], { title: 'Settle it', time, ...changes })
}

function run(parts: Partial<Pick<StepRun, 'ours' | 'persons'>>): StepRun {
  return {
    ...{ release: RELEASE, ours: [ours(ONE)], persons: [] },
    isAtWord: ({ message }) => message.startsWith('Settle it'),
    isFile: (path, seen) => path === seen,
    ...parts,
  }
}

/** What was made of which conflicts: `patch-one → content`, or `nothing` where there is no answer. */
function made(parts: Parameters<typeof run>[0]): string {
  const names = new Map(
    ['theirs', 'mine', 'mine too', 'by hand', 'once more'].map((text) => [file(text).oid, text]),
  )
  const { answers } = answersOn(run(parts))
  const told = answers.map(({ conflicts, made: entry }) => {
    const what = entry ? names.get(entry.oid) : 'no file'
    return `${conflicts.map(({ patch }) => patch).join(' and ')} → ${what}`
  })
  return told.join('; ') || 'nothing'
}

describe('what people made of a conflict', () => {
  const both = [ours(ONE), ours(TWO)]

  test.each<readonly [string, Parameters<typeof run>[0], string]>([
    ['nobody did anything', {}, 'nothing'],
    ['somebody wrote the file', { persons: [edit('by hand')] }, 'patch-one → by hand'],
    ['somebody deleted the file', { persons: [edit(undefined)] }, 'patch-one → no file'],
    ['another file was written', { persons: [edit('by hand', {}, 'README.md')] }, 'nothing'],
    ['written twice: the last counts', { persons: [edit('mine'), edit('by hand')] }, 'patch-one → by hand'],
    ['written, and put back', { persons: [edit('by hand'), edit('theirs')] }, 'nothing'],
    ['a side was taken', { persons: [said('mine', ONE, { content: 'mine' })] }, 'patch-one → mine'],
    ['upstream’s side was taken, which is there', { persons: [said('upstream', ONE)] }, 'patch-one → theirs'],
    ['said to be settled as it stands', { persons: [said('hand', ONE)] }, 'patch-one → theirs'],
    [
      'a side was taken, and a later commit took that back',
      { persons: [said('mine', ONE, { content: 'mine' }), edit('theirs')] },
      'nothing',
    ],
    [
      'a side was taken, and somebody went on from there',
      { persons: [said('mine', ONE, { content: 'mine' }), edit('by hand')] },
      'patch-one → by hand',
    ],
    [
      'a side was taken, and opened again',
      { persons: [said('mine', ONE, { content: 'mine' }), said('open', ONE, { content: 'theirs' })] },
      'nothing',
    ],
    [
      'opened, and taken after that',
      { persons: [said('open', ONE), said('mine', ONE, { content: 'mine' })] },
      'patch-one → mine',
    ],
    [
      'written by hand, and forgotten after that',
      { persons: [edit('by hand'), said('forgotten', ONE)] },
      'nothing',
    ],
    [
      'forgotten, and written by hand after that',
      { persons: [said('forgotten', ONE, { content: 'theirs' }), edit('by hand')] },
      'patch-one → by hand',
    ],
    [
      'forgotten, and taken after that',
      { persons: [said('forgotten', ONE), said('mine', ONE, { content: 'mine' })] },
      'patch-one → mine',
    ],
    [
      'forgotten, and another file was written after that',
      { persons: [edit('by hand'), said('forgotten', ONE), edit('mine', {}, 'README.md')] },
      'nothing',
    ],
    [
      'what was said is of another conflict of the same patch',
      { persons: [said('upstream', { ...ONE, name: '3'.repeat(16) })] },
      'nothing',
    ],
    [
      'what was said is of another patch',
      { persons: [said('upstream', { ...ONE, patch: 'patch-two' })] },
      'nothing',
    ],
    [
      'of two patches in one file one was settled at a word',
      { ours: both, persons: [said('mine', ONE, { content: 'mine' })] },
      'nothing',
    ],
    [
      'of two patches in one file both were',
      {
        ours: both,
        persons: [said('mine', ONE, { content: 'mine' }), said('follows', TWO, { content: 'mine too' })],
      },
      'patch-one and patch-two → mine too',
    ],
    [
      'two patches in one file, which somebody wrote',
      { ours: both, persons: [edit('by hand')] },
      'patch-one and patch-two → by hand',
    ],
    [
      'somebody amended our commit: it tells the conflict and has the answer',
      {
        ours: [],
        persons: [telling([conflictTrailer(ONE)], { changes: { [FILE]: ['before', 'by hand'] } })],
      },
      'patch-one → by hand',
    ],
    [
      'somebody amended our commit and left the file alone',
      { ours: [], persons: [telling([conflictTrailer(ONE)])] },
      'nothing',
    ],
  ])('%s', (_what, parts, expected) => {
    expect(made(parts)).toBe(expected)
  })

  test('a conflict in each of two files is answered by itself', () => {
    const other = { ...TWO, path: 'docs/a.md' }
    const persons = [edit('by hand', {}, 'docs/a.md')]
    expect(made({ ours: [ours(ONE, other)], persons })).toBe('patch-two → by hand')
  })

  test('an answer says when it was given, at which release, and what it started from', () => {
    const persons = [
      edit('mine', { time: 30 }),
      edit('by hand', { time: 20 }),
      edit('x', { time: 99 }, 'README.md'),
    ]
    const { answers } = answersOn(run({ persons }))
    expect(answers).toEqual([
      {
        ...{ release: RELEASE, time: 30, ways: 1, path: FILE, conflicts: [ONE] },
        ...{ left: file('theirs'), made: file('by hand') },
      },
    ])
  })

  test('what was said without a change is as old as the word', () => {
    expect(answersOn(run({ persons: [said('upstream', ONE, { time: 44 })] })).answers[0]?.time).toBe(44)
  })

  test('it starts from what settled of the patch, where our commit changed the file', () => {
    const before = telling([conflictTrailer(ONE)], { changes: { [FILE]: ['before', 'once more'] } })
    const { answers } = answersOn(run({ ours: [before], persons: [edit('by hand')] }))
    expect(answers[0]).toMatchObject({ left: file('once more'), made: file('by hand') })
  })

  test('Kubespray’s files may stand in a folder of the repository', () => {
    const persons = [edit('by hand', {}, `kubespray/${FILE}`)]
    const isFile: StepRun['isFile'] = (path, seen) => path === `kubespray/${seen}`
    expect(answersOn({ ...run({ persons }), isFile }).answers).toHaveLength(1)
    expect(answersOn(run({ persons })).answers).toHaveLength(0)
  })
})

describe('an earlier answer that a commit of ours gave again', () => {
  const given = givenTrailer(ONE.name, { release: EARLIER, time: 5, ways: 3, path: 'old/place.yml' })
  const recorded = telling([conflictTrailer(ONE), given], { changes: { [FILE]: ['before', 'mine'] } })
  const known = { release: EARLIER, time: 5, ways: 3, path: 'old/place.yml', conflicts: [ONE] }

  test('stands in that commit, and was given when and where it says', () => {
    const { answers } = answersOn(run({ ours: [recorded] }))
    expect(answers).toEqual([{ ...known, left: file('theirs'), made: file('mine') }])
  })

  test('was the release’s side where the commit leaves the file alone', () => {
    const { answers } = answersOn(run({ ours: [telling([conflictTrailer(ONE), given])] }))
    expect(answers).toEqual([{ ...known, left: file('theirs'), made: file('theirs') }])
  })

  test('is none where the commit tells the conflict alone', () => {
    expect(answersOn(run({ ours: [ours(ONE)] })).answers).toEqual([])
  })

  test('whoever goes on from it gives another answer, from where that one started', () => {
    const { answers } = answersOn(run({ ours: [recorded], persons: [edit('by hand', { time: 50 })] }))
    expect(answers).toHaveLength(2)
    expect(answers[1]).toMatchObject({
      release: RELEASE,
      time: 50,
      left: file('theirs'),
      made: file('by hand'),
    })
  })

  test('whoever goes on from what a later patch made of it starts there', () => {
    const later = telling([], { changes: { [FILE]: ['before', 'once more'] } })
    const { answers } = answersOn(run({ ours: [recorded, later], persons: [edit('by hand')] }))
    expect(answers[1]).toMatchObject({ left: file('once more'), made: file('by hand') })
  })
})

test('what is to be forgotten is told by our commits and by people, each with its time', () => {
  const ownWord = telling([['Multiarch-Forgotten', '7 patch-old']])
  const { forgotten } = answersOn(run({ ours: [ownWord], persons: [said('forgotten', ONE, { time: 12 })] }))
  expect(forgotten).toEqual([
    { patch: 'patch-old', time: 7 },
    { patch: 'patch-one', time: 12 },
  ])
})
