import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { connectAsInstallation } from '../src/adapters/github/api/connection.ts'
import { githubHost } from '../src/adapters/github/github-host.ts'
import { memoryCache } from '../src/adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../src/adapters/memory/memory-value-cache.ts'
import { bot } from '../src/app/bot/bot.ts'
import { forkEngine } from '../src/app/engine/fork-engine.ts'
import { UPSTREAM_REFS } from '../src/app/repository/read-repository.ts'
import { CONFIG_PATH } from '../src/core/config/config-path.ts'
import { runAction } from '../src/entry/action/run-action.ts'
import type { Oid } from '../src/core/model/oid.ts'
import type { Cache } from '../src/ports/cache.ts'
import { TryLater } from '../src/ports/try-later.ts'
import { startGitHub, type GitHub } from '../test/github/github.ts'
import type { Counted } from '../test/github/server.ts'
import type { Repo } from '../test/github/world.ts'
import { historyIn } from '../test/support/history.ts'

/**
 * What one step of a fork with five patches asks of GitHub, from the job that looks at the repository to the dashboard: requests by
 * kind, those that create content, and bytes, beside the bytes of a plain clone. The fork is made on the stand-in, of upstream's
 * real history: `npx tsx bench/requests.ts --repo <clone with upstream's tags> [--from v2.29.0]`.
 * `--objects 50` and `--points 200` make GitHub stricter: so many objects a query, so many points a minute. What was put off is done
 * once its time has come, by a clock that only waiting moves, and the minutes are told.
 * `--submodule`: a repository of its own that holds upstream as a submodule, from its onboarding to the first step.
 * Cold: nothing was ever read. Once more: the same job again, which leaves nothing to do. Warm: the step is merged, and the same
 * worker proposes the next one. Another fork: a new worker that knows upstream only. Unchanged: that worker looks an hour later.
 */
const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    from: { type: 'string', default: 'v2.29.0' },
    objects: { type: 'string' },
    points: { type: 'string' },
    submodule: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
})
if (!values.repo) {
  console.error('Give --repo (a clone with upstream’s tags).')
  process.exit(2)
}

/** A job that is put off more often than this never ends. */
const MOST_TIMES = 200
const UPSTREAM = { owner: 'kubernetes-sigs', name: 'kubespray' }
/** Moves only where somebody waits. */
let clock = Date.now()
const waits: Record<string, { times: number; minutes: number }> = {}
const github = await startGitHub({ now: () => clock })
github.limit({
  ...(values.objects !== undefined && { objects: Number(values.objects) }),
  ...(values.points !== undefined && { points: Number(values.points) }),
})
const upstream = github.createRepo({ ...UPSTREAM, from: values.repo })
const shared = memoryCache()
const catalogues = new MemoryValueCache()
const runs: Record<string, readonly Counted[]> = {}
const worker = newWorker()
await (values.submodule ? lookAtSubmodule() : lookAtForks())
printTable(runs)
const clone = execFileSync('git', [
  '--git-dir',
  upstream.gitDir,
  'rev-list',
  '--objects',
  '--disk-usage',
  '--branches',
  '--tags',
])
console.log(`\nA plain clone of upstream: ${kilobytes(Number(clone.toString()))}`)
if (github.violations.length > 0) throw new Error(github.violations.join('\n'))
await github.close()

async function lookAtForks(): Promise<void> {
  const first = await forkOf(github, upstream, 'first')
  const second = await forkOf(github, upstream, 'second')
  runs.cold = await worker.look(first, 'cold')
  runs['once more'] = await worker.look(first, 'once more')
  await mergeOpen(first)
  runs.warm = await worker.look(first, 'warm')
  const other = newWorker()
  runs['another fork'] = await other.look(second, 'another fork')
  runs.unchanged = await other.look(second, 'unchanged')
  const third = await forkOf(github, upstream, 'third')
  runs['action'] = await act(third)
  runs['action, unchanged'] = await act(third)
}

