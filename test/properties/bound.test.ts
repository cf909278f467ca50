import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MergeBound } from '../../src/core/model/verdict.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { carryStory, type Carried } from '../support/carry.ts'
import { runs } from '../support/fast-check.ts'
import { anyForeignText } from '../support/foreign-text.ts'

/**
 * Somebody's text, blown up: in one line to about what is looked into, as often longer as not; in the number of lines beyond it, since
 * all that is below is looked into, which of a million short lines takes its time.
 */
const anyText = fc
  .record({
    // With a zero byte it would be no text.
    unit: anyForeignText().map((text) => text.replaceAll('\u0000', '')),
    size: fc.constantFrom('as it is', 'long', 'large'),
    share: fc.double({ min: 0, max: 0.1, noNaN: true }),
  })
  .map(({ unit, size, share }) => {
    const most = { 'as it is': unit.length, long: 20_000 * (0.95 + share), large: 1_000_001 * (1 + share) }[
      size
    ]
    const line = size === 'long' ? unit.replaceAll('\n', ' ') || 'x' : `${unit}\n`
    return `${line.repeat(Math.ceil(most / line.length))}\n`
  })

/** The bound as the documentation says it. */
function boundOf(texts: readonly string[]): MergeBound['code'] | undefined {
  const isLong = (text: string): boolean => splitLines(text).some(({ length }) => length > 20_000)
  if (!texts.some((text) => text.length > 1_000_000 || isLong(text))) return undefined
  return texts.some(isLong) ? 'long-line' : 'large-text'
}

const anyPath = fc.constantFrom('a.yml', 'a.json', 'a.sh', 'a.j2', 'inventory.ini')
/** Far more of one text than of what it is put to, for one to be told from the other by what they share. */
const head = Array.from({ length: 12 }, (_, at) => `line_${at}: ${at}\n`).join('')

function shown({ verdict, files: [file] }: Carried): unknown {
  return [verdict, file?.bound?.code]
}

test('a merge ends whatever the text, and says where it looked at lines alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyText,
      anyPath,
      fc.constantFrom('all', 'upstream', 'patch'),
      async (text, path, whose) => {
        const base = whose === 'all' ? head + text : head
        const upstream = `theirs: 1\n${base}${whose === 'upstream' ? text : ''}`
        const patch = `${base.replace('line_6: 6', 'line_6: mine')}${whose === 'patch' ? text : ''}`
        const one = await carryStory({
          base: { [path]: base },
          patch: { [path]: patch },
          upstream: { 'go on': { [path]: upstream } },
        })
        const code = boundOf([base, upstream, patch])
        expect(one.file(path).bound?.code).toBe(code)
        if (code === undefined) return
        expect(shown(one)).toEqual(['adapted', code])
        expect(one.text(path)).toBe(`theirs: 1\n${patch}${whose === 'upstream' ? text : ''}`)
      },
    ),
    runs(6),
  )
})

test('nor does it pass over that on the way up, where the file grew after it had moved', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyPath, async (text, path) => {
      const code = boundOf([head + text])
      fc.pre(code !== undefined)
      const one = await carryStory({
        base: { [path]: head },
        patch: { [path]: head.replace('line_6: 6', 'line_6: mine') },
        upstream: {
          move: { [path]: undefined, [`there/${path}`]: head },
          grow: { [`there/${path}`]: head + text },
        },
        isClone: true,
      })
      expect(shown(one)).toEqual(['adapted', code])
      expect(one.text(`there/${path}`)).toBe(head.replace('line_6: 6', 'line_6: mine') + text)
    }),
    runs(4),
  )
})

test('a file that both add is said to be too large as well', async () => {
  const text = (word: string): string => `${word}: 1\n`.repeat(200_000)
  const one = await carryStory({
    base: { 'b.yml': 'b: 1\n' },
    patch: { 'a.yml': text('mine') },
    upstream: { add: { 'a.yml': text('theirs') } },
  })
  expect(shown(one)).toEqual(['conflict', 'large-text'])
})
