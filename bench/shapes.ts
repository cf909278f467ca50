import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { audited } from '../src/core/audit/audited.ts'
import { blobsForAudit } from '../src/core/audit/whole/blobs-for-audit.ts'
import { wordLint } from '../src/core/explain/found/word-lint.ts'
import { filesOf, findInventories } from '../src/core/inventory/find-inventories.ts'
import { readSettings, type InventorySettings } from '../src/core/inventory/read-settings.ts'
import { once } from '../src/core/model/once.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { compareReleases, minorOf, type ReleaseTag } from '../src/core/model/release-tag.ts'
import type { Tree } from '../src/core/model/tree.ts'
import { shapeFindings } from '../src/core/preflight/shapes/shape-findings.ts'
import type { FileValues } from '../src/core/yaml/values/read-values.ts'

/**
 * Asks every release whether the values of sample inventories have the shape that it reads: its own, and those of the three minors
 * before it. Prints every finding, to be read beside the tree, and how long the questions took.
 * Usage: `tsx bench/shapes.ts CLONE [FROM-TAG TO-TAG]`
 */
async function main([clone, from, to]: readonly string[]): Promise<void> {
  if (clone === undefined) throw new Error('usage: shapes.ts CLONE [FROM-TAG TO-TAG]')
  const store = new GitObjectStore({ gitDir: clone })
  const tags = [...(await store.listRefs('refs/tags/')).keys()]
    .map((name) => name.replace('refs/tags/', ''))
    .filter((tag) => /^v2\.\d+\.\d+$/.test(tag) && Number(tag.split('.')[1]) >= 8)
    .sort((a, b) => compareReleases(a, b)) as ReleaseTag[]
  const last = tags.filter((tag, index) => minorOf(tag) !== minorOf(tags[index + 1] ?? '0.0'))
  const treeOf = async (tag: string): Promise<Tree> => {
    const found = await store.resolve(`refs/tags/${tag}`)
    const commit = found && (await store.readCommits([found.oid])).get(found.oid)
    if (!commit) throw new Error(`no tag ${tag}`)
    return store.readTree(commit.tree)
  }
  const pairs =
    from !== undefined && to !== undefined
      ? [[from, to] as const]
      : tags.flatMap((tag) => {
          const before = last.filter(
            (each) => compareReleases(each, tag) < 0 && minorOf(each) !== minorOf(tag),
          )
          return [...before.slice(-3), tag].map((each) => [each, tag] as const)
        })
  const read = new Map<Oid, FileValues>()
  let [asked, spent] = [0, 0]
  for (const [base, target] of pairs) {
    const settings = await sampleSettings(store, await treeOf(base))
    const tree = await treeOf(target)
    const blobs = await store.readBlobs(blobsForAudit(tree))
    const start = performance.now()
    const run = once(() => audited({ tree, blobs, read }, { architectures: ['amd64', 'arm64'], settings }))
    const text = (path: string): string | undefined => {
      const bytes = blobs.get(tree.get(path)?.oid as Oid)
      return bytes && new TextDecoder().decode(bytes)
    }
    const found = shapeFindings({ release: { tree, text, run }, settings, tag: target, memory: new Map() })
    spent += performance.now() - start
    asked++
    for (const { message, line, file } of wordLint(found))
      console.log(`${base} → ${target} ${file}:${line} ${message}`)
  }
  console.log(`${asked} pairs, ${Math.round(spent / asked)} ms each without reading blobs`)
  await store.close()
}

async function sampleSettings(store: GitObjectStore, tree: Tree): Promise<InventorySettings> {
  // As somebody's own copy has it.
  const copied: Tree = new Map(
    [...tree].flatMap(([path, entry]) =>
      path.startsWith('inventory/sample/') ? [[path.replace('sample', 'mine'), entry] as const] : [],
    ),
  )
  const [inventory] = findInventories(copied)
  if (!inventory) throw new Error('no inventory in the sample')
  const files = filesOf(inventory)
  const blobs = await store.readBlobs(files.flatMap((path) => copied.get(path)?.oid ?? []))
  const texts = new Map(
    files.flatMap((path) => {
      const bytes = blobs.get(copied.get(path)?.oid as Oid)
      return bytes ? [[path, new TextDecoder().decode(bytes)] as const] : []
    }),
  )
  return readSettings(inventory, texts)
}

await main(process.argv.slice(2))
