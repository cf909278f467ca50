import { describe, expect, test } from 'vitest'
import { converse } from '../../../../src/app/carry/converse.ts'
import { mergeTree, type TreeMerge } from '../../../../src/core/merge/merge-tree.ts'
import type { PatchChange } from '../../../../src/core/merge/patch-changes.ts'
import { cutTaken, endWhole, tellParts } from '../../../../src/core/merge/taken/cut-taken.ts'
import { ownFiles } from '../../../../src/core/merge/taken/own-files.ts'
import type { Taken, Whole } from '../../../../src/core/merge/taken/taken.ts'
import type { UnitFate } from '../../../../src/core/merge/taken/unit-fates.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import type { LoggedCommit } from '../../../../src/core/model/commit.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import type { FileOutcome, Verdict } from '../../../../src/core/model/verdict.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example', time: 0, zone: '+0000' }

function commit(message: string): LoggedCommit {
  const oid = blobOid(Buffer.from(message))
  return { oid, parents: [], author: SOMEBODY, committer: SOMEBODY, message, changes: [] }
}

const [TAKER, OTHER, UNDOER] = ['Take it', 'Take more', 'Take it back'].map(commit) as [
  LoggedCommit,
  LoggedCommit,
  LoggedCommit,
]
const namesOf = (...commits: LoggedCommit[]) => commits.map(({ oid, message }) => ({ oid, title: message }))

function outcomeOf(path: string, more: Partial<FileOutcome> = {}): FileOutcome {
  return { path, to: path, verdict: 'clean', reasons: [], upstream: [], ...more }
}

/** A change from one text to another; a text without ends of lines is one of words, each a line. */
function changesIn(workspace: Workspace) {
  const entry = (text: string | undefined): Entry | undefined => {
    if (text === undefined) return undefined
    const lines = text.includes('\n') ? text : text.replaceAll(' ', '\n')
    return { mode: '100644', oid: workspace.put(splitLines(`${lines}\n`)) }
  }
  const change = (path: string, before?: string, after?: string, to = path): PatchChange => {
    return { path, to, before: entry(before), after: entry(after) }
  }
  return { entry, change }
}

describe('of a patch that ends with upstream’s reviewed form', () => {
  const reason = { code: 'taken-as', commits: namesOf(TAKER) } as const
  const commits = [TAKER.oid]
  const [ENDED, WITHOUT] = [
    { verdict: 'upstreamed', reasons: [reason], upstream: commits },
    { verdict: 'obsolete', reasons: [reason, { code: 'form-without-file' }], upstream: commits },
  ] as const
  interface Row {
    readonly before?: string
    readonly after?: string
    readonly to?: string
    /** Where the release has it. */
    readonly at?: string
    /** What the commit touches. */
    readonly touches?: string
    readonly verdict?: Whole['verdict']
    readonly isRest?: true
  }

  test.each<[string, Row, typeof ENDED | typeof WITHOUT | 'stays']>([
    ['a file with lines that the form has', { before: 'a', after: 'a b', touches: 'f' }, ENDED],
    ['a file with lines that it does without', { before: 'a', after: 'a b', isRest: true }, WITHOUT],
    ['one whose lines stand elsewhere by now', { before: 'a', after: 'a b' }, ENDED],
    ['a file that the patch deletes and the commit leaves alone', { before: 'a' }, 'stays'],
    ['one that the commit changes', { before: 'a', touches: 'f' }, ENDED],
    ['a new name that the commit leaves alone', { before: 'a', after: 'a', to: 'g' }, 'stays'],
    ['one whose new name the commit touches', { before: 'a', after: 'a', to: 'g', touches: 'g' }, ENDED],
    ['one whose old name it touches', { before: 'a', after: 'a', to: 'g', touches: 'f' }, ENDED],
    ['a deletion of what upstream moved and changed there', { before: 'a', at: 'm', touches: 'm' }, ENDED],
  ])('%s', (_what, { before, after, to = 'f', at = to, touches, isRest }, expected) => {
    const workspace = new Workspace()
    const { change, entry } = changesIn(workspace)
    const changes = [change('other', 'x', 'x y'), change('f', before, after, to)]
    const outcomes = [outcomeOf('f', { to: at })]
    const put = new Map<string, Entry | undefined>(to === 'f' ? [] : [['f', undefined]])
    put.set(at, entry(after))
    const whole = {
      by: { paths: new Set(touches === undefined ? [] : [touches]) },
      ...{ commits, verdict: 'upstreamed', reason, rest: new Set(isRest ? ['f'] : []) },
    } as unknown as Whole
    const ended = endWhole({ changes: put, outcomes }, whole, { changes, workspace })
    const stays = expected === 'stays'
    expect(ended).toEqual({
      changes: stays ? put : new Map(),
      outcomes: stays ? outcomes : [{ path: 'f', to: at, ...expected }],
    })
  })

  test('which upstream took back, a file that it did without is taken back with it', () => {
    const workspace = new Workspace()
    const changes = [changesIn(workspace).change('f', 'a', 'a b')]
    const back = { code: 'taken-back', commit: namesOf(TAKER)[0], by: namesOf(UNDOER)[0] }
    const whole = {
      by: { paths: new Set() },
      commits,
      verdict: 'obsolete',
      reason: back,
      rest: new Set(['f']),
    }
    const merged = { changes: new Map(), outcomes: [outcomeOf('f')] }
    const { outcomes } = endWhole(merged, whole as unknown as Whole, { changes, workspace })
    expect(outcomes).toEqual([
      { path: 'f', to: 'f', verdict: 'obsolete', reasons: [back], upstream: commits },
    ])
  })
})

