import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * How long the command line takes to say its version and its help, beside a Node that does nothing, in turns so that all of them see
 * the same machine. `npm run build`, then `npx tsx bench/start.ts [runs]`.
 */
const cli = fileURLToPath(new URL('../dist/entry/cli.js', import.meta.url))
const runs = Number(process.argv[2] ?? 21)
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'multiarch --version': [cli, '--version'],
  'multiarch --help': [cli, '--help'],
  'multiarch plan (without a clone: refused)': [cli, 'plan'],
}

const times = new Map<string, number[]>(Object.keys(COMMANDS).map((name) => [name, []]))
for (let run = 0; run < runs; run++) {
  for (const [name, args] of Object.entries(COMMANDS)) {
    const from = performance.now()
    spawnSync(process.execPath, args, { stdio: 'ignore' })
    times.get(name)?.push(performance.now() - from)
  }
}

const bare = median(times.get('node -e 0'))
console.log('| what | median | × `node -e 0` |\n| --- | ---: | ---: |')
for (const [name, taken] of times)
  console.log(`| ${name} | ${Math.round(median(taken))} ms | ${(median(taken) / bare).toFixed(2)} |`)

function median(taken: readonly number[] = []): number {
  return taken.toSorted((a, b) => a - b)[taken.length >> 1] ?? Number.NaN
}
