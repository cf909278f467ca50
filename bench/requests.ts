import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { GitObjectStore } from '../src/adapters/git/object-store.ts'
import { githubHost } from '../src/adapters/github/host.ts'
import { memoryCache } from '../src/adapters/memory/cache.ts'
import { UPSTREAM_REFS } from '../src/app/read-repository.ts'
import { upgrade } from '../src/app/upgrade.ts'
import type { Oid } from '../src/core/model/oid.ts'
import type { Cache } from '../src/ports/cache.ts'
import type { Host, Workplace } from '../src/ports/host.ts'
import { startGitHub, type GitHub } from '../test/github/github.ts'
import type { Counted } from '../test/github/server.ts'
import type { Repo } from '../test/github/world.ts'
import { historyIn } from '../test/support/history.ts'

/**
 * What one step of a fork with five patches asks of GitHub: requests by kind, those that create content, and bytes, beside
 * the bytes of a plain clone. The fork is made on the stand-in, of upstream's real history:
 * `npx tsx bench/requests.ts --repo <clone with upstream's tags> [--from v2.29.0] [--onto v2.30.0] [--then v2.31.0]`.
 * Cold: nothing was ever read. Warm: the same worker takes the same fork to the next release; once more, which leaves
 * nothing to do. Another fork: a new worker that knows upstream only.
 */
const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    from: { type: 'string', default: 'v2.29.0' },
    onto: { type: 'string', default: 'v2.30.0' },
    then: { type: 'string', default: 'v2.31.0' },
  },
})
if (!values.repo) {
  console.error('Give --repo (a clone with upstream’s tags).')
  process.exit(2)
}

const github = await startGitHub()
const upstream = github.createRepo({ owner: 'kubernetes-sigs', name: 'kubespray', from: values.repo })
const shared = memoryCache()
const first = await forkOf(github, upstream, 'first')
const host = hostWith(shared)
const cold = await measure(host, first, values.onto)
const warm = await measure(host, first, values.then)
const again = await measure(host, first, values.then)
const other = await measure(hostWith(shared), await forkOf(github, upstream, 'second'), values.then)
printTable({ cold, warm, 'once more': again, 'another fork': other })
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

/** A fork that stands on a release, with five patches and an inventory of its own. */
async function forkOf(on: GitHub, parent: Repo, owner: string): Promise<Repo> {
  const fork = on.createRepo({ owner, name: 'kubespray', forkOf: parent, defaultBranch: 'main' })
  const store = new GitObjectStore({ gitDir: fork.gitDir })
  const base = await store.resolve(values.from)
  if (!base) throw new Error(`there is no ${values.from} in ${values.repo}`)
  const tree = await store.readTree(base.oid)
  const touched = [...tree.keys()]
    .filter((path) => /^roles\/[^/]+\/tasks\/main\.ya?ml$/.test(path))
    .slice(0, 5)
  const history = historyIn(store)
  const inventory = {
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
function hostWith(kept: Cache): Host {
  const caches = new Map<string, Cache>()
  return githubHost({
    connection: {
      baseUrl: github.url,
      pace: { now: Date.now, pause: () => Promise.resolve(), betweenWrites: 0 },
    },
    key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
    upstream: { owner: 'kubernetes-sigs', name: 'kubespray' },
    upstreamRefs: UPSTREAM_REFS,
    shared: kept,
    cacheOf: ({ owner }) => {
      const own = caches.get(owner) ?? memoryCache()
      caches.set(owner, own)
      return own
    },
  })
}

/** Carries out one step as the App does, and hands back what it asked for. */
async function measure(host: Host, fork: Repo, onto: string): Promise<readonly Counted[]> {
  github.requests.splice(0)
  const place = await host.open({ owner: fork.owner, name: fork.name })
  await takeStep(place, onto)
  return github.requests.splice(0)
}

async function takeStep({ objects, forge }: Workplace, onto: string): Promise<void> {
  const done = await upgrade(objects, { upstreamRemotes: [], onto, write: 'branch', depth: 'defaults' })
  if (done?.kind !== 'upgraded' || !done.written) throw new Error('there was no step to take')
  const { name: branch, tip } = done.written
  const { title, body } = done.text
  const [open] = await forge.pullRequests.from(branch)
  if (!open) {
    const pull = await forge.pullRequests.open({ title, body, branch, onto: done.branch.name, draft: false })
    await forge.labels.add(pull.number, ['multiarch'])
  }
  const check = {
    name: 'multiarch',
    at: tip,
    title,
    summary: body.slice(0, 60_000),
    annotations: [],
    actions: [],
  }
  await forge.checks.report({ ...check, state: 'success' })
}

function printTable(runs: Readonly<Record<string, readonly Counted[]>>): void {
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
    'of these create content',
    all.map((run) => run.filter(({ isContent }) => isContent).length),
  )
  row(
    'of these write git objects',
    all.map((run) => run.filter(({ kind }) => /^git\/create/.test(kind)).length),
  )
  row(
    'received',
    all.map((run) => kilobytes(sum(run.map(({ sent }) => sent)))),
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
