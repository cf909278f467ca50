import { expect, test } from 'vitest'
import { bagOf, bagWeight } from '../../../../src/core/merge/line-bag.ts'
import { spelled } from '../../../../src/core/merge/spelled.ts'
import type { OwnFile } from '../../../../src/core/merge/taken/own-files.ts'
import { unitFates } from '../../../../src/core/merge/taken/unit-fates.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

const BOB = { name: 'Bob', email: 'bob@example.com', time: 0, zone: '+0000' }
const KEYS = ['first_word: yes', 'second_word: yes', 'third_word: yes', 'fourth_word: yes']

/** Whether a reviewed form that has these lines has the unit of a file that the patch left as it was, which a diff shows as put in. */
function isTaken(count: number): boolean | undefined {
  const text = splitLines(`one:\n${KEYS.map((key) => `  ${key}\n`).join('')}`)
  const lines = text.slice(1, 1 + count).map(spelled)
  const unit = { start: 1, end: 1 + count, lines }
  const path = 'roles/one/defaults/main.yml'
  const file: OwnFile = {
    change: { path, to: path, before: undefined, after: undefined },
    before: text,
    after: [...text],
    hunks: [{ from: 1, to: 1, start: 1, end: 1 + count, removed: [], units: [unit] }],
    restore: (lines) => lines,
  }
  const added = bagOf(lines)
  const [nothing, everything] = [bagOf([]), bagOf(text.map(spelled))]
  const commit = { oid: 'a'.repeat(40) as Oid, parents: [], author: BOB, committer: BOB, message: 'Words' }
  const [fate] = unitFates([file], {
    wanted: { added, removed: nothing, dropped: nothing, weight: bagWeight(added) },
    candidates: [],
    reviewed: [
      {
        commit: { ...commit, changes: [] },
        matches: new Map(lines.map((line) => [line, { how: 'same', share: 1 }])),
        of: added,
        removed: nothing,
      },
    ],
    lines: { base: everything, release: everything, texts: new Map([[path, [text]]]) },
    brought: nothing,
  })
  return fate?.taken
}

test.each([
  [1, false],
  [2, false],
  [3, true],
  [4, true],
])('%i lines that the base has at the same place say something of upstream: %s', (count, taken) => {
  expect(isTaken(count)).toBe(taken)
})

/** What is made of one line that the release has once more than the base, and whether a commit of upstream's is named for it. */
function fateOfLine(line: string, touched: string): readonly [boolean | undefined, boolean] {
  const path = 'scripts/clean.sh'
  const text = splitLines(`one\n${line}\n`)
  const unit = { start: 1, end: 2, lines: [spelled(text[1] ?? '')] }
  const file: OwnFile = {
    change: { path, to: path, before: undefined, after: undefined },
    before: text.slice(0, 1),
    after: [...text],
    hunks: [{ from: 1, to: 1, start: 1, end: 2, removed: [], units: [unit] }],
    restore: (lines) => lines,
  }
  const added = bagOf(unit.lines)
  const nothing = bagOf([])
  const commit = {
    oid: 'b'.repeat(40) as Oid,
    parents: [],
    author: BOB,
    committer: BOB,
    message: 'Another matter',
    changes: [{ path: touched, before: undefined, after: undefined }],
  }
  const effect = { added, removed: nothing, dropped: nothing, weight: 1 }
  const [fate] = unitFates([file], {
    wanted: { added, removed: nothing, dropped: nothing, weight: bagWeight(added) },
    candidates: [{ commit, effect, cover: 1, focus: 1, paths: new Set([touched]) }],
    reviewed: [],
    lines: { base: nothing, release: added, texts: new Map([[path, [text]]]) },
    brought: nothing,
  })
  return [fate?.taken, fate?.by !== undefined]
}

test.each([
  ['done', 'scripts/other.sh', [false, false]],
  ['rules:', '.gitlab-ci/lint.yml', [false, false]],
  ['done', 'scripts/clean.sh', [true, true]],
  ['virsh undefine "$domain"', 'scripts/other.sh', [true, true]],
])('`%s`, which a commit to %s brought, is taken and named: %j', (line, touched, expected) => {
  expect(fateOfLine(line, touched)).toEqual(expected)
})
