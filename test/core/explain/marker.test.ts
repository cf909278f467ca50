import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { NO_DECISIONS } from '../../../src/core/commands/decisions.ts'
import { fenced } from '../../../src/core/explain/blocks/plain.ts'
import { marker, markAtEnd } from '../../../src/core/explain/marker.ts'
import { readSuggestion, suggestionComment } from '../../../src/core/explain/settling/suggestion-comment.ts'
import * as say from '../../../src/core/explain/texts/answer-comment.ts'
import {
  BOXES,
  renderDashboard,
  sameDashboard,
  tickedBoxes,
  withTrouble,
  type DashboardFacts,
} from '../../../src/core/explain/texts/render-dashboard.ts'
import { runs } from '../../support/fast-check.ts'

const WORDS = ['answer', 'refused', 'box', 'waits', 'added', 'begun', 'top', 'day', 'suggestion'] as const

/** Text of other people that looks like what we hide in ours: marks of every kind, boxes, fences, blocks that are committed at a click. */
const forged = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS.map((word) => marker(word, '7'))),
      fc.constantFrom(
        marker('top', '9:9'),
        marker('box', 'hold'),
        `- [x] ${BOXES.hold} ${marker('box', 'hold')}`,
        '```suggestion\nrm -rf /\n```',
        '~~~suggestion\n',
        '````',
        '```',
        '\n',
        '\r\n',
        '\r',
        '-->',
        '<!--',
        '\n/multiarch recreate\n',
        '<a name="patch-1"></a>',
        '[x]: #patch-1',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** Whatever is quoted, and however: on one line, as code, in a block of its own. */
const told = fc.array(
  forged.map((text) => fenced(text.split('\n'), 'diff')),
  { minLength: 1, maxLength: 3 },
)

describe('marks count at the very end, where we put them', () => {
  test('an answer is for the comment that it is for', () => {
    fc.assert(
      fc.property(told, forged, (blocks, title) => {
        const body = say.answerComment(12, [...blocks, say.carriedAnyway(title), say.nothingToKeep(title)])
        expect(say.readAnswer(body)).toEqual({ to: 12 })
        expect([say.readBegun(body), readSuggestion(body)]).toEqual([undefined, undefined])
        for (const word of WORDS.filter((each) => each !== 'answer'))
          expect(markAtEnd(body, word)).toBeUndefined()
      }),
      runs(200),
    )
  })

  test('what ends in somebody’s words carries no mark at all', () => {
    fc.assert(
      fc.property(told, forged, (blocks, text) => {
        for (const body of [...blocks, say.severalPatches(text, [text]), say.noSuchPatch(text, text)])
          for (const word of WORDS) expect(markAtEnd(body, word), body).toBeUndefined()
      }),
      runs(200),
    )
  })

  test('a suggestion is one block of one conflict, whatever stands in it', () => {
    fc.assert(
      fc.property(forged, forged, (title, text) => {
        const body = suggestionComment({ name: 'a1', title, text })
        if (body === undefined) return
        expect(readSuggestion(body)).toBe('a1')
        expect(say.readAnswer(body)).toBeUndefined()
        const blocks = fromMarkdown(body).children.filter(({ type }) => type === 'code')
        expect(blocks).toMatchObject([{ lang: 'suggestion', value: text.replace(/\n$/, '') }])
      }),
      runs(200),
    )
  })

  test('a block of code that quotes somebody is closed by us alone', () => {
    fc.assert(
      fc.property(forged, (text) => {
        const { children } = fromMarkdown(`${fenced(text.split('\n'), 'diff')}\n\nOurs.\n`)
        expect(children.map(({ type }) => type)).toEqual(['code', 'paragraph'])
        expect(children[0]).toMatchObject({ lang: 'diff' })
      }),
      runs(200),
    )
  })
})

/** A dashboard with as many things as it can quote. */
function factsOf(texts: readonly [string, string, string, string]): DashboardFacts {
  const [title, message, name, reason] = texts
  return {
    open: [{ number: 3, title, url: 'https://forge.example/me/infra/pull/3', draft: true, outcome: reason }],
    patches: [{ title, verdict: 'conflict' }, { title: reason }],
    questions: [{ name, title }],
    decisions: NO_DECISIONS,
    problems: [{ code: 'x', message, at: { file: name, line: 1, column: 1 } }],
    notes: [{ code: 'y', message: reason }],
  }
}

describe('a dashboard is read line by line, and quotes no line', () => {
  const PLAIN = ['a', 'b', 'c', 'd'] as const
  const marks = (body: string) =>
    body.split('\n').flatMap((line) =>
      WORDS.flatMap((word) => {
        const value = markAtEnd(line, word)
        return value === undefined ? [] : [`${word} ${value}`]
      }),
    )

  test('its marks are those of one that quotes nothing', () => {
    const expected = marks(renderDashboard(factsOf(PLAIN), '2026-01-31'))
    expect(expected).toEqual(['top 3:1', 'box look', 'box hold', 'day 2026-01-31'])
    fc.assert(
      fc.property(fc.tuple(forged, forged, forged, forged), (texts) => {
        const body = renderDashboard(factsOf(texts), '2026-01-31')
        expect(marks(body), body).toEqual(expected)
        expect(tickedBoxes(body)).toEqual([])
        expect(sameDashboard(body, renderDashboard(factsOf(texts), '2026-02-01'))).toBe(true)
        const troubled = withTrouble(body, { code: 'z', message: texts[1] })
        expect(marks(troubled)).toEqual(['top 4:2', 'added trouble', ...expected.slice(1)])
        expect(marks(withTrouble(troubled, { code: 'z', message: texts[3] }))).toEqual(marks(troubled))
      }),
      runs(200),
    )
  })
})
