import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Sides } from '../../../src/core/model/sides.ts'
import { diff3 } from '../../../src/core/text/diff3.ts'
import { runs } from '../../support/fast-check.ts'
import { removeFolder } from '../../support/remove-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'multiarch-diff3-'))
afterAll(() => removeFolder(folder))

/** What `git merge-file` makes of three texts; `undefined` where it leaves something open. */
function byGit(sides: Sides<readonly string[]>): string | undefined {
  const files = (['upstream', 'base', 'patch'] as const).map((side) => {
    const file = join(folder, side)
    writeFileSync(file, sides[side].join(''))
    return file
  })
  const { status, stdout, stderr } = spawnSync('git', ['merge-file', '-p', '-q', ...files], {
    encoding: 'utf8',
  })
  // Its exit code counts the conflicts, and is above 127 where it could not work.
  if (status === null || status > 127) throw new Error(stderr)
  return status === 0 ? stdout : undefined
}

function byUs(sides: Sides<readonly string[]>): string | undefined {
  const regions = diff3(sides)
  const lines = regions.flatMap((region) => (region.kind === 'settled' ? [region.lines.join('')] : []))
  return lines.length === regions.length ? lines.join('') : undefined
}

/** What a side does to each line of the base. */
const EDITS = ['keep', 'keep', 'keep', 'change', 'remove', 'insert'] as const
type Edit = (typeof EDITS)[number]

function edited(edits: readonly Edit[], side: string): string[] {
  return edits.flatMap((edit, at) => {
    const line = `line ${at}\n`
    if (edit === 'keep') return [line]
    if (edit === 'remove') return []
    return edit === 'change' ? [`${side} instead of ${at}\n`] : [`${side} above ${at}\n`, line]
  })
}

test('where no line stands twice, the same is settled and the same left open as in git', () => {
  const edit = fc.constantFrom(...EDITS)
  const pairs = fc.array(fc.tuple(edit, edit), { minLength: 1, maxLength: 10 })
  let clean = 0
  fc.assert(
    fc.property(pairs, fc.boolean(), (both, alike) => {
      const sides = {
        base: both.map((_, at) => `line ${at}\n`),
        upstream: edited(
          both.map(([first]) => first),
          'upstream',
        ),
        patch: edited(
          both.map(([, second]) => second),
          alike ? 'upstream' : 'patch',
        ),
      }
      const expected = byGit(sides)
      if (expected !== undefined) clean++
      expect(byUs(sides)).toBe(expected)
    }),
    runs(80),
  )
  expect(clean).toBeGreaterThan(0)
})
