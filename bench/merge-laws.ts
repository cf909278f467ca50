/**
 * Small laws of merging on random texts: what both sides did is that text with nothing told; a side that did nothing leaves the
 * other's; a patch carried onto its own result changes nothing; and all of it in either order of lines.
 * `npx tsx bench/merge-laws.ts [merges] [seed]`; no clone is needed.
 */
import fc from 'fast-check'
import { brokenLaws, mergeTriples } from '../test/support/merge-laws.ts'

const [merges = '20000', seed = '20261126'] = process.argv.slice(2)
const counts = new Map<string, number>()
const shown: string[] = []
for (const triple of fc.sample(mergeTriples(), { numRuns: Number(merges), seed: Number(seed) })) {
  for (const { law, result } of brokenLaws(triple)) {
    counts.set(law, (counts.get(law) ?? 0) + 1)
    if (counts.get(law) === 1) shown.push(`${law}: ${JSON.stringify(triple)}: ${result}`)
  }
}
const broken = [...counts.values()].reduce((sum, each) => sum + each, 0)
console.log(`${merges} merges, seed ${seed}: ${broken} against a law`)
for (const [law, times] of counts) console.log(`${times} ${law}`)
for (const each of shown) console.log(each)
process.exitCode = broken > 0 ? 1 : 0
