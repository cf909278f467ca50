import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeFile, type FileMerge } from '../../src/core/merge/file-merge.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { done, rendered, worlds } from '../support/settings.ts'
import { runs } from '../support/fast-check.ts'

const path = fc.constantFrom('vars.yml', 'manifest.yml.j2', 'README.md')

function merge(at: string, [base, upstream, patch]: readonly [string, string, string]): FileMerge {
  return mergeFile(at, { base: splitLines(base), upstream: splitLines(upstream), patch: splitLines(patch) })
}

/** The text that a plain merge by lines makes of three; `undefined` where it takes more than that. */
function plainly(at: string, sides: readonly [string, string, string]): string | undefined {
  const merged = merge(at, sides)
  return merged.open.length + merged.adapted.length + merged.gone.length === 0
    ? merged.lines.join('')
    : undefined
}

test('a patch that is merged once more onto its own result changes nothing', () => {
  let merged = 0
  fc.assert(
    fc.property(path, worlds(2), (at, { base: settings, sides: [theirs = [], mine = []] }) => {
      const base = rendered(settings)
      const patch = rendered(done(settings, mine))
      const once = plainly(at, [base, rendered(done(settings, theirs)), patch])
      if (once === undefined) return
      merged++
      expect(plainly(at, [base, once, patch])).toBe(once)
    }),
    runs(300),
  )
  expect(merged).toBeGreaterThan(50)
})

test('two hops and one jump make the same text where all are clean', () => {
  let agreed = 0
  fc.assert(
    fc.property(path, worlds(3), (at, { base: settings, sides: [near = [], far = [], mine = []] }) => {
      const base = rendered(settings)
      const patch = rendered(done(settings, mine))
      const between = done(settings, near)
      const [first, last] = [rendered(between), rendered(done(between, far))]
      const jump = plainly(at, [base, last, patch])
      const hop = plainly(at, [base, first, patch])
      const next = hop === undefined ? undefined : plainly(at, [first, last, hop])
      if (jump === undefined || next === undefined) return
      // What upstream brings and takes away again is not carried over the second hop, and that is right.
      if (merge(at, [base, first, patch]).taken) return
      agreed++
      expect(next).toBe(jump)
    }),
    runs(400),
  )
  expect(agreed).toBeGreaterThan(30)
})
