import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * Time and peak memory of `plan` and `upgrade --dry-run` on a clone, beside the git commands a person would ask the same with.
 * Build first; then `npx tsx bench/speed.ts --repo <clone with upstream's tags> --branch arm [--onto v2.10.0] [--runs 7]`.
 */
const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    branch: { type: 'string' },
    onto: { type: 'string' },
    runs: { type: 'string', default: '7' },
  },
})
if (!values.repo || !values.branch) {
  console.error('Give --repo (a clone with upstream’s tags) and --branch (the one with the patches).')
  process.exit(2)
}
const { repo, branch } = values
const cli = fileURLToPath(new URL('../dist/entry/cli.js', import.meta.url))
const onto = values.onto ? ['--onto', values.onto] : []

const rows = [
  measure('git log + git merge-base', askGit),
  measure('multiarch plan', () => runCli(['plan', repo, '--branch', branch])),
  measure('multiarch upgrade --dry-run', () =>
    runCli(['upgrade', repo, '--branch', branch, '--dry-run', ...onto]),
  ),
]
console.log('| what | median | fastest | peak memory |\n| --- | ---: | ---: | ---: |')
for (const row of rows) console.log(row)

function measure(name: string, run: () => number | undefined): string {
  const times: number[] = []
  let memory: number | undefined
  for (let n = 0; n < Number(values.runs); n++) {
    const from = performance.now()
    memory = run() ?? memory
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const ms = (time: number | undefined): string => `${Math.round(time ?? 0)} ms`
  const peak = memory === undefined ? '' : `${Math.round(memory / 1024)} MB`
  return `| ${name} | ${ms(times[times.length >> 1])} | ${ms(times[0])} | ${peak} |`
}

/** The fork's own commits, and what they stand on. */
function askGit(): undefined {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', repo, ...args], { encoding: 'utf8' }).trim()
  const tags = git('for-each-ref', '--format=%(refname)', 'refs/tags/v*').split('\n')
  const own = git('log', '--format=%H', '--name-only', branch, '--not', ...tags)
  if (own === '') throw new Error(`${branch} has no commits of its own`)
  git('merge-base', branch, tags.at(-1) as string)
}

/** Runs the built CLI in a process of its own; returns its peak memory in KiB, start of Node included. */
function runCli(args: readonly string[]): number {
  const script = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))
process.argv.splice(1, 0, ${JSON.stringify(cli)})
await import(${JSON.stringify(cli)})`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...args], {
    encoding: 'utf8',
  })
  if (done.status !== 0 && done.status !== 3) throw new Error(done.stderr)
  return Number(/peak (\d+)/.exec(done.stderr)?.[1])
}
