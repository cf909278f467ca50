import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { soak } from '../test/support/soak.ts'
import { LAYOUTS, type LayoutName } from '../test/support/soak-layouts.ts'
import { judgeSoak } from '../test/support/soak-verdict.ts'

/**
 * Releases, pushes, comments, merges and what else people do, in repositories of every layout, with random faults among them, in a time
 * that passes as fast as the work is done. `npx tsx bench/soak.ts [--seed 1] [--events 2000] [--repositories 50] [--layout
 * 'submodule of own fork']`. At the end nobody's
 * line may be lost, nothing may stand twice, and the process may hold no more than it did.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    events: { type: 'string', default: '2000' },
    repositories: { type: 'string', default: '50' },
    progress: { type: 'boolean', default: false },
    layout: { type: 'string' },
    details: { type: 'boolean', default: false },
  },
})
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const [seed, events, repositories] = [values.seed, values.events, values.repositories].map(Number) as [
  number,
  number,
  number,
]
console.log(`seed ${seed}, ${events} events, ${repositories} owners\n`)
console.log('| quarter | heap | held by the process of the App | jobs done | own lines |')
console.log('| ---: | ---: | ---: | ---: | ---: |')
const soaked = await soak({
  ...{ seed, events, repositories },
  ...(values.layout !== undefined && { layouts: [layoutNamed(values.layout)] }),
  onEvent: (event, kind) => {
    if (values.progress) console.error(`${event} ${kind} (${process.cpuUsage().user / 1e6} s)`)
  },
  onQuarter: (soaked, quarter) => {
    const before = heap()
    soaked.restart()
    const after = heap()
    const lines = soaked.places.reduce((sum, place) => sum + place.lines.length, 0)
    const cells = [quarter, inMegabytes(before), inMegabytes(before - after), soaked.queue.done, lines]
    console.log(`| ${cells.join(' | ')} |`)
  },
})
const verdict = judgeSoak(soaked)
console.log(`\n${JSON.stringify(soaked.counts)}`)
console.log(
  `\n| own lines | in their branch | in an open pull request | in a report | lost | doubled | given up |`,
)
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
const { lines, inBranch, inPull, inReport, lost, doubled } = verdict
console.log(
  `| ${[lines, inBranch, inPull, inReport, lost.length, doubled.length, soaked.queue.failures.length].join(' | ')} |`,
)
for (const each of [...lost, ...doubled]) console.log(`- ${each}`)
if (values.details) for (const each of verdict.reported) console.log(`- in a report: ${each}`)
for (const { key, error } of soaked.queue.failures)
  console.log(
    `- given up: ${key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
for (const { key } of soaked.queue.failures) console.log(`- put off last: ${soaked.putOff.get(key) ?? key}`)
for (const each of soaked.world.github.violations) console.log(`- the stand-in: ${each}`)
await soaked.world.github.close()
process.exitCode = lost.length + doubled.length + soaked.queue.failures.length > 0 ? 1 : 0

function layoutNamed(name: string): LayoutName {
  const found = LAYOUTS.find((each) => each === name)
  if (!found) throw new Error(`no layout is called ${name}: ${LAYOUTS.join(', ')}`)
  return found
}

function heap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
