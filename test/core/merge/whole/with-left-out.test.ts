import { expect, test } from 'vitest'
import { carryStory } from '../../../support/carry.ts'

const SOMEBODY = { name: 'Jo Doe', email: 'jo@example.com' }
const AROUND = ['set -eu', 'prepare the folders', '', '', 'tell when it is done', 'exit 0']

/** A script with this line in its middle. */
function script(line: string): string {
  return [...AROUND.slice(0, 3), line, ...AROUND.slice(3)].map((each) => `${each}\n`).join('')
}

/**
 * What both changed in one line is merged word by word, and then the result has a line that neither had. Whoever looks for their own is
 * told that it is there in another form only where at least half of all its words are theirs: below that they would look at a line that
 * is more upstream's than their own, and be told that it is what became of it.
 */
test.each([
  {
    has: 'half of the words: it is there in another form',
    base: 'start panel now with quick disks',
    upstream: 'start board soon with quick disks',
    patch: 'start panel now with quick volumes',
    merged: 'start board soon with quick volumes',
    why: 'form',
  },
  {
    has: 'five words of eleven: it is gone',
    base: 'start panel now with quick disks and lights',
    upstream: 'start board soon by quick disks and lights',
    patch: 'start panel now with quick disks and lamps',
    merged: 'start board soon by quick disks and lamps',
    why: 'gone',
  },
])('a line of which the result has $has', async ({ base, upstream, patch, merged, why }) => {
  const carried = await carryStory({
    base: { 'files/x.sh': script(base) },
    upstream: { 'reword it': { 'files/x.sh': script(upstream) } },
    patch: { 'files/x.sh': script(patch) },
    author: SOMEBODY,
  })
  expect(carried.text('files/x.sh')).toBe(script(merged))
  expect(carried.file('files/x.sh').leftOut).toMatchObject([{ side: 'added', text: patch, why }])
})
