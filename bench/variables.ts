import { readFileSync } from 'node:fs'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { MemoryValueCache } from '../src/adapters/memory/memory-value-cache.ts'
import { loadCatalogue } from '../src/app/plan/load-catalogue.ts'
import type { Catalogue } from '../src/core/catalogue/catalogue.ts'
import { compareCatalogues } from '../src/core/catalogue/compare-catalogues.ts'

interface Removed {
  readonly name: string
  readonly rename: string | undefined
}

/**
 * Compares what is gone and what is likely renamed with a file of facts about pairs of releases, and prints
 * the differences. Usage: `tsx bench/variables.ts CLONE VARIABLE-CHANGES.JSON`
 */
async function main([clone, facts]: readonly string[]): Promise<void> {
  if (clone === undefined || facts === undefined)
    throw new Error('usage: variables.ts CLONE VARIABLE-CHANGES.JSON')
  const pairs = JSON.parse(readFileSync(facts, 'utf8')) as Record<string, { removed: readonly Removed[] }>
  const store = new GitObjectStore({ gitDir: clone })
  const cache = new MemoryValueCache()
  const load = async (tag: string): Promise<Catalogue | undefined> => {
    const found = await store.resolve(`refs/tags/${tag}`)
    if (!found) return undefined
    const commit = (await store.readCommits([found.oid])).get(found.oid)
    return commit && loadCatalogue({ objects: store, cache }, commit.tree)
  }
  let [removed, missed, extra, right, wrong, silent] = [0, 0, 0, 0, 0, 0]
  for (const [pair, expected] of Object.entries(pairs)) {
    const [from, to] = pair.split('->') as [string, string]
    const [before, after] = [await load(from), await load(to)]
    if (!before || !after) continue
    const changes = compareCatalogues(before, after)
    const gone = new Set(changes.gone.map(({ name }) => name))
    const known = new Map(expected.removed.map((each) => [each.name, each.rename]))
    const notFound = [...known.keys()].filter((name) => !gone.has(name))
    const notKnown = [...gone].filter((name) => !known.has(name))
    removed += known.size
    missed += notFound.length
    extra += notKnown.length
    if (notFound.length + notKnown.length > 0)
      console.log(`${pair}: missed ${notFound.join(' ')}; besides ${notKnown.join(' ')}`)
    for (const { from: name, to: guess, why } of changes.renamed) {
      const isRight = known.get(name)?.includes(guess) ?? false
      if (isRight) right++
      else wrong++
      if (!isRight)
        console.log(`${pair}: ${name} -> ${guess} (${why}); the file has ${known.get(name) ?? 'nothing'}`)
    }
    const guessed = new Set(changes.renamed.map((each) => each.from))
    silent += [...known].filter(
      ([name, rename]) => rename !== null && rename !== undefined && !guessed.has(name),
    ).length
  }
  console.log(`${removed} variables removed, ${missed} missed, ${extra} besides`)
  console.log(
    `renames: ${right} as the file has them, ${wrong} that it does not have, ${silent} of its own not guessed`,
  )
  await store.close()
}

await main(process.argv.slice(2))
