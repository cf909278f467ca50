import { expect, test } from 'vitest'
import {
  decide,
  decisionsOfCluster,
  NO_DECISIONS,
  readDecisions,
  renderDecisions,
  unreadIn,
  type Decision,
  type Decisions,
} from '../../../src/core/commands/decisions.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

const release = (tag: string): ReleaseTag => tag as ReleaseTag
const skip = (tag: string): Decision => ({ kind: 'skip', release: release(tag) })

function after(...decisions: readonly Decision[]) {
  return decisions.reduce(decide, NO_DECISIONS)
}

test.each<[string, readonly Decision[]]>([
  ['nothing', []],
  ['hold', [{ kind: 'hold' }]],
  ['skips in the order of versions', [skip('v2.30.0'), skip('v2.9.0'), skip('v2.30.0')]],
  [
    'keep after drop',
    [
      { kind: 'drop', patch: 'abc' },
      { kind: 'keep', patch: 'abc' },
    ],
  ],
  [
    'drop after keep',
    [
      { kind: 'keep', patch: 'abc' },
      { kind: 'drop', patch: 'abc' },
    ],
  ],
  [
    'applied, the last one',
    [
      { kind: 'applied', state: { release: release('v2.29.0') } },
      { kind: 'applied', state: { release: release('v2.30.0'), kubernetes: '1.34.3' } },
    ],
  ],
  ['resume takes back hold and skips', [{ kind: 'hold' }, skip('v2.30.0'), { kind: 'resume', lastPull: 7 }]],
])('%s is read back as it was written', (_, decisions) => {
  const written = renderDecisions(after(...decisions))
  expect(readDecisions(`Decide: something\n\n${written}`)).toEqual(after(...decisions))
  expect(written).toMatchSnapshot()
})

test.each([
  ['v2.30.0 with Kubernetes 1.34.3', { release: 'v2.30.0', kubernetes: '1.34.3' }],
  ['v2.30.0 1.34.3', { release: 'v2.30.0', kubernetes: '1.34.3' }],
  ['v2.30.0', { release: 'v2.30.0' }],
])('`%s`, as the cluster was said to run, is read whoever wrote it', (line, applied) => {
  const read = readDecisions(`Decide: applied\n\nMultiarch-Applied: ${line}\n`)
  expect(read.applied).toEqual(applied)
  // Said once more, it changes nothing.
  expect(decide(read, { kind: 'applied', state: read.applied as never })).toBe(read)
})

test('a state that cannot be read is told, and not taken for one', () => {
  const message = 'Decide: applied\n\nMultiarch-Applied: the blue one\n'
  expect(readDecisions(message).applied).toBeUndefined()
  expect(unreadIn(message)).toEqual(['Multiarch-Applied: the blue one'])
})

test('what is decided already changes nothing', () => {
  const held = after({ kind: 'hold' })
  expect(decide(held, { kind: 'hold' })).toBe(held)
  expect(decide(NO_DECISIONS, { kind: 'resume', lastPull: 0 })).toBe(NO_DECISIONS)
})

test.each([
  '',
  'Multiarch-Skip: latest',
  'Multiarch-Forgiven: -1',
  'Multiarch-Forgiven: many',
  'hello\n\nworld',
])('a message of somebody else (%j) decides nothing', (message) => {
  expect(readDecisions(message)).toEqual(NO_DECISIONS)
})

test.each<[string, Partial<Decisions>, Partial<Decisions>, Partial<Decisions>]>([
  ['a hold of all holds for each', { held: true }, {}, { held: true }],
  ['a hold of one', {}, { held: true }, { held: true }],
  [
    'skips add up',
    { skipped: [release('v2.30.0')] },
    { skipped: [release('v2.29.0')] },
    { skipped: [release('v2.29.0'), release('v2.30.0')] },
  ],
  ['the later resume counts', { forgiven: 7 }, { forgiven: 3 }, { forgiven: 7 }],
  [
    'a patch that all drop and one keeps',
    { dropped: ['a', 'b'] },
    { kept: ['a'] },
    { dropped: ['b'], kept: ['a'] },
  ],
  ['a patch that all keep and one drops', { kept: ['a'] }, { dropped: ['a'] }, { dropped: ['a'], kept: [] }],
  [
    'what all of them run nobody says',
    { applied: { release: release('v2.30.0') } },
    {},
    { applied: undefined },
  ],
  [
    'what one runs',
    {},
    { applied: { release: release('v2.30.0') } },
    { applied: { release: release('v2.30.0') } },
  ],
  ['what cannot be read of either', { unread: ['x'] }, { unread: ['y'] }, { unread: ['x', 'y'] }],
])('of one cluster of several: %s', (_, all, own, expected) => {
  expect(decisionsOfCluster({ ...NO_DECISIONS, ...all }, { ...NO_DECISIONS, ...own })).toEqual({
    ...NO_DECISIONS,
    ...expected,
  })
})