interface Cut {
  readonly before?: string
  readonly after: string
  readonly there: string | undefined
  /** What is known of each piece. */
  readonly fates: readonly (Partial<UnitFate> | undefined)[]
  readonly isReviewed?: boolean
}

/** A patch of one file cut by what is known of its pieces: what stands there, and what is said of it. */
async function cut({ before, after, there, fates, isReviewed = false }: Cut) {
  const workspace = new Workspace()
  const { change, entry } = changesIn(workspace)
  const kept = change('kept.txt', 'a', 'a b')
  const changes = [change(FILE, before, after), kept]
  const tree = (own: string | undefined, other: Entry | undefined): ReadonlyMap<string, Entry> =>
    new Map(
      Object.entries({ [FILE]: entry(own), 'kept.txt': other }).flatMap(([p, e]) => (e ? [[p, e]] : [])),
    )
  const sides = { base: tree(before, kept.before), upstream: tree(there, kept.before) }
  const world = {
    readBlobs: () => Promise.resolve(new Map<Oid, Uint8Array>()),
    log: () => Promise.resolve([]),
  }
  const merged = await converse(mergeTree(sides, changes, workspace), world, undefined)
  const files = ownFiles(changes, workspace)
  const known = files.flatMap((file) =>
    file.hunks.flatMap((hunk) => hunk.units.map((unit) => ({ file, hunk, unit }))),
  )
  const all = known.map((piece, at): UnitFate => {
    const rest = { weight: 1, has: 0, names: [], pending: false }
    return { ...piece, ...rest, taken: fates[at] !== undefined, ...fates[at] }
  })
  const taken: Taken = { files, fates: all, isReviewed, share: 1 }
  const lines = { base: new Map(), release: new Map(), texts: new Map() }
  const made = await converse(cutTaken({ sides, merged, changes, taken, lines }, workspace), world, undefined)
  const put = made.merged.changes.get(FILE)
  return {
    text: put ? workspace.lines(put.oid)?.join('').trim().replaceAll('\n', ' ') : undefined,
    outcome: made.merged.outcomes.find(({ path }) => path === FILE),
    carried: made.changes.map(({ path }) => path),
    other: made.merged.outcomes.find(({ path }) => path === 'kept.txt') === merged.outcomes[1],
    isOtherPut: made.merged.changes.has('kept.txt'),
  }
}

const FILE = 'f.yml'
const BASE = 'one two three four five six'
const TWICE = { before: BASE, after: 'one own two three four five mine six' }

describe('a file of which upstream has every piece', () => {
  test.each<[string, readonly Partial<UnitFate>[], Partial<FileOutcome>]>([
    [
      'by one commit',
      [{ by: TAKER }, { by: TAKER }],
      { reasons: [{ code: 'taken-as', commits: namesOf(TAKER) }] },
    ],
    [
      'by two, of which one was taken back',
      [{ by: TAKER, undoneBy: UNDOER }, { by: OTHER }],
      {
        reasons: [{ code: 'taken-as', commits: namesOf(TAKER, OTHER) }],
        upstream: [TAKER.oid, UNDOER.oid, OTHER.oid],
      },
    ],
    [
      'by one that was taken back',
      [
        { by: TAKER, undoneBy: UNDOER },
        { by: TAKER, undoneBy: UNDOER },
      ],
      {
        verdict: 'obsolete',
        reasons: [{ code: 'taken-back', commit: namesOf(TAKER)[0], by: namesOf(UNDOER)[0] }] as never,
        upstream: [TAKER.oid, UNDOER.oid],
      },
    ],
    ['by nobody that is known', [{}, {}], { reasons: [{ code: 'all-there' }], upstream: [] }],
    [
      'by one as far as it is known',
      [{}, { by: TAKER }],
      { reasons: [{ code: 'taken-as', commits: namesOf(TAKER) }] },
    ],
  ])('%s', async (_who, fates, expected) => {
    const made = await cut({ ...TWICE, there: 'zero one two three four five six', fates })
    const upstream = [TAKER.oid]
    expect(made.outcome).toEqual({ path: FILE, to: FILE, verdict: 'upstreamed', upstream, ...expected })
    expect(made).toMatchObject({ text: undefined, carried: ['kept.txt'], other: true, isOtherPut: true })
  })
})