async function lookAtSubmodule(): Promise<void> {
  const own = await submoduleOf(github, 'first')
  runs.onboarding = await worker.look(own, 'onboarding')
  await mergeOpen(own)
  runs['first step'] = await worker.look(own, 'first step')
  runs.unchanged = await worker.look(own, 'unchanged')
}

/** A repository that holds upstream at a release as a submodule, with an inventory beside it. */
async function submoduleOf(on: GitHub, owner: string): Promise<Repo> {
  const repo = on.createRepo({ owner, name: 'infra', defaultBranch: 'main', hasIssues: true })
  const base = execFileSync('git', ['--git-dir', upstream.gitDir, 'rev-parse', `${values.from}^{commit}`])
  const store = new GitObjectStore({ gitDir: repo.gitDir })
  const history = historyIn(store)
  const plain = await history.commit('Our cluster', {
    '.gitmodules':
      '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray\n',
    'inventory/home/hosts.yml':
      'all:\n  hosts:\n    node1:\n  children:\n    kube_control_plane:\n      hosts:\n        node1:\n',
    'inventory/home/group_vars/all/all.yml': 'etcd_data_dir: /var/lib/etcd\n',
  })
  const link = { mode: '160000', oid: base.toString().trim() as Oid } as const
  const tree = await store.writeTree(new Map([...(await store.readTree(plain)), ['kubespray', link]]))
  const [made] = (await store.readCommits([plain])).values()
  if (!made) throw new Error('nothing was committed')
  await history.point('refs/heads/main', await store.writeCommit({ ...made, tree }))
  await store.close()
  on.install([repo])
  return repo
}

/** A fork that stands on a release, with five patches and an inventory of its own. */
async function forkOf(on: GitHub, parent: Repo, owner: string): Promise<Repo> {
  const fork = on.createRepo({
    ...{ owner, name: 'kubespray', forkOf: parent, defaultBranch: 'main', hasIssues: true },
  })
  const store = new GitObjectStore({ gitDir: fork.gitDir })
  const base = await store.resolve(values.from)
  if (!base) throw new Error(`there is no ${values.from} in ${values.repo}`)
  const tree = await store.readTree(base.oid)
  const touched = [...tree.keys()]
    .filter((path) => /^roles\/[^/]+\/tasks\/main\.ya?ml$/.test(path))
    .slice(0, 5)
  const history = historyIn(store)
  const inventory = {
    '.github/multiarch.yml': 'architectures: [amd64, arm64]\n',
    [`inventory/${owner}/hosts.yml`]: 'all:\n  hosts:\n    node1:\n',
    [`inventory/${owner}/group_vars/all/all.yml`]: 'etcd_data_dir: /var/lib/etcd\n',
  }
  let head: Oid = await history.commit('Our cluster', inventory, { parents: [base.oid] })
  for (const path of touched) {
    const oid = tree.get(path)?.oid as Oid
    const text = Buffer.from((await store.readBlobs([oid])).get(oid) as Uint8Array).toString()
    const patched = `${text.trimEnd()}\n\n- name: Only where it runs\n  debug:\n    msg: "{{ ansible_architecture }} of ${owner}"\n`
    head = await history.commit(
      `Run ${path.split('/')[1]} on arm64`,
      { [path]: patched },
      { parents: [head] },
    )
  }
  await history.point('refs/heads/main', head)
  await store.close()
  on.install([fork])
  return fork
}

