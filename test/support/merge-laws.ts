import fc from 'fast-check'
import { mergeTexts } from './file-merge.ts'
import type { Texts } from './outline-merge.ts'
import { done, rendered, worlds } from './settings.ts'

/** A path and three texts: base, upstream, patch. */
interface Triple {
  readonly path: string
  readonly texts: Texts
}

/** Files of settings with deeds of both sides, and texts of lines that now and then repeat, with blank lines among them. */
export function mergeTriples(): fc.Arbitrary<Triple> {
  return fc.oneof(ofSettings(), ofLines(), ofScalars())
}

function ofSettings(): fc.Arbitrary<Triple> {
  const path = fc.constantFrom('vars.yml', 'manifest.yml.j2', 'README.md')
  return fc.tuple(path, worlds(2)).map(([at, { base, sides }]) => {
    const [theirs = [], mine = []] = sides
    return { path: at, texts: [rendered(base), rendered(done(base, theirs)), rendered(done(base, mine))] }
  })
}

function ofLines(): fc.Arbitrary<Triple> {
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.nat(200).map((each) => `word${each} of a line\n`) },
    { weight: 2, arbitrary: fc.constant('\n') },
    { weight: 1, arbitrary: fc.constantFrom('fi\n', '}\n', 'KEY=1\n', '# note\n') },
  )
  return edited(fc.constantFrom('x.sh', 'x.env', 'x.conf.j2'), line)
}

/** Settings with blank lines among them and texts of several lines below: a blank line is data there. */
function ofScalars(): fc.Arbitrary<Triple> {
  const line = fc.oneof(
    { weight: 5, arbitrary: fc.nat(30).map((each) => `key_${each}: ${each % 4}\n`) },
    { weight: 3, arbitrary: fc.constant('\n') },
    { weight: 2, arbitrary: fc.nat(9).map((each) => `text_${each}: |\n  one\n\n  two ${each}\n`) },
    { weight: 1, arbitrary: fc.constantFrom('# note\n', '- item\n', '  sub: 1\n') },
  )
  return edited(fc.constantFrom('x.yml', 'x.yaml.j2'), line)
}

function edited(path: fc.Arbitrary<string>, line: fc.Arbitrary<string>): fc.Arbitrary<Triple> {
  const edits = fc.array(fc.tuple(fc.nat(20), fc.nat(2), fc.array(line, { maxLength: 3 })), { maxLength: 3 })
  return fc
    .tuple(path, fc.array(line, { minLength: 3, maxLength: 20 }), edits, edits)
    .map(([at, base, theirs, mine]) => ({
      path: at,
      texts: [base.join(''), withEdits(base, theirs), withEdits(base, mine)],
    }))
}

type Edit = readonly [at: number, taken: number, lines: readonly string[]]

function withEdits(base: readonly string[], edits: readonly Edit[]): string {
  const lines = [...base]
  for (const [at, taken, put] of edits) lines.splice(Math.min(at, lines.length), taken, ...put)
  return lines.join('')
}

interface BrokenLaw {
  readonly law: string
  readonly result: string
}

/** The laws that a triple breaks; none is right. */
export function brokenLaws({ path, texts: [base, upstream, patch] }: Triple): readonly BrokenLaw[] {
  const broken: BrokenLaw[] = []
  const isPlain = (law: string, merged: Merged, text: string): void => {
    const told = merged.open.length + merged.adapted.length + merged.gone.length
    if (merged.text !== text || told > 0)
      broken.push({ law, result: `${JSON.stringify(merged.text)}, ${told} told` })
  }
  isPlain('both did the same', mergeTexts(path, [base, patch, patch]), patch)
  isPlain('upstream did nothing', mergeTexts(path, [base, base, patch]), patch)
  isPlain('the patch did nothing', mergeTexts(path, [base, upstream, base]), upstream)
  const once = mergeTexts(path, [base, upstream, patch])
  if (once.open.length > 0) return broken
  const again = mergeTexts(path, [base, once.text, patch])
  if (again.text !== once.text)
    broken.push({
      law: 'onto its own result',
      result: JSON.stringify({ once: once.text, again: again.text, told: once.adapted }),
    })
  return broken
}

type Merged = ReturnType<typeof mergeTexts>
