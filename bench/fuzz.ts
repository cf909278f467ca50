import fc from 'fast-check'
import { parseArgs } from 'node:util'
import { anyForeignText } from '../test/support/foreign-text.ts'
import { longTexts } from '../test/support/long-texts.ts'
import { READERS } from '../test/support/readers.ts'

/**
 * Texts of pieces that readers trip over, for every reader of other people's text, and long ones, each alone and twice as long.
 * `npx tsx bench/fuzz.ts [--seed 1] [--count 2000] [--pieces 40] [--characters 20000] [--reader part of a name]`. A crash is what a reader
 * throws beyond its own refusals. Slow is what takes more than 50 ms of processor time, and more than three times as much for twice as
 * much text.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    pieces: { type: 'string', default: '40' },
    characters: { type: 'string', default: '20000' },
    reader: { type: 'string', default: '' },
  },
})
const NOTICED = 50
const SUSPECT = 3
const [seed, count, pieces, characters] = [values.seed, values.count, values.pieces, values.characters].map(
  Number,
) as [number, number, number, number]
const readers = READERS.filter(([title]) => title.includes(values.reader))
const texts = fc.sample(anyForeignText(pieces), { seed, numRuns: count })
const [short, long] = [longTexts(characters), longTexts(characters * 2)]
let [read, crashes, slow, longest] = [0, 0, 0, 0]

for (const [title, reader] of readers) {
  for (const text of texts) tried(title, text, reader)
  for (const [at, [shape, text]] of short.entries()) {
    const once = least(() => tried(title, text, reader))
    longest = Math.max(longest, once)
    if (once < NOTICED) continue
    const twice = least(() => tried(title, long[at]?.[1] ?? '', reader))
    if (twice < once * SUSPECT) continue
    slow++
    console.log(`slow: ${title}, ${shape}: ${once.toFixed(0)} ms, twice as long ${twice.toFixed(0)} ms`)
  }
}
console.log(
  `seed ${seed}: ${readers.length} readers, ${read} texts read, ${crashes} crashes, ${slow} slower than in proportion; ${longest.toFixed(0)} ms at most for ${characters} characters`,
)
if (crashes + slow > 0) process.exitCode = 1

function tried(title: string, text: string, reader: (text: string) => unknown): void {
  read++
  try {
    reader(text)
  } catch (error) {
    crashes++
    console.log(`crash: ${title}: ${JSON.stringify(text.slice(0, 500))}: ${String(error)}`)
  }
}

/** Milliseconds of this process's own time, of two tries. */
function least(run: () => void): number {
  return Math.min(spent(run), spent(run))
}

function spent(run: () => void): number {
  const before = process.cpuUsage()
  run()
  return process.cpuUsage(before).user / 1000
}
