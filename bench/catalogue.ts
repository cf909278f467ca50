import { readFileSync } from 'node:fs'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { blobsNeeded } from '../src/core/catalogue/release-files.ts'
import { catalogueOf } from '../src/core/catalogue/catalogue-of.ts'
import type { FileValues } from '../src/core/yaml/values/read-values.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { factsOf, type ReleaseFacts } from './catalogue-facts.ts'
import { differences } from './differences.ts'

/**
 * Compares every release's catalogue with a file of facts about releases, field by field, and prints each
 * difference and how long it took. Usage: `tsx bench/catalogue.ts CLONE RELEASES.JSON [TAG…]`
 */
async function main([clone, facts, ...tags]: readonly string[]): Promise<void> {
  if (clone === undefined || facts === undefined)
    throw new Error('usage: catalogue.ts CLONE RELEASES.JSON [TAG…]')
  const { releases } = JSON.parse(readFileSync(facts, 'utf8')) as { releases: readonly ReleaseFacts[] }
  const store = new GitObjectStore({ gitDir: clone })
  const read = new Map<Oid, FileValues>()
  const started = performance.now()
  let different = 0
  let compared = 0
  for (const release of releases) {
    if (tags.length > 0 && !tags.includes(release.tag)) continue
    const from = performance.now()
    const commit = await store.resolve(release.commit)
    if (!commit) throw new Error(`no commit ${release.commit} for ${release.tag}`)
    const tree = await store.readTree(commit.oid)
    const blobs = await store.readBlobs(blobsNeeded(tree))
    const loaded = performance.now()
    const catalogue = catalogueOf({ tree, blobs, read })
    const done = performance.now()
    const found = differences(release, factsOf(catalogue, release))
    for (const each of found) console.log(`${release.tag} ${each}`)
    different += found.length
    compared++
    const size = JSON.stringify(catalogue).length
    console.error(
      `${release.tag}: ${Math.round(loaded - from)} ms reading, ${Math.round(done - loaded)} ms computing, ${size} characters`,
    )
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${different} differences in ${compared} releases, ${seconds} s`)
  await store.close()
}

await main(process.argv.slice(2))
