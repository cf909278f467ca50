import { blobsForAudit } from '../../core/audit/whole/blobs-for-audit.ts'
import { applyRecipe, RECIPES, type RecipeRequest } from '../../core/audit/recipes/apply-recipe.ts'
import { weighFix } from '../../core/audit/recipes/weigh-fix.ts'
import { gatherChecksums } from '../../core/audit/recipes/known-checksums.ts'
import type { RecipeResult, Recipe } from '../../core/audit/recipes/recipe.ts'
import type { RecipeName } from '../../core/audit/finding.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import { compareReleases, minorNumber, type ReleaseTag } from '../../core/model/release-tag.ts'
import { encodeText } from '../../core/text/split-lines.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { readClusters, type AuditOptions } from '../audit/audit.ts'
import { overlay } from './overlay.ts'
import { readChecksums, type ChecksumMemory } from '../audit/read-checksums.ts'

export interface FixesRequest extends AuditOptions {
  /** The tree to mend. */
  readonly tree: Tree
  /** What of it is in no store yet. */
  readonly newBlobs?: ReadonlyMap<Oid, Uint8Array>
  /** The recipes to try; all where they are not named. */
  readonly recipes?: readonly RecipeName[]
  /** Commits of releases whose checksums may be used, the nearest to the fork's first. */
  readonly releases: readonly Oid[]
  /** What was read and found before, where more than one tree fixes are made for. */
  readonly memory?: FixMemory
}

export type FixMemory = ChecksumMemory

export function newFixMemory(): FixMemory {
  return { read: new Map(), releases: new Map(), states: new Map() }
}

/** What one recipe that had something to do came to. */
export interface Fix {
  readonly recipe: RecipeName
  readonly title: string
  /** Why somebody would want it. */
  readonly intent: string
  readonly files: readonly string[]
  /** What a person has to add or know. */
  readonly notes: readonly string[]
  /** The whole tree after it. */
  readonly tree: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

/** A recipe that had something to do and is left out, since the audit would find as much afterwards. */
export interface LeftFix extends Pick<Fix, 'recipe' | 'title'> {
  readonly before: number
  readonly after: number
}

export interface Fixes {
  readonly fixes: readonly Fix[]
  readonly left: readonly LeftFix[]
}

/**
 * Makes the patches that an audit's findings ask for, one after another; nothing is written. What is done already is not done again,
 * and a fix counts only where the same audit finds strictly less afterwards.
 */
export async function makeFixes(store: ObjectReader & History, request: FixesRequest): Promise<Fixes> {
  const { recipes: wanted, releases, release, memory = newFixMemory() } = request
  const made = new Map<Oid, Uint8Array>(request.newBlobs)
  const fixes: Fix[] = []
  const left: LeftFix[] = []
  let { tree } = request
  for (const recipe of RECIPES.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const place = await readPlace(overlay(store, made), tree, { ...request, memory })
    const { texts, notes } = await applyWith(store, recipe, { place, releases, memory })
    if (texts.size === 0) continue
    const { name, title, intent } = recipe
    const weighed = weighFix(recipe, texts, { ...place, whole: wanted === undefined, release })
    if (!weighed.isBetter) {
      left.push({ recipe: name, title, before: weighed.before, after: weighed.after })
      continue
    }
    const newBlobs = new Map<Oid, Uint8Array>()
    const changes = new Map<string, Entry>()
    for (const [path, text] of texts) {
      const bytes = encodeText(text)
      newBlobs.set(blobOid(bytes), bytes)
      changes.set(path, { mode: tree.get(path)?.mode ?? '100644', oid: blobOid(bytes) })
    }
    for (const [oid, bytes] of newBlobs) made.set(oid, bytes)
    tree = withChanges(tree, changes)
    fixes.push({ recipe: name, title, intent, files: [...texts.keys()], notes, tree, newBlobs })
  }
  return { fixes, left }
}

/** Checksums of one release stay in the maps for some time: this many minors ahead hold those of the architectures that came later. */
const MINORS_AHEAD = 4

/** The releases from one on whose checksums a recipe may use. */
export function checksumReleases(releases: ReadonlyMap<ReleaseTag, Oid>, base: ReleaseTag): readonly Oid[] {
  return [...releases]
    .filter(
      ([tag]) => compareReleases(tag, base) >= 0 && minorNumber(tag) <= minorNumber(base) + MINORS_AHEAD,
    )
    .sort(([a], [b]) => compareReleases(a, b))
    .map(([, oid]) => oid)
}

interface RecipePlace {
  readonly place: Omit<RecipeRequest, 'checksums'>
  readonly releases: readonly Oid[]
  readonly memory: FixMemory
}

/** Upstream's history is read only where a recipe asks for a checksum that the tree does not have. */
async function applyWith(
  store: ObjectReader & History,
  recipe: Recipe,
  { place, releases, memory }: RecipePlace,
): Promise<RecipeResult> {
  const plain = applyRecipe(recipe, { ...place, checksums: gatherChecksums([]) })
  if (plain.notes.length === 0) return plain
  return applyRecipe(recipe, { ...place, checksums: await readChecksums(store, releases, memory) })
}

async function readPlace(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  { memory, ...options }: AuditOptions & { readonly memory: FixMemory },
): Promise<RecipePlace['place']> {
  const { release } = options
  const { clusters } = await readClusters(store, tree, options)
  const wanted = [...blobsForAudit(tree), ...(release ? blobsForAudit(release) : [])]
  const blobs = await store.readBlobs([...new Set(wanted)])
  return { tree: { tree, blobs, read: memory.read }, clusters }
}
