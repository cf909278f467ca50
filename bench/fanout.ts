import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'
import { runFanout, type Phase, type Run } from './fanout-bot.ts'

/**
 * Release day for many installations over the stand-in GitHub, each request answered as GitHub would and counted:
 * `npx tsx bench/fanout.ts [--installations 100,1000,10000] [--changed 0.1] [--together 0] [--slots 8] [--round-trip 150]`.
 * Five sweeps an hour apart: all seen for the first time; nothing changed; a release, which the share `changed` of them
 * follows; the sweep after it; nothing changed, with their steps open. `together` forks more follow it under one
 * installation. Time is the bench's own: it passes while everybody waits, so the limits of GitHub's are those of a real hour.
 */
const { values } = parseArgs({
  options: {
    installations: { type: 'string', default: '100,1000,10000' },
    changed: { type: 'string', default: '0.1' },
    together: { type: 'string', default: '0' },
    slots: { type: 'string', default: '8' },
    'round-trip': { type: 'string', default: '150' },
  },
})

const given = process.env['BENCH_RUN']
if (given) process.send?.(await runFanout(JSON.parse(given) as Run))
else
  for (const installations of values.installations.split(',').map(Number))
    for (const changed of values.changed.split(',').map(Number)) print(await runAlone(installations, changed))

/** In a process of its own, so that its peak of memory is its own. */
async function runAlone(
  installations: number,
  changed: number,
): Promise<{ run: Run; phases: readonly Phase[] }> {
  const following = Math.round(installations * changed)
  const together = Number(values.together)
  const run: Run = {
    population: { following, staying: installations - following, together },
    slots: Number(values.slots),
    roundTrip: Number(values['round-trip']),
  }
  const child = fork(import.meta.filename, { env: { ...process.env, BENCH_RUN: JSON.stringify(run) } })
  const phases = await new Promise<readonly Phase[]>((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as readonly Phase[]))
    child.once('exit', (code) => reject(new Error(`the run ended with ${code}`)))
  })
  child.disconnect()
  return { run, phases }
}

function print({ run, phases }: { run: Run; phases: readonly Phase[] }): void {
  const { following, staying, together } = run.population
  console.log(`\n${following} installations follow, ${staying} stay, ${together} forks follow together`)
  const rows = phases.map((phase) => ({
    sweep: phase.name,
    'requests, all': sum(Object.values(phase.kinds)),
    'each staying': each(phase.by.staying, staying),
    'each following': each(phase.by.following, following),
    'each together': each(phase.by.together, together),
    'by the App itself': phase.by.app,
    'put back': phase.putBack,
    refused: phase.refused,
    'pulls open': phase.openPulls,
    'content a minute, an hour': `${phase.contentMinute}, ${phase.contentHour}`,
    minutes: (phase.took / 60).toFixed(1),
    'really s': phase.really.toFixed(0),
    'peak MB': phase.peak.toFixed(0),
  }))
  const names = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[]
  for (const name of names) console.log(`| ${[name, ...rows.map((row) => row[name])].join(' | ')} |`)
  const kinds = [...new Set(phases.flatMap((phase) => Object.keys(phase.kinds)))].sort()
  for (const kind of kinds)
    console.log(`| ${[kind, ...phases.map((phase) => phase.kinds[kind] ?? 0)].join(' | ')} |`)
  const broken = phases.flatMap(({ violations }) => violations)
  if (broken.length > 0) throw new Error(broken.join('\n'))
}

function each(requests: number, many: number): string {
  return many === 0 ? '–' : (requests / many).toFixed(2)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
