import { expect, test } from 'vitest'
import type { Candidate } from '../../../../src/core/merge/taken/find-candidates.ts'
import { reviewedForm, type Written } from '../../../../src/core/merge/taken/reviewed-form.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'

const ADA = { name: 'Ada Lovelace', email: 'ada@example.com', time: 0, zone: '+0000' }
const BOB = { name: 'Bob', email: 'bob@example.com', time: 0, zone: '+0000' }
const OID = 'a'.repeat(40) as Oid

/** A commit of upstream's with this share of the patch. */
function commit(cover: number, message = 'Something else', author = BOB): Candidate {
  const effect = { added: new Map(), removed: new Map(), dropped: new Map(), weight: 1 } as never
  return {
    commit: { oid: OID, parents: [], author, committer: author, message, changes: [] },
    ...{ cover, focus: 1, effect, paths: new Set<string>() },
  }
}

const TITLE = 'Carry the checksums of every architecture'
const BARE = undefined
const of = (message: string): Written => ({ message, author: ADA })

test.each<readonly [string, Candidate, Written | undefined, string | undefined]>([
  ['half of it by the same author', commit(0.52, 'Other words', ADA), of('My words for this'), 'author'],
  ['less by the same author', commit(0.48, 'Other words', ADA), of('My words for this'), undefined],
  ['half of it by another', commit(0.9), of('My words for this'), undefined],
  ['half of a bare tree', commit(0.52), BARE, 'lines'],
  ['less of a bare tree', commit(0.48), BARE, undefined],
  ['a quarter under the same title', commit(0.27, TITLE), of(TITLE), 'title'],
  ['less under the same title', commit(0.23, TITLE), of(TITLE), undefined],
  ['a quarter under the same number', commit(0.27, 'Words (#12)'), of('Mine (#12)'), 'number'],
  ['less under the same number', commit(0.23, 'Words (#12)'), of('Mine (#12)'), undefined],
  [
    'a quarter that it was picked from',
    commit(0.27),
    of(`Mine\n\n(cherry picked from commit ${OID})`),
    'picked',
  ],
  ['another number', commit(0.4, 'Words (#13)'), of('Mine (#12)'), undefined],
])('%s', (_title, candidate, written, tie) => {
  const found = reviewedForm([candidate], written)
  expect(found && { by: found.by, tie: found.tie }).toEqual(tie && { by: candidate, tie })
})

test('what bears the title comes before what has more lines', () => {
  const [more, named] = [commit(0.9, 'Something else', ADA), commit(0.3, TITLE)]
  expect(reviewedForm([more, named], of(TITLE))).toEqual({ by: named, tie: 'title' })
})

test.each([
  [
    'another address of GitHub’s',
    { name: 'x', email: '12+ada@users.noreply.github.com' },
    'ada@users.noreply.github.com',
    true,
  ],
  ['a name of two words', { name: 'ada lovelace', email: 'elsewhere@example.org' }, 'ada@example.com', true],
  ['a name of one word', { name: 'Bob', email: 'elsewhere@example.org' }, 'bob@example.com', false],
])('an author is known by %s', (_title, author, email, isSame) => {
  const name = isSame ? 'Ada Lovelace' : 'Bob'
  const candidate = commit(0.9, 'Other words', { ...ADA, ...author })
  const found = reviewedForm([candidate], { message: 'My words for this', author: { name, email } })
  expect(found?.tie).toBe(isSame ? 'author' : undefined)
})
