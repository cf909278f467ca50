import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DiskCache } from '../src/adapters/cache/disk-cache.ts'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { loadCatalogue, loadOffers } from '../src/app/plan/load-catalogue.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { compareReleases, readReleaseTag } from '../src/core/model/release-tag.ts'

/**
 * How long one release's catalogue takes, each in a process of its own that has read nothing yet: cold, and from the
 * disk cache, in milliseconds of the clock and of Node's processor time, which a busy machine stretches less. The start of Node
 * and tsx is not counted, git's is. Usage: `tsx bench/catalogue-speed.ts CLONE`
 */
async function main([clone, tag, folder, part]: readonly string[]): Promise<void> {
  if (clone === undefined) throw new Error('usage: catalogue-speed.ts CLONE')
  if (tag !== undefined && folder !== undefined) return measure(clone, tag, { folder, part })
  const caches = await mkdtemp(join(tmpdir(), 'multiarch-bench-'))
  const [cold, cached, offers]: [Timed[], Timed[], Timed[]] = [[], [], []]
  for (const each of tagsOf(clone)) {
    cold.push({ tag: each, ...inProcess(clone, each, [caches, 'all']) })
    cached.push({ tag: each, ...inProcess(clone, each, [caches, 'all']) })
    offers.push({ tag: each, ...inProcess(clone, each, [caches, 'offer']) })
  }
  await rm(caches, { recursive: true })
  console.log(summary('cold', cold))
  console.log(summary('from the disk cache', cached))
  console.log(summary('from the disk cache, without their variables, as for a route', offers))
}

interface Times {
  readonly clock: number
  readonly processor: number
}

interface Timed extends Times {
  readonly tag: string
}

/** The truths start at v2.8; before that there was no kubeadm to plan for. */
function tagsOf(clone: string): readonly string[] {
  const output = execFileSync('git', ['-C', clone, 'tag', '--list', 'v*'], { encoding: 'utf8' })
  const tags = output.split('\n').flatMap((name) => readReleaseTag(name) ?? [])
  return tags.filter((tag) => compareReleases(tag, 'v2.8.0') >= 0).sort(compareReleases)
}

function inProcess(clone: string, tag: string, more: readonly string[]): Times {
  const args = ['--import', 'tsx', import.meta.filename, clone, tag, ...more]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Times
}

async function measure(
  clone: string,
  tag: string,
  { folder, part }: { readonly folder: string; readonly part: string | undefined },
): Promise<void> {
  const named = execFileSync('git', ['-C', clone, 'rev-parse', `${tag}^{tree}`], { encoding: 'utf8' })
  const tree = named.trim() as Oid
  const cache = new DiskCache(folder)
  const [from, used] = [performance.now(), process.cpuUsage()]
  const store = new GitObjectStore({ gitDir: clone })
  if (part === 'offer') await loadOffers({ objects: store, cache }, new Map([[tag, tree]]))
  else await loadCatalogue({ objects: store, cache }, tree)
  const { user, system } = process.cpuUsage(used)
  console.log(JSON.stringify({ clock: performance.now() - from, processor: (user + system) / 1000 }))
  await store.close()
}

function summary(what: string, times: readonly Timed[]): string {
  const parts = (['clock', 'processor'] as const).map((kind) => {
    const sorted = times.toSorted((a, b) => a[kind] - b[kind])
    const [median, slowest] = [sorted[sorted.length >> 1], sorted.at(-1)] as [Timed, Timed]
    return `${kind}: median ${median[kind].toFixed(1)} ms, slowest ${slowest[kind].toFixed(1)} ms (${slowest.tag})`
  })
  return `${times.length} releases ${what}; ${parts.join('; ')}`
}

await main(process.argv.slice(2))
