import { expect, test } from 'vitest'
import { flat } from '../../../../src/core/explain/blocks/text.ts'
import { leftOutNotes } from '../../../../src/core/explain/sections/left-out-notes.ts'
import { renderPullRequest } from '../../../../src/core/explain/texts/render-pull-request.ts'
import type { LeftOut } from '../../../../src/core/series/series.ts'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { stepBlocks } from '../../../../src/core/explain/texts/step-blocks.ts'
import { reportPage } from '../../../../src/entry/report/report-page.ts'
import { fullStep, oid } from '../../../support/pull-request.ts'

/** Every reason there is, and what a reader must find of it. */
const REASONS: Readonly<Record<LeftOut['why'], RegExp>> = {
  'own-files': /changed only files of your own/,
  reverted: /is taken back by/,
  bot: /earlier steps of mine/,
  merge: /brings together what is carried by itself/,
  empty: /changes nothing/,
  open: /is still missing/,
  dropped: /because you said so/,
}

test.each(Object.entries(REASONS) as [LeftOut['why'], RegExp][])(
  '%s is said in the terminal, the body and the report',
  (why, said) => {
    const leftOut: LeftOut[] = [
      { commit: oid('5'), title: 'Some own commit', why, ...(why === 'reverted' && { pair: oid('6') }) },
    ]
    const facts = fullStep()
    if (!facts.carry) throw new Error('the step carries nothing')
    const step = { ...facts, carry: { ...facts.carry, series: { ...facts.carry.series, leftOut } } }
    const texts = [
      terminal(stepBlocks(step, { title: 'x', branch: { name: 'main', others: [] }, edits: [] }), 10_000),
      renderPullRequest(step).body,
      reportPage({ title: 'x', step }).replace(/<\/?code>/g, ''),
    ]
    for (const text of texts) expect(text).toMatch(said)
    if (why !== 'own-files') for (const text of texts) expect(text).toContain('Some own commit')
  },
)

test('many of one kind are one sentence with the first of them and the number of the rest', () => {
  const leftOut = Array.from({ length: 8 }, (_, at): LeftOut => {
    return { commit: oid(`${at}`), title: `Merge ${at}`, why: 'merge' }
  })
  const notes = leftOutNotes(leftOut, 'pull-request')
  expect(notes).toHaveLength(1)
  expect(flat(notes[0] ?? [])).toMatch(/^8 merges .* and 3 more\.$/)
})
