import { describe, expect, test } from 'vitest'
import type { PullRequestFacts } from '../../../src/core/explain/pull-request-facts.ts'
import { renderPullRequest } from '../../../src/core/explain/texts/render-pull-request.ts'
import { VERDICTS } from '../../../src/core/model/verdict.ts'
import { carriedPatch, carryFacts, fullStep, oid } from '../../support/pull-request.ts'

describe('what gives way where there is no room', () => {
  const series = (verdicts: readonly (typeof VERDICTS)[number][], lines: number): PullRequestFacts => {
    const full = fullStep()
    const patches = verdicts.map((verdict, index) =>
      carriedPatch(String(index), {
        title: `Patch of ${verdict} ${index + 1}`,
        verdict,
        upstream: verdict === 'upstreamed' ? [oid('9')] : [],
        files: [{ path: `roles/r${index}/tasks/main.yml` }],
      }),
    )
    const diffs = patches.map(({ patch: { id } }) => {
      const after = Array.from({ length: lines }, (_, line) => `+ a line of some length, number ${line}`)
      return [id, [{ path: 'a', to: 'a', before: after, after, same: false }]] as const
    })
    return { ...full, carry: carryFacts(patches, { diffs }) }
  }

  test.each([6, 25, 80, 300])(
    'of %s patches the table has each, and every link to one leads somewhere',
    (count) => {
      const verdicts = Array.from(
        { length: count },
        (_, index) => VERDICTS[index % VERDICTS.length] ?? 'clean',
      )
      const { body } = renderPullRequest(series(verdicts, 60))
      const targets = new Set([...body.matchAll(/<a name="([\w-]+)">/g)].map(([, name]) => name))
      const wanted = [...body.matchAll(/#user-content-([\w-]+)/g)].map(([, name]) => name)
      expect(wanted.filter((name) => !targets.has(name))).toEqual([])
      expect(wanted.length).toBeGreaterThan(count / 2)
      expect(body).toContain('| **conflict** |')
    },
  )

  test('clean patches go first, then what upstream took, and conflicts last', () => {
    const verdicts = [
      ...Array<'clean'>(20).fill('clean'),
      ...Array<'upstreamed'>(10).fill('upstreamed'),
      'adapted',
      'conflict',
    ] as const
    const shownAt = (lines: number): readonly boolean[] => {
      const { body } = renderPullRequest(series(verdicts, lines))
      const details = body.split('\n## Kubernetes')
      return [
        (details[1] ?? '').includes('Patch of clean 1<'),
        (details[0] ?? '').includes('Patch of upstreamed 21</b>'),
        (details[0] ?? '').includes('Patch of adapted 31</b>'),
        (details[0] ?? '').includes('Patch of conflict 32</b>'),
      ]
    }
    expect(shownAt(2)).toEqual([true, true, true, true])
    expect(shownAt(40)).toEqual([false, true, true, true])
    expect(shownAt(120)[3]).toBe(true)
    // Whatever stays, nothing of less worth stays where something of more is gone.
    for (const lines of [5, 10, 20, 60, 120, 400]) expect(shownAt(lines)).toEqual(shownAt(lines).toSorted())
  })
})
