import { blobsForAudit } from '../core/audit/blobs-for-audit.ts'
import { cook, RECIPES, type CookingRequest } from '../core/audit/recipes/cook.ts'
import { gatherChecksums } from '../core/audit/recipes/known-checksums.ts'
import type { Cooked, Recipe } from '../core/audit/recipes/recipe.ts'
import type { RecipeName } from '../core/audit/finding.ts'
import type { Commit } from '../core/model/commit.ts'
import { blobOid, type Oid } from '../core/model/oid.ts'
import { withChanges, type Tree } from '../core/model/tree.ts'
import { TRAILER, withTrailers } from '../core/series/trailers.ts'
import { encodeText } from '../core/text/lines.ts'
import type { FileValues } from '../core/yaml/read-values.ts'
import type { ObjectReader, ObjectStore } from '../ports/objects.ts'
import { readClusters, type AuditOptions } from './audit.ts'
import { overlay } from './overlay.ts'
import { COMMITTER_EMAIL, COMMITTER_NAME } from './committer.ts'
import { readChecksums } from './read-checksums.ts'

export interface FixRequest extends AuditOptions {
  /** The commit to go on from. */
  readonly head: Commit
  /** Commits of releases whose checksums may be used, the nearest to the fork's first. */
  readonly releases: readonly Oid[]
}

/** One recipe that had something to do. */
export interface FixCommit {
  readonly recipe: RecipeName
  readonly title: string
  readonly commit: Oid
  readonly files: readonly string[]
  /** What a person has to add or know. */
  readonly notes: readonly string[]
}

export interface Fix {
  /** The last commit; the head itself where no recipe had anything to do. */
  readonly tip: Oid
  readonly commits: readonly FixCommit[]
}

/**
 * Makes the patches that an audit's findings ask for, one commit for each recipe, on top of a commit. No ref is moved. What the release or an
 * earlier patch does already is not done again.
 */
export async function writeFixes(store: ObjectStore, request: FixRequest): Promise<Fix> {
  let tree = await store.readTree(request.head.tree)
  const made = new Map<Oid, Uint8Array>()
  const commits: FixCommit[] = []
  let tip = request.head.oid
  for (const recipe of RECIPES) {
    const kitchen = await readKitchen(overlay(store, made), tree, request)
    const { texts, notes } = await cookWith(store, recipe, { kitchen, releases: request.releases })
    if (texts.size === 0) continue
    const blobs = [...texts].map(([path, text]) => [path, encodeText(text)] as const)
    for (const [, bytes] of blobs) made.set(blobOid(bytes), bytes)
    await store.writeBlobs(blobs.map(([, bytes]) => bytes))
    tree = changed(tree, blobs)
    tip = await store.writeCommit({
      tree: await store.writeTree(tree),
      parents: [tip],
      ...signedAt(request.head.committer.time),
      message: messageOf(recipe.title, recipe.intent, recipe.name),
    })
    commits.push({ recipe: recipe.name, title: recipe.title, commit: tip, files: [...texts.keys()], notes })
  }
  return { tip, commits }
}

interface CookingPlace {
  readonly kitchen: Omit<CookingRequest, 'checksums'>
  readonly releases: readonly Oid[]
}

/** Upstream's history is read only where a recipe asks for a checksum that the tree does not have. */
async function cookWith(
  store: ObjectStore,
  recipe: Recipe,
  { kitchen, releases }: CookingPlace,
): Promise<Cooked> {
  const plain = cook(recipe, { ...kitchen, checksums: gatherChecksums([]) })
  if (plain.notes.length === 0) return plain
  return cook(recipe, { ...kitchen, checksums: await readChecksums(store, releases) })
}

async function readKitchen(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  options: AuditOptions,
): Promise<Omit<CookingRequest, 'checksums'>> {
  const { clusters } = await readClusters(store, tree, options)
  const blobs = await store.readBlobs(blobsForAudit(tree))
  return { tree: { tree, blobs, read: new Map<Oid, FileValues>() }, clusters }
}

function changed(tree: Tree, blobs: readonly (readonly [string, Uint8Array])[]): Tree {
  return withChanges(
    tree,
    new Map(
      blobs.map(([path, bytes]) => [path, { mode: tree.get(path)?.mode ?? '100644', oid: blobOid(bytes) }]),
    ),
  )
}

function signedAt(time: number): { author: Commit['author']; committer: Commit['author'] } {
  const who = { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time, zone: '+0000' }
  return { author: who, committer: who }
}

/** A recipe's commit is a patch like any other from then on; its name is what the next release knows it by. */
function messageOf(title: string, intent: string, name: RecipeName): string {
  return withTrailers(`${title}\n\n${wrapped(intent)}\n`, [[TRAILER.patch, `recipe:${name}`]])
}

function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 72) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
