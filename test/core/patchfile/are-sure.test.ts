import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { areSure } from '../../../src/core/patchfile/are-sure.ts'
import { emptyWorld } from '../../support/demo.ts'
import { contentOf, mailOf, written } from '../../support/patch-mail.ts'

const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join('')

/** What `git apply` and `patch` make of a file; none where one of them refuses. */
function madeBy(tool: string, text: string, patch: string): string | undefined {
  const world = emptyWorld()
  written(world, { 'a.yml': text })
  try {
    execFileSync('sh', ['-c', `${tool} -p1 2>/dev/null`], { cwd: world.path, input: patch })
    return contentOf(world, 'a.yml')
  } catch {
    return undefined
  }
}

const FOUR = ' 4\n 5\n-6\n+mine\n 7\n 8\n'
const LESS_ABOVE = ' 5\n-6\n+mine\n 7\n 8\n'
const LESS_BELOW = ' 4\n 5\n-6\n+mine\n 7\n'
const HEAD = '-1\n+mine\n 2\n 3\n'
const END = ' 8\n 9\n-10\n+mine\n'

/** Patches whose lines stand once in the text. */
test.each<[name: string, isSure: boolean, text: string, hunk: string]>([
  ['it stands where it says', true, numbered(1, 10), `@@ -4,5 +4,5 @@\n${FOUR}`],
  ['it moved', true, `a\n${numbered(1, 10)}`, `@@ -4,5 +4,5 @@\n${FOUR}`],
  ['the head of the file, still there', true, numbered(1, 10), `@@ -1,3 +1,3 @@\n${HEAD}`],
  ['the head of the file, with more above it', false, `a\n${numbered(1, 10)}`, `@@ -1,3 +1,3 @@\n${HEAD}`],
  [
    'lines from the first on, all of them there, with more above',
    false,
    `a\n${numbered(4, 10)}`,
    `@@ -1,5 +1,5 @@\n${FOUR}`,
  ],
  ['the end of the file, still there', true, numbered(1, 10), `@@ -8,3 +8,3 @@\n${END}`],
  ['the end of the file, moved with it', true, `a\n${numbered(1, 10)}`, `@@ -8,3 +8,3 @@\n${END}`],
  ['the end of the file, with more below it', false, numbered(1, 11), `@@ -8,3 +8,3 @@\n${END}`],
  ['fewer lines above than below', true, numbered(1, 10), `@@ -5,4 +5,4 @@\n${LESS_ABOVE}`],
  [
    'fewer lines above than below, and it moved',
    true,
    `a\n${numbered(1, 10)}`,
    `@@ -5,4 +5,4 @@\n${LESS_ABOVE}`,
  ],
  [
    'fewer lines below than above, which `patch` takes for the end',
    false,
    numbered(1, 10),
    `@@ -4,4 +4,4 @@\n${LESS_BELOW}`,
  ],
  [
    'fewer lines below than above, and it moved',
    false,
    `a\n${numbered(1, 10)}`,
    `@@ -4,4 +4,4 @@\n${LESS_BELOW}`,
  ],
])('tools put a patch to where it is meant: %s', (_, isSure, text, hunk) => {
  const patch = `--- a/a.yml\n+++ b/a.yml\n${hunk}`
  const hunks = mailOf(patch).sections.flatMap((section) => section.diff.hunks)
  const gone = /^-(.*)$/m.exec(hunk.slice(hunk.indexOf('\n') + 1))?.[1] ?? ''
  const wanted = text.replace(`${gone}\n`, 'mine\n')
  const made = ['git apply', 'patch --fuzz=0 --no-backup-if-mismatch'].map((tool) =>
    madeBy(tool, text, patch),
  )
  expect(areSure(text, hunks)).toBe(isSure)
  expect(made.every((each) => each === wanted)).toBe(isSure)
})
