import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * Time and peak memory of `plan` and `upgrade --dry-run` on a clone, beside the git commands a person would ask the same with; cold is
 * with nothing kept from an earlier run. Processor time says more than the clock where others share the machine. Build first; then `npx tsx bench/speed.ts --repo <clone with upstream's tags> --branch arm [--onto v2.10.0] [--runs 7]`.
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
const warmCache = mkdtempSync(join(tmpdir(), 'multiarch-speed-'))

const rows = [
  measure('git log + git merge-base', askGit),
  measure('multiarch plan', () => runCli(['plan', repo, '--branch', branch], warmCache)),
  measure('multiarch upgrade --dry-run', () =>
    runCli(['upgrade', repo, '--branch', branch, '--dry-run', ...onto], warmCache),
  ),
  measure('multiarch upgrade --dry-run, cold', () =>
    withFolder((cache) => runCli(['upgrade', repo, '--branch', branch, '--dry-run', ...onto], cache)),
  ),
]
rmSync(warmCache, { recursive: true, force: true })
console.log('| what | median | fastest | processor | peak memory |\n| --- | ---: | ---: | ---: | ---: |')
for (const row of rows) console.log(row)

interface Used {
  /** KiB at most. */
  readonly memory: number
  /** Milliseconds of processor, the system's included. */
  readonly processor: number
}

function measure(name: string, run: () => Used | undefined): string {
  const times: number[] = []
  const used: Used[] = []
  for (let n = 0; n < Number(values.runs); n++) {
    const from = performance.now()
    used.push(...[run()].filter((each) => each !== undefined))
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const ms = (time: number | undefined): string => (time === undefined ? '' : `${Math.round(time)} ms`)
  const processor = used.map((each) => each.processor).sort((a, b) => a - b)
  const memory = used.at(-1)?.memory
  const peak = memory === undefined ? '' : `${Math.round(memory / 1024)} MB`
  return `| ${name} | ${ms(times[times.length >> 1])} | ${ms(times[0])} | ${ms(processor[processor.length >> 1])} | ${peak} |`
}

function withFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-speed-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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

/** Runs the built CLI in a process of its own, start of Node included. */
function runCli(args: readonly string[], cache: string): Used {
  const script = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.stderr.write('\\npeak ' + maxRSS + ' processor ' + (userCPUTime + systemCPUTime) / 1000)
})
process.argv.splice(1, 0, ${JSON.stringify(cli)})
await import(${JSON.stringify(cli)})`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache },
  })
  if (done.status !== 0 && done.status !== 3) throw new Error(done.stderr)
  const [, memory, processor] = /peak (\d+) processor ([\d.]+)/.exec(done.stderr) ?? []
  return { memory: Number(memory), processor: Number(processor) }
}