/** A worker that has just started; what was read of upstream may be known. */
function newWorker() {
  const caches = new Map<string, Cache>()
  const host = githubHost({
    connection: {
      baseUrl: github.url,
      pace: { now: () => clock, pause: async (wait) => void (clock += wait), betweenWrites: 0 },
    },
    key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
    upstream: UPSTREAM,
    upstreamRefs: UPSTREAM_REFS,
    ahead: [CONFIG_PATH],
    shared,
    cacheOf: ({ owner }) => {
      const own = caches.get(owner) ?? memoryCache()
      caches.set(owner, own)
      return own
    },
  })
  const engine = forkEngine({
    upstream: UPSTREAM,
    web: 'https://github.com',
    published: host.published,
    cache: catalogues,
  })
  const log = { info: () => {}, error: () => {} }
  const cases = bot({ engine, clock: { now: () => clock }, log, settled: memoryCache() })
  return {
    /** Does the job, as often as it is put off, and hands back what it asked for. */
    async look({ owner, name }: Repo, as: string): Promise<readonly Counted[]> {
      github.requests.splice(0)
      const begun = clock
      for (let times = 0; times < MOST_TIMES; times++) {
        waits[as] = { times, minutes: (clock - begun) / 60_000 }
        try {
          await cases.lookAfter(await host.open({ owner, name }))
          return github.requests.splice(0)
        } catch (error) {
          if (!(error instanceof TryLater)) throw error
          if (values.trace) console.log(as, 'put off:', error.message)
          clock = Math.max(clock, error.notBefore)
        }
      }
      throw new Error(`${as}: put off ${MOST_TIMES} times`)
    },
  }
}

/** One run of the Action by the clock, which begins with nothing. */
async function act({ owner, name }: Repo): Promise<readonly Counted[]> {
  const installation = github.world.installations.find((each) => each.account === owner)
  if (!installation) throw new Error(`no installation of ${owner}`)
  const { id: appId, privateKey } = github.world.app
  const pace = { now: () => clock, pause: async (wait: number) => void (clock += wait), betweenWrites: 0 }
  const connection = { baseUrl: github.url, pace }
  const scope = () => ({ needs: installation.permissions })
  const { grant } = connectAsInstallation(connection, { appId, privateKey }, installation.id, scope)
  const { token } = await grant()
  github.requests.splice(0)
  const env = {
    INPUT_TOKEN: token,
    INPUT_LOGIN: `${github.world.app.slug}[bot]`,
    GITHUB_REPOSITORY: `${owner}/${name}`,
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: 'schedule',
    WRITE_PAUSE_MS: '0',
  }
  const lines: string[] = []
  const note = (line: string, more?: object) => void lines.push(`${line} ${JSON.stringify(more)}`)
  if ((await runAction(env, { info: note, error: note })) !== 0) throw new Error(lines.join('\n'))
  return github.requests.splice(0)
}

/** Merges the open step, as its owner would. */
async function mergeOpen(fork: Repo): Promise<void> {
  const open = [...fork.threads.values()].find(({ pull, state }) => pull && state === 'open')
  if (!open) throw new Error('no step was proposed')
  console.log(`${open.title}: merged`)
  await github.people(fork).merge(open.number)
}

function printTable(runs: Readonly<Record<string, readonly Counted[]>>): void {
  if (values.trace)
    for (const [name, run] of Object.entries(runs))
      for (const each of run) console.log(name, each.kind, each.sent)
  const names = Object.keys(runs)
  const all = Object.values(runs)
  const kinds = [...new Set(all.flat().map(({ kind }) => kind))].sort()
  const row = (name: string, cells: readonly (string | number)[]) =>
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  row('requests', names)
  row(
    '---',
    names.map(() => '---:'),
  )
  for (const kind of kinds)
    row(
      kind,
      all.map((run) => run.filter((each) => each.kind === kind).length),
    )
  row(
    '**all**',
    all.map((run) => `**${run.length}**`),
  )
  row(
    'times it was put off',
    names.map((name) => waits[name]?.times ?? 0),
  )
  row(
    'minutes until it was done',
    names.map((name) => Math.ceil(waits[name]?.minutes ?? 0)),
  )
  row(
    'of these create content',
    all.map((run) => run.filter(({ isContent }) => isContent).length),
  )
  row(
    'of these write git objects',
    all.map((run) => run.filter(({ kind }) => /^git\/create/.test(kind)).length),
  )
  row(
    'received, packed as GitHub packs',
    all.map((run) => kilobytes(sum(run.map(({ sent }) => sent)))),
  )
  row(
    'the same unpacked',
    all.map((run) => kilobytes(sum(run.map(({ unpacked }) => unpacked)))),
  )
  row(
    'sent',
    all.map((run) => kilobytes(sum(run.map(({ received }) => received)))),
  )
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en')} KB`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
