import { describe, expect, test } from 'vitest'
import type { LoggedCommit } from '../../../../src/core/model/commit.ts'
import { blobOid } from '../../../../src/core/model/oid.ts'
import { readReleaseTag, type ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { forgottenTrailer, givenTrailer, valid } from '../../../../src/core/series/memory/answer.ts'
import { answersOn } from '../../../../src/core/series/memory/answers-on.ts'
import { conflictTrailer, type ToldConflict } from '../../../../src/core/series/memory/told-conflict.ts'
import { settledTrailer, type Settlement } from '../../../../src/core/series/settlement.ts'
import { commit } from '../../../support/commits.ts'

const FILE = 'roles/thing/tasks/main.yml'
const RELEASE = readReleaseTag('v2.29.0') as ReleaseTag
const ONE: ToldConflict = {
  ...{ name: '1'.repeat(16), patch: 'patch-one', path: FILE },
  sides: { base: file('base'), upstream: file('theirs'), patch: file('mine') },
}
const CONFLICT = conflictTrailer(ONE)

function file(content: string): Entry {
  return { mode: '100644', oid: blobOid(Buffer.from(content)) }
}

type Trailer = readonly [string, string]

function says(time: number, trailers: readonly Trailer[], content?: string): LoggedCommit {
  const body = trailers.map((each) => each.join(': ')).join('\n')
  const changes = content === undefined ? {} : { [FILE]: ['as it was', content] as const }
  return commit({ title: `At ${time}`, body, time, changes })
}

function settled(side: Settlement['side']): Trailer {
  return settledTrailer({ side, patch: ONE.patch, conflict: ONE.name, path: FILE })
}

const take = (time: number, content = 'mine'): LoggedCommit => says(time, [settled('mine')], content)
const forget = (time: number): LoggedCommit => says(time, [settled('forgotten')], 'theirs')
const given = (time: number): Trailer =>
  givenTrailer(ONE.name, { release: RELEASE, time, ways: 1, path: FILE })
const forgotten = (time: number): Trailer => forgottenTrailer({ patch: ONE.patch, time })

/** What our commit tells beside its conflict, and what it makes of the file. */
interface Ours {
  readonly tells?: readonly Trailer[]
  readonly made?: string
}

/** What is made of the conflict where it is met again, by what counts of all that was said. */
function counts({ tells = [], made }: Ours, persons: readonly LoggedCommit[]): string {
  const memory = answersOn({
    ...{ release: RELEASE, ours: [says(1, [CONFLICT, ...tells], made)], persons },
    isAtWord: ({ message }) => message.includes('Multiarch-Settled'),
    isFile: (path, seen) => path === seen,
  })
  const [first] = valid(memory)
  if (!first) return 'asked'
  return ['mine', 'again', 'before'].find((text) => file(text).oid === first.made?.oid) ?? 'another'
}

describe('what was said last on a branch counts, whatever the clocks say', () => {
  const before = { made: 'before' }
  test.each<[string, string, Ours, readonly LoggedCommit[]]>([
    ['taken', 'mine', {}, [take(10)]],
    ['forgotten a second later', 'asked', {}, [take(10), forget(11)]],
    ['forgotten in the same second', 'asked', {}, [take(10), forget(10)]],
    ['forgotten by a machine whose clock is behind', 'asked', {}, [take(10), forget(3)]],
    ['taken again in the same second', 'again', {}, [take(10), forget(10), take(10, 'again')]],
    ['taken again by a machine whose clock is behind', 'again', {}, [forget(10), take(3, 'again')]],
    ['forgotten once more', 'asked', {}, [forget(10), take(10), forget(10)]],
    ['the branch was built again after it was forgotten', 'asked', { tells: [forgotten(10)] }, []],
    ['and taken in that second', 'mine', { tells: [forgotten(10)] }, [take(10)]],
    ['and taken in that second, and forgotten', 'asked', { tells: [forgotten(10)] }, [take(10), forget(10)]],
    ['given again', 'before', { tells: [given(10)], ...before }, []],
    [
      'given again, and another taken in that second',
      'again',
      { tells: [given(10)], ...before },
      [take(10, 'again')],
    ],
    ['given again, and forgotten in that second', 'asked', { tells: [given(10)], ...before }, [forget(10)]],
    [
      'given again by a clock that is ahead, and another taken',
      'again',
      { tells: [given(99)], ...before },
      [take(10, 'again')],
    ],
  ])('%s: %s', (_, expected, ours, persons) => {
    expect(counts(ours, persons)).toBe(expected)
  })
})

describe('a step that was squashed says in one message what was said one after the other', () => {
  test.each<[string, string, readonly Trailer[]]>([
    ['taken', 'mine', [CONFLICT, settled('mine')]],
    ['taken and forgotten', 'asked', [CONFLICT, settled('mine'), settled('forgotten')]],
    ['forgotten and taken', 'mine', [CONFLICT, settled('forgotten'), settled('mine')]],
    ['forgotten, built again and taken', 'mine', [CONFLICT, forgotten(10), settled('mine')]],
    ['forgotten, and built again', 'asked', [CONFLICT, forgotten(10)]],
  ])('%s: %s', (_, expected, trailers) => {
    const memory = answersOn({
      ...{ release: RELEASE, ours: [], persons: [says(10, trailers, 'mine')] },
      isAtWord: () => true,
      isFile: (path, seen) => path === seen,
    })
    expect(valid(memory).length > 0 ? 'mine' : 'asked').toBe(expected)
  })

  test('what was forgotten on a branch that was squashed counts for what was answered before it', () => {
    const memory = answersOn({
      ...{ release: RELEASE, ours: [], persons: [says(20, [CONFLICT, forgotten(10)])] },
      isAtWord: () => true,
      isFile: (path, seen) => path === seen,
    })
    expect(memory.forgotten).toEqual([{ patch: ONE.patch, time: 10 }])
  })
})
