import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseYaml } from '../../src/core/yaml/tree/parse-yaml.ts'
import { done, rendered, worlds, type World } from '../support/settings.ts'
import { outlineMerge, type Texts } from '../support/outline-merge.ts'
import { runs } from '../support/fast-check.ts'

function textsOf({ base, sides: [upstream = [], patch = []] }: World): Texts {
  return [rendered(base), rendered(done(base, upstream)), rendered(done(base, patch))]
}

test('what the merge by outline settles parses, as all three sides do', () => {
  let settled = 0
  fc.assert(
    fc.property(worlds(2), (world) => {
      const texts = textsOf(world)
      for (const text of texts) expect(parseYaml(text).kind).toBe('parsed')
      const { open, text } = outlineMerge(texts)
      if (open.length > 0) return
      settled++
      expect(parseYaml(text).kind, text).toBe('parsed')
    }),
    runs(400),
  )
  expect(settled).toBeGreaterThan(200)
})

/** The lines that are not about a setting of these numbers; every line of a world says which setting it is about. */
function untouched(text: string, touched: ReadonlySet<string>): string[] {
  return text.split('\n').filter((line) => {
    const about = /(?:setting|new_s\dn|new_shared|s\dn|shared|word)(\d+)/.exec(line)?.[1]
    return about === undefined || !touched.has(about)
  })
}

test('outside of the settings that the patch touches the result is upstream’s text, byte for byte', () => {
  fc.assert(
    fc.property(worlds(2), (world) => {
      const texts = textsOf(world)
      const touched = new Set(
        (world.sides[1] ?? []).flatMap((deed, at) => (deed.do === 'keep' ? [] : [String(at)])),
      )
      expect(untouched(outlineMerge(texts).text, touched)).toEqual(untouched(texts[1], touched))
    }),
    runs(400),
  )
})

test('with open places, too, every line of upstream is in the result but those that the patch took away', () => {
  fc.assert(
    fc.property(worlds(2), (world) => {
      const texts = textsOf(world)
      const { open, text } = outlineMerge(texts)
      for (const { sides } of open)
        for (const line of sides.upstream.split('\n').slice(0, -1)) expect(text).toContain(`${line}\n`)
    }),
    runs(400),
  )
})
