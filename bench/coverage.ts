import { readFileSync } from 'node:fs'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { MemoryValueCache } from '../src/adapters/memory/memory-value-cache.ts'
import { loadCatalogue } from '../src/app/plan/load-catalogue.ts'
import { ARCHITECTURES } from '../src/core/model/architecture.ts'

interface Download {
  readonly file: string | null
  readonly file_status_per_arch?: Readonly<Record<string, string>>
}

/** What a file of facts calls a file that can be had; some entries of it are never verified. */
const THERE = ['ok', 'no checksum (unverified)']

/**
 * Compares on which architectures every downloaded file can be had with a file of facts about releases, and prints the
 * differences. Usage: `tsx bench/coverage.ts CLONE ARCH-COVERAGE.JSON`
 */
async function main([clone, facts]: readonly string[]): Promise<void> {
  if (clone === undefined || facts === undefined)
    throw new Error('usage: coverage.ts CLONE ARCH-COVERAGE.JSON')
  const { releases } = JSON.parse(readFileSync(facts, 'utf8')) as {
    releases: Readonly<Record<string, { readonly downloads: Readonly<Record<string, Download>> }>>
  }
  const store = new GitObjectStore({ gitDir: clone })
  let [compared, different] = [0, 0]
  for (const [tag, { downloads }] of Object.entries(releases)) {
    const found = await store.resolve(`refs/tags/${tag}`)
    const commit = found && (await store.readCommits([found.oid])).get(found.oid)
    if (!commit) continue
    const { components } = await loadCatalogue({ objects: store, cache: new MemoryValueCache() }, commit.tree)
    for (const [name, { file, file_status_per_arch: status = {} }] of Object.entries(downloads)) {
      if (file?.toLowerCase() !== 'true') continue
      const expected = ARCHITECTURES.filter((each) => THERE.includes(status[each] ?? '')).join(' ')
      const ours = components[name]?.architectures.join(' ')
      compared++
      if (ours === expected) continue
      different++
      console.log(`${tag} ${name}: expected ${expected}, found ${ours ?? 'nothing'}`)
    }
  }
  console.log(`${different} of ${compared} files differ`)
  await store.close()
}

await main(process.argv.slice(2))
