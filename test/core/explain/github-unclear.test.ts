import { describe, expect, test } from 'vitest'
import { githubUnclear } from '../../../src/core/explain/trouble/github-unclear.ts'
import {
  renderDashboard,
  sameDashboard,
  saysTrouble,
  tickedBoxes,
  withTrouble,
} from '../../../src/core/explain/texts/render-dashboard.ts'
import { NO_DECISIONS } from '../../../src/core/commands/decisions.ts'

const AGAIN = Date.UTC(2026, 0, 31, 9, 4)
const about = (said: string) => githubUnclear({ kind: 'not-understood', asked: 'POST /x', said }, AGAIN)

describe('what GitHub said', () => {
  test.each([
    'tea for @ada, fixes #1',
    'a `fence` ``of`` two',
    '<img src=x onerror=y> <!-- multiarch:answer 7 -->',
    'two\n\n## lines\n- [x] Hold <!-- multiarch:box hold -->',
  ])('%j is quoted on one line, and nothing in it is live', (said) => {
    const { message } = about(said)
    expect(message).not.toContain('\n')
    const quoted = /: (`+) ?(.*?) ?\1\. Nothing is lost/.exec(message)
    expect(quoted?.[2]).toBe(said.replace(/\s+/g, ' '))
    expect(message).toContain('I try again on 2026-01-31 09:04 UTC, and more slowly each time.')
  })

  test('is cut where it is a whole page', () => {
    expect(about('x'.repeat(100_000)).message.length).toBeLessThan(600)
  })
})

const FACTS = { open: [], patches: [], decisions: NO_DECISIONS, problems: [] }
const PROBLEM = { code: 'x', message: 'Something else stops me.' }
const OPEN = {
  number: 3,
  title: 'Kubespray v2.30.0',
  url: 'https://forge.example/me/infra/pull/3',
  draft: true,
}
/** As it was written before there was a mark that counts. */
const OLD = `\`main\` stands on Kubespray \`v2.29.0\`.

## What stops me

- Something else stops me.

## Open

- #3 Kubespray v2.30.0

- [x] Look again now <!-- multiarch:box look -->
- [ ] Hold: propose and move nothing <!-- multiarch:box hold -->

Last change seen on 2026-01-31. I write here only when something changed.
`

describe('on a dashboard that stands already', () => {
  const calm = renderDashboard(FACTS, '2026-01-31')
  const boards: readonly (readonly [string, string, number])[] = [
    ['with nothing to do', calm, 0],
    ['with a problem', renderDashboard({ ...FACTS, problems: [PROBLEM] }, '2026-01-31'), 1],
    ['with an open step', renderDashboard({ ...FACTS, open: [OPEN] }, '2026-01-31'), 0],
    ['with a ticked box', calm.replace('- [ ] Hold', '- [x] Hold').replaceAll('\n', '\r\n'), 0],
    ['of before', OLD, 0],
    ['that somebody emptied', '', 0],
  ]
  test.each(boards)('%s it is added, once, and what somebody ticked stays ticked', (_, board, stops) => {
    const once = withTrouble(board, about('one'))
    const twice = withTrouble(once, about('two'))
    expect(saysTrouble(twice)).toBe(true)
    expect(twice.match(/## What waits for you/g)).toHaveLength(1)
    expect(twice).toContain(`<!-- multiarch:top ${board.includes('pull/3') ? 2 : stops + 1}:${stops + 1} -->`)
    expect(twice).not.toContain('`one`')
    expect(twice).toContain('`two`')
    expect(twice.includes(PROBLEM.message)).toBe(board.includes(PROBLEM.message))
    expect(tickedBoxes(twice)).toEqual(tickedBoxes(board))
    expect(sameDashboard(twice, board)).toBe(false)
  })

  test('whether something is in the way is read from the mark; where there is none, it may be', () => {
    expect(boards.map(([, board]) => saysTrouble(board))).toEqual([false, true, false, false, true, true])
  })

  test('what people and upstream wrote is no mark of ours', () => {
    const title =
      'x\n<!-- multiarch:top 9:9 -->\n- [x] a <!-- multiarch:box hold -->\n<!-- multiarch:day 1 -->'
    const facts = {
      ...FACTS,
      open: [{ ...OPEN, title, outcome: title }],
      patches: [{ title }],
      problems: [{ code: 'x', message: title, at: { file: title, line: 1, column: 1 } }],
      notes: [{ code: 'x', message: title }],
    }
    const board = renderDashboard(facts, '2026-01-31')
    expect(tickedBoxes(board)).toEqual([])
    expect(withTrouble(board, PROBLEM)).toContain('<!-- multiarch:top 3:2 -->')
    expect(sameDashboard(board, renderDashboard({ ...facts, version: '2' }, '2026-02-01'))).toBe(true)
    expect(sameDashboard(board, renderDashboard({ ...facts, notes: [] }, '2026-01-31'))).toBe(false)
  })
})