test.each<[string, Cut, string | undefined, readonly string[]]>([
  [
    'the first piece is upstream’s: the other is carried',
    { ...TWICE, there: BASE, fates: [{}, undefined] },
    'one two three four five mine six',
    [FILE, 'kept.txt'],
  ],
  [
    'none is: the file stays as it merged',
    { ...TWICE, there: `zero ${BASE}`, fates: [] },
    'zero one own two three four five mine six',
    [FILE, 'kept.txt'],
  ],
  [
    'a file that the patch adds stays whole where a piece of it is its own',
    { after: 'one\n\ntwo\n\nthree', there: undefined, fates: [{}, undefined, {}] },
    'one  two  three',
    [FILE, 'kept.txt'],
  ],
  [
    'and goes whole where every piece is upstream’s',
    { after: 'one\n\ntwo\n\nthree', there: undefined, fates: [{}, {}, {}] },
    undefined,
    ['kept.txt'],
  ],
])('%s', async (_title, given, text, carried) => {
  const made = await cut(given)
  expect(made).toMatchObject({ text, carried, other: true, isOtherPut: true })
})

test.each([
  ['this very patch reviewed: the file stays as it has it', true, undefined],
  ['another patch: the user’s does', false, 'a: 1 b: mine'],
])('of a setting that both put in, upstream has %s', async (_what, isReviewed, text) => {
  const made = await cut({
    ...{ before: 'a: 1\n', after: 'a: 1\nb: mine', there: 'a: 1\nb: theirs', fates: [], isReviewed },
  })
  expect(made).toMatchObject({ text, carried: [FILE, 'kept.txt'], other: true })
})

describe('what is said of a file of which a part is upstream’s', () => {
  const part = { code: 'part-taken', commits: namesOf(TAKER) } as const
  const fate = (path: string, more: Partial<UnitFate>) =>
    ({ file: { change: { path } }, ...more }) as UnitFate
  const taken = {
    fates: [
      fate('f', { taken: true, by: TAKER, undoneBy: UNDOER }),
      fate('f', { taken: true, by: TAKER }),
      fate('f', { taken: false, by: OTHER }),
      fate('g', { taken: false, by: OTHER }),
    ],
  } as unknown as Taken
  const told = (outcome: Partial<FileOutcome>, left = ['f']) => {
    const merged: TreeMerge = { changes: new Map(), outcomes: [outcomeOf('f', outcome)] }
    return tellParts(merged, taken, left.map((path) => ({ path })) as unknown as PatchChange[]).outcomes[0]
  }

  test.each<[Verdict, Verdict]>([
    ['clean', 'adapted'],
    ['moved', 'adapted'],
    ['adapted', 'adapted'],
    ['upstreamed', 'upstreamed'],
    ['obsolete', 'obsolete'],
    ['conflict', 'conflict'],
  ])('whose rest is %s: it is %s', (verdict, expected) => {
    const own = { code: 'all-there' } as const
    const upstream = [OTHER.oid, TAKER.oid]
    expect(told({ verdict, reasons: [own], upstream })).toEqual(
      outcomeOf('f', {
        ...{ verdict: expected, reasons: [part, own], upstream: [TAKER.oid, UNDOER.oid, OTHER.oid] },
      }),
    )
  })

  test('whose rest is gone: the release has all that is left of it', () => {
    expect(told({ verdict: 'obsolete', gone: [] })?.verdict).toBe('upstreamed')
  })

  test('of which nothing is left, or nothing is taken: no more than was said', () => {
    expect(told({}, ['g'])).toEqual(outcomeOf('f'))
    expect(told({ path: 'g', to: 'g' }, ['g'])).toEqual(outcomeOf('g'))
  })
})
