import { expect, test } from 'vitest'
import { saySideOutcome, type SideOutcome } from '../../../../src/core/explain/settling/say-side-outcome.ts'
import type { SideRefusal } from '../../../../src/core/merge/settle/side-refusal.ts'
import type { ConflictSide } from '../../../../src/core/model/sides.ts'
import { oid } from '../../../support/pull-request.ts'

const asked = (side: ConflictSide): Parameters<typeof saySideOutcome>[1] => ({
  title: 'A patch',
  verdict: 'conflict',
  side,
  file: 'a.yml',
})
const say = (outcome: SideOutcome, side: ConflictSide = 'mine'): string =>
  saySideOutcome(outcome, asked(side))
const settled = (more: Partial<Extract<SideOutcome, { kind: 'settled' }>>): SideOutcome => ({
  kind: 'settled',
  files: [],
  left: [],
  following: [],
  ...more,
})
const file = (path: string, isWhole = false, leftOut: readonly string[] = []) => ({ path, isWhole, leftOut })
const lines = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`)

test.each<[name: string, outcome: SideOutcome, side: ConflictSide, text: string]>([
  [
    'nothing was open',
    { kind: 'nothing-open' },
    'mine',
    'Nothing of “A patch” is in conflict with the release: the patch is conflict here. I changed nothing.',
  ],
  [
    'another file',
    { kind: 'no-such-file', files: ['b.yml', 'c.yml'] },
    'mine',
    '“A patch” has nothing in conflict in `a.yml`. It has in `b.yml` and `c.yml`. I changed nothing.',
  ],
  [
    'somebody was faster',
    { kind: 'moved' },
    'mine',
    'Somebody pushed to the branch while I was at it, so I changed nothing. Write the command again.',
  ],
  [
    'other contents',
    { kind: 'changed-since', files: ['a.yml'] },
    'mine',
    'What stands in `a.yml` on the branch is not what I left there, so I changed nothing. Settle it by hand on the branch, and then write `/multiarch recheck`.',
  ],
  [
    'mine',
    settled({ files: [file('a.yml')], commit: oid('c') }),
    'mine',
    `Where they collided, \`a.yml\` now has what “A patch” wants. That is commit ${oid('c')}.`,
  ],
  [
    'upstream',
    settled({ files: [file('a.yml'), file('b.yml')], commit: oid('c') }),
    'upstream',
    `Where they collided, \`a.yml\` and \`b.yml\` have what the release has; what else “A patch” changes there is in. That is commit ${oid('c')}.`,
  ],
  [
    'both, again',
    settled({ files: [file('a.yml')] }),
    'both',
    'Where they collided, `a.yml` now has what the release has and what “A patch” adds. It was so already, so I changed nothing.',
  ],
  [
    'whole files',
    settled({ files: [file('a.png', true)], commit: oid('c') }),
    'upstream',
    `\`a.png\` stays as the release has it, as a whole: that cannot be merged. That is commit ${oid('c')}.`,
  ],
  [
    'what waited for it',
    settled({ files: [file('a.yml')], commit: oid('c'), following: ['One'] }),
    'mine',
    `Where they collided, \`a.yml\` now has what “A patch” wants. That is commit ${oid('c')}. “One” waited for that and merges by itself now, so it is in as well.`,
  ],
  [
    'several that waited',
    settled({ files: [file('a.yml')], commit: oid('c'), following: ['One', 'Two'] }),
    'mine',
    `Where they collided, \`a.yml\` now has what “A patch” wants. That is commit ${oid('c')}. “One” and “Two” waited for that and merge by themselves now, so they are in as well.`,
  ],
  [
    'a person’s work',
    settled({
      left: [
        { path: 'a.yml', why: 'by-hand' },
        { path: 'b.yml', why: 'marked' },
      ],
    }),
    'mine',
    'A person changed `a.yml` on the branch, which I do not write over: it is as they left it. A person worked on `b.yml`, and marks of a conflict are still in it, so I left it as it is; remove them on the branch.',
  ],
])('what came of it is said with what to do: %s', (_, ...[outcome, side, text]) => {
  expect(say(outcome, side)).toBe(text)
})

test('lines that are left out are shown, up to twenty, and then counted', () => {
  const all = say(settled({ files: [file('a.yml', false, lines(20))], commit: oid('c') }), 'upstream')
  expect(all).toContain('The patch’s lines that are not in `a.yml` so:')
  expect(all).toContain('line 20\n')
  expect(all).not.toContain('more lines')
  const some = say(settled({ files: [file('a.yml', false, lines(23))], commit: oid('c') }))
  expect(some).toContain('The release’s lines that are not in `a.yml` so:')
  expect(some).toContain('line 20\n… 3 more lines\n')
  expect(some).not.toContain('line 21')
})

test.each<[why: SideRefusal, words: string]>([
  [{ code: 'one-side' }, 'In `a.yml` one of the two only takes away what the other changes'],
  [{ code: 'no-lines' }, '`a.yml` is no text'],
  [{ code: 'deleted' }, 'One of the two has no file `a.yml`'],
  [{ code: 'kind' }, '`a.yml` is a link or a submodule on one side'],
  [{ code: 'mode' }, 'The two differ in whether `a.yml` may be run.'],
  [{ code: 'folder-in-the-way' }, 'A folder stands where one of the two has the file `a.yml`'],
  [{ code: 'unreadable' }, '`a.yml` would be no YAML any more.'],
  [{ code: 'stands-twice', names: ['x', 'y'] }, 'In `a.yml` `x` and `y` would stand twice.'],
  [{ code: 'stands-twice', names: [] }, 'In `a.yml` a setting would stand twice.'],
  [
    { code: 'stands-twice', names: ['a', 'b', 'c', 'd', 'e', 'f'] },
    '`a`, `b`, `c`, `d`, `e` and 1 more would stand twice.',
  ],
  [{ code: 'place-unclear' }, 'From `a.yml` I cannot tell which lines to put there.'],
])('what cannot be had is said with its reason, and what can be had: %j', (why, words) => {
  const outcome: SideOutcome = { kind: 'refused', files: [{ path: 'a.yml', why }] }
  expect(say(outcome, 'both')).toContain('I cannot take `both`, so I changed nothing.')
  expect(say(outcome, 'both')).toContain(words)
  expect(say(outcome, 'both')).toContain('`mine` or `upstream` can be taken instead')
  expect(say(outcome, 'mine')).toContain(
    'Settle it by hand on the branch, and then write `/multiarch recheck`.',
  )
})
