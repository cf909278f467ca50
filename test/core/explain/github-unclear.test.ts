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

describe('on a dashboard that stands already', () => {
  const facts = { open: [], patches: [], decisions: NO_DECISIONS, problems: [] }
  const problem = { code: 'x', message: 'Something else stops me.' }
  const boards = [
    renderDashboard(facts, '2026-01-31'),
    renderDashboard({ ...facts, problems: [problem] }, '2026-01-31'),
    renderDashboard(facts, '2026-01-31').replace('- [ ] Hold', '- [x] Hold').replaceAll('\n', '\r\n'),
  ]
  test.each(boards)('it is added, once, and what somebody ticked stays ticked', (board) => {
    const once = withTrouble(board, about('one'))
    const twice = withTrouble(once, about('two'))
    expect(saysTrouble(twice)).toBe(true)
    expect(twice.match(/## What stops me/g)).toHaveLength(1)
    expect(twice).not.toContain('`one`')
    expect(twice).toContain('`two`')
    expect(twice.includes(problem.message)).toBe(board.includes(problem.message))
    expect(tickedBoxes(twice)).toEqual(tickedBoxes(board))
    expect(sameDashboard(twice, board)).toBe(false)
  })
})
