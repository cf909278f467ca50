import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeTexts as merge } from '../support/file-merge.ts'
import { done, rendered, worlds } from '../support/settings.ts'
import { brokenLaws, mergeTriples } from '../support/merge-laws.ts'
import { runs } from '../support/fast-check.ts'

const path = fc.constantFrom('vars.yml', 'manifest.yml.j2', 'README.md')

/** Files of settings, and any texts: short ones of few lines, so that lines stand twice and everything touches. */
const twoTexts = fc.oneof(
  worlds(1).map(({ base, sides: [deeds = []] }) => [rendered(base), rendered(done(base, deeds))] as const),
  fc.tuple(anyText(), anyText()),
)

function anyText(): fc.Arbitrary<string> {
  const line = fc.constantFrom(
    'a: 1',
    'b:',
    '  c: 2',
    '- d',
    '  - d',
    '{% if e %}',
    '{% endif %}',
    '# f',
    '',
    'g h i',
  )
  return fc.tuple(fc.array(line, { maxLength: 9 }), fc.boolean()).map(([lines, ended]) => {
    return lines.join('\n') + (ended && lines.length > 0 ? '\n' : '')
  })
}

const PLAIN = { open: [], adapted: [], gone: [] }

describe('a side that did nothing leaves the other’s text as it is, and there is nothing to tell', () => {
  test('neither did anything', () => {
    fc.assert(
      fc.property(path, twoTexts, (at, [text]) => {
        expect(merge(at, [text, text, text])).toMatchObject({ text, ...PLAIN })
      }),
    )
  })

  test('the patch did nothing', () => {
    fc.assert(
      fc.property(path, twoTexts, (at, [base, upstream]) => {
        expect(merge(at, [base, upstream, base])).toMatchObject({ text: upstream, ...PLAIN })
      }),
    )
  })

  test('upstream did nothing', () => {
    fc.assert(
      fc.property(path, twoTexts, (at, [base, patch]) => {
        expect(merge(at, [base, base, patch])).toMatchObject({ text: patch, ...PLAIN })
      }),
    )
  })
})

/** Two sides of one base, as texts. */
const threeTexts = worlds(2).map(({ base, sides: [upstream = [], patch = []] }) => {
  return [rendered(base), rendered(done(base, upstream)), rendered(done(base, patch))] as const
})

test('what both did is done once, and there is nothing to tell', () => {
  fc.assert(
    fc.property(path, threeTexts, (at, [base, text]) => {
      expect(merge(at, [base, text, text])).toMatchObject({ text, ...PLAIN })
    }),
  )
})

test('what a line merge settles does not depend on which side is which', () => {
  let settled = 0
  fc.assert(
    fc.property(path, threeTexts, (at, [base, upstream, patch]) => {
      const one = merge(at, [base, upstream, patch])
      if (one.open.length > 0 || one.adapted.length > 0) return
      settled++
      const other = merge(at, [base, patch, upstream])
      // Where one side has all that the other did and more, its text is the result; that lines alone do not tell so is said of the patch.
      const told = one.text === upstream ? { adapted: other.adapted } : {}
      expect(other).toMatchObject({ text: one.text, ...PLAIN, ...told })
    }),
    runs(300),
  )
  expect(settled).toBeGreaterThan(30)
})

test('the same texts always merge to the same', () => {
  fc.assert(
    fc.property(path, threeTexts, (at, texts) => {
      expect(merge(at, texts)).toEqual(merge(at, texts))
    }),
  )
})

/** The words that say which line it is: all that have a number in them. */
function words(text: string): Set<string> {
  return new Set(text.match(/\w*\d\w*/g) ?? [])
}

/** The number of the setting that a word is about. */
function settingOf(word: string): string | undefined {
  return /(?:setting|n|shared|word)(\d+)/.exec(word)?.[1]
}

test('nothing that a side put in, and nothing that both kept, disappears from both the result and the report', () => {
  const counts = { clean: 0, adapted: 0, open: 0 }
  fc.assert(
    fc.property(path, threeTexts, (at, [base, upstream, patch]) => {
      const merged = merge(at, [base, upstream, patch])
      const open = merged.open.map(({ sides }) => sides.base + sides.upstream + sides.patch)
      const told = words([merged.text, ...open, ...merged.adapted, JSON.stringify(merged.told)].join('\n'))
      const [before, theirs, ours] = [words(base), words(upstream), words(patch)]
      // A setting that the release no longer has is told of by its name.
      const gone = words(merged.gone.join('\n'))
      const isGone = (word: string): boolean => gone.has(`setting${settingOf(word)}`)
      for (const word of [...theirs, ...ours]) {
        const isKept = before.has(word) && theirs.has(word) && ours.has(word)
        if (isKept || !before.has(word)) expect(told.has(word) || isGone(word), word).toBe(true)
      }
      counts[kindOf(merged)]++
    }),
    runs(400),
  )
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(20)
})

function kindOf({ open, adapted }: ReturnType<typeof merge>): 'clean' | 'adapted' | 'open' {
  if (open.length > 0) return 'open'
  return adapted.length > 0 ? 'adapted' : 'clean'
}

/** `bench/merge-laws.ts` looks at 20,000 of them, and at one law more that a few still break. */
test('what both did, and what one side alone did, is that text with nothing told, blank lines and repeated ones among them', () => {
  fc.assert(
    fc.property(mergeTriples(), (triple) => {
      expect(brokenLaws(triple).filter(({ law }) => law !== 'onto its own result')).toEqual([])
    }),
    runs(300),
  )
})
