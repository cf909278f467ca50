import { describe, expect, test } from 'vitest'
import type { MergeReason } from '../../../../src/core/model/merge-reason.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import { readReleaseTag, type ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import type { FileOutcome } from '../../../../src/core/model/verdict.ts'
import { FileReader } from '../../../../src/core/series/account/accounted-trees.ts'
import { droppedLines, dropsUnnamed } from '../../../../src/core/series/account/dropped-lines.ts'
import { oid } from '../../../support/commits.ts'

const FILE = 'roles/thing/defaults/main.yml'
const [TOOK, BACK] = [oid('took'), oid('took it back')]
const SETTLED: MergeReason = { code: 'settled-before', release: readReleaseTag('v2.29.0') as ReleaseTag }
const NAMED = { oid: TOOK, title: 'Take it' }

function outcome(parts: Partial<FileOutcome> = {}): FileOutcome {
  return { path: FILE, to: FILE, verdict: 'obsolete', reasons: [], upstream: [], ...parts }
}

/** `-2 text` and `+3 text`: what is told of a change of which `there` is left. */
function told(
  before: string | undefined,
  after: string | undefined,
  there: string | undefined,
): readonly string[] {
  return lines(before, after, there).map(
    ({ side, line, text }) => `${side === 'added' ? '+' : '-'}${line} ${text}`,
  )
}

function lines(
  before: string | undefined,
  after: string | undefined,
  there: string | undefined,
  parts: Partial<FileOutcome> = {},
): ReturnType<typeof droppedLines> {
  const blobs = new Map<Oid, Uint8Array>()
  const entry = (text: string | undefined): Entry | undefined => {
    if (text === undefined) return undefined
    const bytes = Buffer.from(text)
    blobs.set(blobOid(bytes), bytes)
    return { mode: '100644', oid: blobOid(bytes) }
  }
  const change = { path: FILE, before: entry(before), after: entry(after) }
  return droppedLines({ outcome: outcome(parts), change, after: entry(there) }, new FileReader(blobs))
}

interface Row {
  readonly before?: string
  readonly after?: string
  readonly there?: string
  readonly told: readonly string[]
}

describe('the lines of a dropped change that do not stand there as the patch has them', () => {
  test.each<readonly [string, Row]>([
    [
      'all of it',
      {
        before: 'a: 1\nb: 2\n',
        after: 'a: 1\nb: 3\nc: 4\n',
        there: 'a: 1\nb: 2\n',
        told: ['-2 b: 2', '+2 b: 3', '+3 c: 4'],
      },
    ],
    [
      'none, where upstream has it',
      { before: 'a: 1\n', after: 'a: 1\nc: 4\n', there: 'x: 0\nc: 4\na: 1\n', told: [] },
    ],
    [
      'none, where it is written otherwise',
      { before: 'a: 1\n', after: 'a: 1\nc: "{{four}}"\n', there: 'a: 1\n  c: {{ four }}\n', told: [] },
    ],
    [
      'what is left of it',
      { before: 'a: 1\n', after: 'a: 1\nc: 4\nd: 5\n', there: 'a: 1\nd: 5\n', told: ['+2 c: 4'] },
    ],
    [
      'one of two that are the same',
      { before: 'a: 1\n', after: 'a: 1\nc: 4\nc: 4\n', there: 'a: 1\nc: 4\n', told: ['+3 c: 4'] },
    ],
    [
      'one that stood there before and was to stand twice',
      { before: 'c: 4\n', after: 'c: 4\nc: 4\n', there: 'c: 4\n', told: ['+2 c: 4'] },
    ],
    [
      'what it takes away and what is gone there',
      { before: 'a: 1\nb: 2\n', after: 'a: 1\n', there: 'a: 1\n', told: [] },
    ],
    [
      'what it takes away and what stands there',
      { before: 'a: 1\nb: 2\n', after: 'a: 1\n', there: 'a: 1\nb: 2\nc: 3\n', told: ['-2 b: 2'] },
    ],
    ['a file that it adds, and nobody has', { after: 'a: 1\nb: 2\n', told: ['+1 a: 1', '+2 b: 2'] }],
    [
      'a file that it deletes, and that stands there',
      { before: 'a: 1\n', there: 'a: 1\n', told: ['-1 a: 1'] },
    ],
    [
      'a file that it changes and that is gone',
      { before: 'a: 1\nb: 2\n', after: 'a: 1\nb: 3\n', told: ['+2 b: 3'] },
    ],
    ['no blank lines', { before: 'a: 1\n', after: 'a: 1\n\n\nb: 2\n', there: 'a: 1\n', told: ['+4 b: 2'] }],
    [
      'in the order of the file',
      {
        before: 'a: 1\nb: 2\nc: 3\n',
        after: 'a: 1\nc: 3\nd: 4\n',
        there: 'a: 1\nb: 2\nc: 3\n',
        told: ['-2 b: 2', '+3 d: 4'],
      },
    ],
  ])('%s', (_what, { before, after, there, told: expected }) => {
    expect(told(before, after, there)).toEqual(expected)
  })
})

describe('why they are not there', () => {
  test.each<readonly [string, Partial<FileOutcome>, string]>([
    ['a person settled it', { verdict: 'upstreamed', reasons: [SETTLED], upstream: [TOOK] }, 'settled'],
    ['upstream reviewed the patch', { verdict: 'upstreamed', upstream: [TOOK] }, 'reviewed'],
    ['the release has it in another form, by nobody’s commit', { verdict: 'upstreamed' }, 'form'],
    ['what it changes is gone', { upstream: [TOOK] }, 'gone'],
    ['what it changes went in two commits', { upstream: [TOOK, BACK] }, 'gone'],
    [
      'upstream took it and took it back',
      { reasons: [{ code: 'taken-back', commit: NAMED, by: NAMED }], upstream: [TOOK, BACK] },
      'undone',
    ],
    ['a part of it is gone', { verdict: 'adapted', gone: [SETTLED] }, 'gone'],
  ])('%s', (_what, parts, why) => {
    const [line] = lines('a: 1\n', 'a: 1\nb: 2\n', 'a: 1\n', parts)
    expect(line?.why).toBe(why)
    expect(line?.upstream).toBe(parts.upstream?.[0])
  })
})

test.each<readonly [string, Partial<FileOutcome>, boolean]>([
  ['taken by upstream', { verdict: 'upstreamed' }, true],
  ['obsolete', {}, true],
  ['of which a part is gone', { verdict: 'adapted', gone: [SETTLED] }, true],
  ['that a person settled', { verdict: 'adapted', reasons: [SETTLED] }, true],
  ['that went over whole', { verdict: 'adapted' }, false],
  ['of which the lines are named already', { leftOut: [] }, false],
])('a file %s may drop lines without a word: %s', (_what, parts, expected) => {
  expect(dropsUnnamed(outcome(parts))).toBe(expected)
})
