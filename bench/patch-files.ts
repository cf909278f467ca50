// Thirty patch files carried over three releases: `npx tsx bench/patch-files.ts <git folder of upstream>`. The patches are of our own
// making, one line each in thirty roles of the first release; what they become is put onto the release by `git apply`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { carrySeries } from '../src/app/carry/carry-series.ts'
import { refreshPatchFiles } from '../src/app/carry/refresh-patch-files.ts'
import { overlay } from '../src/app/carry/overlay.ts'
import { readPatches } from '../src/app/repository/read-patches.ts'
import { hunksBetween } from '../src/core/text/file-diff.ts'
import { encodeText } from '../src/core/text/split-lines.ts'
import { blobOid, type Oid } from '../src/core/model/oid.ts'
import type { Commit } from '../src/core/model/commit.ts'
import type { Entry } from '../src/core/model/tree.ts'
import type { ReleaseTag } from '../src/core/model/release-tag.ts'

const RELEASES = ['v2.26.0', 'v2.27.1', 'v2.28.1', 'v2.29.1'] as ReleaseTag[]
const COUNT = 30
const [folder = '.'] = process.argv.slice(2)
const store = new GitObjectStore({ gitDir: folder })
const commitOf = async (tag: string): Promise<Oid> => (await store.resolve(tag))?.oid as Oid
const [first] = RELEASES as [ReleaseTag]
const base = await store.readTree(await commitOf(first))

const made = new Map<Oid, Uint8Array>()
let repository = new Map<string, Entry>()
const put = (path: string, text: string): void => {
  const bytes = encodeText(text)
  made.set(blobOid(bytes), bytes)
  repository.set(path, { mode: '100644', oid: blobOid(bytes) })
}
const tasks = [...base]
  .filter(([path]) => /^roles\/[^/]+\/[^/]+\/(?:tasks|defaults)\/main\.ya?ml$/.test(path))
  .slice(0, COUNT)
for (const [index, [path, { oid }]] of tasks.entries()) {
  const text = new TextDecoder().decode((await store.readBlobs([oid])).get(oid))
  const lines = text.split('\n')
  const at = Math.floor(lines.length / 2)
  const mine = [...lines.slice(0, at), `# patch ${index}`, ...lines.slice(at)].join('\n')
  const hunks = hunksBetween(text, mine, 3).map(
    ({ oldStart, oldLines, newStart, newLines, lines: body }) =>
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@\n${body.join('\n')}\n`,
  )
  put(
    `patches/${first.slice(1)}/${String(index).padStart(4, '0')}.patch`,
    `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunks.join('')}`,
  )
}

const head = (await store.readCommits([await commitOf(first)])).get(await commitOf(first)) as Commit
const began = performance.now()
for (const [index, to] of RELEASES.slice(1).entries()) {
  const from = RELEASES[index] as ReleaseTag
  const [old, now] = [await store.readTree(await commitOf(from)), await store.readTree(await commitOf(to))]
  const reader = overlay(store, made)
  const patches = await readPatches(reader, {
    repository,
    head,
    release: from,
    kubespray: old,
    texts: new Map(),
  })
  if (!patches) throw new Error(`no patches for ${from}`)
  for (const [oid, bytes] of patches.blobs) made.set(oid, bytes)
  const series = {
    patches: patches.files.flatMap((file) => file.patches.flatMap((each) => each ?? [])),
    ownFiles: new Map(),
    leftOut: [],
  }
  const commit = await commitOf(from)
  const fork = {
    head,
    headTree: patches.tree,
    base: { release: from, commit, exact: true, found: 'pin' as const },
    baseTree: old,
    series,
  }
  const all = {
    ...overlay(store, made),
    log: store.log.bind(store),
    resolve: store.resolve.bind(store),
    mergeBase: store.mergeBase.bind(store),
    readTree: store.readTree.bind(store),
    readCommits: store.readCommits.bind(store),
  }
  const carried = await carrySeries(all, fork, { commit: await commitOf(to), tree: now })
  const files = patches.files.map((file) => ({ ...file, to: file.path.replace(from.slice(1), to.slice(1)) }))
  const refreshed = await refreshPatchFiles(
    overlay(store, made),
    { files, lists: [], from: old, to: now, taken: [] },
    { repository, carried },
  )
  for (const [oid, bytes] of refreshed.newBlobs) made.set(oid, bytes)
  repository = new Map(files.map(({ path, to: next }) => [next, repository.get(path) as Entry]))
  for (const [path, entry] of refreshed.upTo())
    if (entry) repository.set(path, entry)
    else repository.delete(path)
  const counts = new Map<string, number>()
  for (const { became } of refreshed.outcomes) counts.set(became, (counts.get(became) ?? 0) + 1)
  console.log(`${from} to ${to}: ${[...counts].map(([became, count]) => `${count} ${became}`).join(', ')}`)
  // What is open does not go on, and is taken out for the way on.
  for (const { to: path, became } of refreshed.outcomes) if (became === 'open') repository.delete(path)
}
console.log(`${((performance.now() - began) / 1000).toFixed(2)} s`)

const last = RELEASES.at(-1) as ReleaseTag
const place = mkdtempSync(join(tmpdir(), 'patch-files-'))
execFileSync('sh', ['-c', `git --git-dir='${folder}' archive ${last} | tar x -C '${place}'`])
let count = 0
for (const [path, { oid }] of [...repository].sort()) {
  const text = made.get(oid) as Uint8Array
  writeFileSync(join(place, 'next.patch'), text)
  execFileSync('git', ['apply', 'next.patch'], { cwd: place })
  if (path.endsWith('.patch')) count++
}
console.log(`${count} files go onto ${last} with git apply`)
rmSync(place, { recursive: true })
await store.close()
