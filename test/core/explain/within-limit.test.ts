import { expect, test } from 'vitest'
import { withinLimit } from '../../../src/core/explain/within-limit.ts'

const MARK = '\n<!-- multiarch:answer 1 -->\n'

test('what fits stays as it is', () => {
  expect(withinLimit('short', MARK)).toBe(`short${MARK}`)
})

test('what does not fit is cut at a line, and keeps its end', () => {
  const text = withinLimit('a line of forty characters, more or less\n'.repeat(5000), MARK)
  expect(text.length).toBeLessThanOrEqual(58_000)
  expect(text.endsWith(`the rest is cut off.*\n\n${MARK}`)).toBe(true)
  expect(text).toContain('more or less\n\n*This is longer')
})

test('a block of code and a fold that were cut are closed', () => {
  const text = withinLimit(`<details>\n\n\`\`\`\`diff\n${'+ x\n'.repeat(30_000)}\`\`\`\`\n</details>`)
  expect(text).toContain('\n````\n</details>\n\n*This is longer')
})

test('one endless line is cut as well', () => {
  expect(withinLimit('x'.repeat(100_000), MARK).length).toBeLessThanOrEqual(58_100)
})
