import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * A person with git beside us, on one clone and in turns: `git rebase --onto` of a fork's series, which tells nothing and leaves out
 * what collides, and our whole step of the same series (carry, plan, inventories, audit, text). `npm run build`, then
 * `npx tsx bench/beside-git.ts [--runs 5] <clone>:<branch>:<tag> …`. The clones are only read: all is done in borrowing ones.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
if (positionals.length === 0) {
  console.error('Name what goes where: <clone>:<branch>:<tag> …')
  process.exit(2)
}
const runs = Number(values.runs)
const cli = fileURLToPath(new URL('../dist/entry/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'multiarch-beside-'))
const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), GIT_CONFIG_GLOBAL: '/dev/null' }

console.log('| fork and step | `git rebase --onto` | collided | whole step | × | plan alone |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
const spent = new Map<string, number>()
const maps = new Map<string, SourceMap | undefined>()
try {
  for (const [index, named] of positionals.entries()) {
    const [path = '', branch = '', tag = ''] = named.split(':')
    const clone = join(folder, String(index))
    borrow(path, clone)
    console.log(row({ clone, branch, tag, name: `${path.split('/').at(-1)} \`${branch}\` → ${tag}` }))
  }
  const total = [...spent.values()].reduce((sum, each) => sum + each, 0)
  console.log('\nWhere the whole step’s time goes, one profiled run of each:\n\n| | share |\n| --- | ---: |')
  for (const [room, time] of [...spent].sort((a, b) => b[1] - a[1]))
    if (time > total / 100) console.log(`| ${room} | ${Math.round((100 * time) / total)} % |`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Case {
  readonly clone: string
  readonly branch: string
  readonly tag: string
  readonly name: string
}

/** A clone of our own with every ref and none of the objects. */
function borrow(path: string, clone: string): void {
  execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', path, clone], { env })
  git(clone, 'fetch', '--quiet', '--no-tags', path, '+refs/heads/*:refs/remotes/origin/*')
  git(clone, 'fetch', '--quiet', '--tags', path, '+refs/remotes/upstream/*:refs/remotes/upstream/*')
  git(clone, 'remote', 'add', 'upstream', 'https://github.com/kubernetes-sigs/kubespray')
}

function row({ clone, branch, tag, name }: Case): string {
  const step = ['upgrade', clone, '--branch', branch, '--onto', tag, '--dry-run']
  const plan = JSON.parse(ours(['plan', clone, '--branch', branch, '--json'])) as {
    readonly base: { readonly commit: string }
  }
  ours(step)
  const times: Record<'git' | 'step' | 'plan', number[]> = { git: [], step: [], plan: [] }
  let collided = 0
  for (let run = 0; run < runs; run++) {
    git(clone, 'checkout', '--quiet', '--force', '-B', 'series', `origin/${branch}`)
    times.git.push(clocked(() => (collided = rebase(clone, tag, plan.base.commit))))
    times.step.push(clocked(() => ours(step)))
    times.plan.push(clocked(() => ours(['plan', clone, '--branch', branch])))
  }
  profile(step)
  const [byGit, byUs] = [median(times.git), median(times.step)]
  const ms = (time: number): string => `${Math.round(time)} ms`
  return `| ${name} | ${ms(byGit)} | ${collided} | ${ms(byUs)} | ${(byUs / byGit).toFixed(1)} | ${ms(median(times.plan))} |`
}

/** Carries the series as a person would who leaves out what collides; says how many commits did. */
function rebase(clone: string, onto: string, base: string): number {
  const who = [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    '-c',
    'advice.skippedCherryPicks=false',
  ]
  let isDone = tryGit(clone, [...who, 'rebase', '--quiet', '--onto', onto, base, 'series'])
  let collided = 0
  for (; !isDone; collided++) {
    if (collided > 1000) throw new Error(`git does not end: ${clone}`)
    isDone = tryGit(clone, [...who, 'rebase', '--skip'])
  }
  return collided
}

function ours(args: readonly string[]): string {
  const done = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  if (done.status !== 0 && done.status !== 3) throw new Error(done.stderr)
  return done.stdout
}

function git(clone: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', clone, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

function tryGit(clone: string, args: readonly string[]): boolean {
  return spawnSync('git', ['-C', clone, ...args], { env, stdio: 'ignore' }).status === 0
}

function clocked(work: () => unknown): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
      readonly columnNumber: number
    }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Runs a step once more under V8's profiler, and adds what each room of the house took to `spent`. */
function profile(step: readonly string[]): void {
  const into = mkdtempSync(join(folder, 'profile-'))
  const flags = ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${into}`]
  spawnSync(process.execPath, [...flags, cli, ...step], { env, stdio: 'ignore' })
  const [file = ''] = readdirSync(into)
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(into, file), 'utf8')) as Profile
  const rooms = new Map(nodes.map((node) => [node.id, roomOf(node.callFrame)]))
  for (const [at, sample] of samples.entries()) {
    const room = rooms.get(sample) ?? 'else'
    spent.set(room, (spent.get(room) ?? 0) + (timeDeltas[at] ?? 0))
  }
}

function roomOf({
  functionName,
  url,
  lineNumber,
  columnNumber,
}: Profile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)') return 'waiting for git'
  if (functionName === '(garbage collector)') return "V8's collector"
  if (!url.startsWith('file:')) return 'Node itself, its start included'
  const source = mapOf(fileURLToPath(url))?.findEntry(lineNumber, columnNumber)
  const path = source && 'originalSource' in source ? source.originalSource : ''
  if (path.includes('node_modules'))
    return `package ${/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? ''}`
  const [ring = 'else', room] = path.replace(/^.*\bsrc\//, '').split('/')
  return room && ring !== 'entry' && ring !== 'ports' ? `${ring}/${room}` : ring
}

/** The build says of each of its parts which source it came from. */
function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) {
    const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload
    maps.set(file, new SourceMap(payload))
  }
  return maps.get(file)
}
