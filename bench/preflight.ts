import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { readInventories } from '../src/app/repository/read-inventories.ts'
import { readReleases } from '../src/app/repository/read-repository.ts'
import { audited } from '../src/core/audit/audited.ts'
import { blobsForAudit } from '../src/core/audit/whole/blobs-for-audit.ts'
import { readSettings, type InventorySettings } from '../src/core/inventory/read-settings.ts'
import type { Architecture } from '../src/core/model/architecture.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { compareReleases, type ReleaseTag } from '../src/core/model/release-tag.ts'
import type { Tree } from '../src/core/model/tree.ts'
import { runChecks, type Checked } from '../src/core/preflight/run-checks.ts'

/**
 * What each release's own checks answer about its own untouched sample with five hosts in it, and about the samples of the three
 * releases before it: failures are to be read by eye, since a sample that its own release refuses would be a fault of ours.
 * `npx tsx bench/preflight.ts <clone of upstream> [--left] [tag…]`
 */
async function bench(gitDir: string, listLeft: boolean, wanted: readonly string[]): Promise<void> {
  const store = new GitObjectStore({ gitDir })
  const releases = await readReleases(store)
  const tags = [...releases.keys()].filter((tag) => compareReleases(tag, 'v2.8.0') >= 0).sort(compareReleases)
  const left = new Map<string, { count: number; why: string }>()
  const sum = {
    checks: 0,
    passes: 0,
    'not-asked': 0,
    left: 0,
    fails: 0,
    forms: 0,
    milliseconds: [] as number[],
  }
  const samples = new Map<ReleaseTag, InventorySettings>()
  for (const [index, tag] of tags.entries()) {
    const tree = await store.readTree(releases.get(tag) as Oid)
    const blobs = await store.readBlobs(blobsForAudit(tree))
    samples.set(tag, await sampleOf(store, tree))
    if (wanted.length > 0 && !wanted.includes(tag)) continue
    for (const from of tags.slice(Math.max(0, index - 3), index + 1)) {
      const settings = samples.get(from)
      if (!settings) continue
      const started = performance.now()
      const source = audited({ tree, blobs }, { architectures: ARCHITECTURES, settings })
      const checked = runChecks(source)
      sum.milliseconds.push(performance.now() - started)
      if (from === tag) count(checked, { sum, left })
      for (const each of checked.filter(({ answer }) => answer === 'fails'))
        console.log(`${from} → ${tag} ${told(each)}`)
    }
  }
  await store.close()
  const times = sum.milliseconds.toSorted((a, b) => a - b)
  console.log({ ...sum, milliseconds: times[Math.floor(times.length / 2)], slowest: times.at(-1) })
  const rows = [...left].sort((a, b) => b[1].count - a[1].count)
  if (listLeft) for (const [what, { count: times, why }] of rows) console.log(times, why, what)
}

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64']

/** The sample's variables, for a cluster of five hosts: its own list of hosts is a comment. */
async function sampleOf(store: GitObjectStore, tree: Tree): Promise<InventorySettings> {
  const { inventories } = await readInventories(store, {
    ...{ tree, base: undefined, wanted: ['inventory/sample'], wantedBy: 'request' },
  })
  const own = inventories[0]?.settings.settings ?? []
  const hosts = readSettings(
    { path: 'hosts.ini', hostFiles: ['hosts.ini'], variableFiles: [], shadowed: [], extra: [] } as never,
    new Map([['hosts.ini', HOSTS]]),
  )
  return { ...hosts, settings: own, named: new Map(own.map((each) => [each.name, [each]])) }
}

const HOSTS = `[kube_control_plane]\nnode1\nnode2\n[etcd]\nnode1\nnode2\nnode3\n[kube_node]\nnode3\nnode4\nnode5\n[calico_rr]\n[k8s_cluster:children]\nkube_control_plane\nkube_node\ncalico_rr\n`

function count(
  checked: readonly Checked[],
  into: { sum: Record<string, number | number[]>; left: Map<string, { count: number; why: string }> },
): void {
  for (const { answer, left } of checked) {
    into.sum['checks'] = Number(into.sum['checks']) + 1
    into.sum[answer] = Number(into.sum[answer]) + 1
    if (left.some(({ why }) => why !== 'host')) into.sum['forms'] = Number(into.sum['forms']) + 1
    for (const { why, what } of left) {
      const known = into.left.get(what) ?? { count: 0, why }
      into.left.set(what, { ...known, count: known.count + 1 })
    }
  }
}

function told({ path, line, name, failures }: Checked): string {
  const first = failures[0]
  return `${path}:${line} ${name ?? ''} · ${first?.conditions.join(' · ') ?? ''} · ${first?.message ?? ''} · ${first?.reads.slice(0, 4).join(', ') ?? ''} · ${first?.hosts.join() ?? ''} ${first?.architectures.join() ?? ''}`
}

const [gitDir = '.', ...rest] = process.argv.slice(2)
await bench(
  gitDir,
  rest.includes('--left'),
  rest.filter((each) => !each.startsWith('--')),
)
