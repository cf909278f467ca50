import { RECIPES } from '../../core/audit/recipes/apply-recipe.ts'
import type { RecipeName } from '../../core/audit/finding.ts'
import { ARCHITECTURES, type Architecture } from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Commit } from '../../core/model/commit.ts'
import { differingPaths, type Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Patch, Series } from '../../core/series/series.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'
import {
  checksumReleases,
  makeFixes,
  newFixMemory,
  type FixMemory,
  type Fix,
  type Fixes,
} from './make-fixes.ts'
import { recipeId } from './write-fixes.ts'
import { patchedArchitectures } from '../repository/find-cluster-architectures.ts'

/** A tree, and what of it is in no store yet. */
export interface Made {
  readonly tree: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

/** For whom recipes are made anew, and on which release. */
export interface FixPlace {
  readonly series: Series
  /** The release that the patches stand on, and the one that they go to. */
  readonly from: ReleaseTag
  readonly release: ReleaseTag
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  /** The recipes to make anew; all where they are not named. */
  readonly recipes?: readonly RecipeName[]
  /** Those that the plan counts on; the ones that the patches are for are added. */
  readonly architectures: readonly Architecture[]
  readonly inventories?: readonly string[]
}

/** Asks the recipe of a patch what it makes of a tree. */
export interface RemakeRecipe {
  /** The recipe that a patch is of; `undefined` for a patch of a person, and for one of ours that a person has changed. */
  recipeOf(patch: Patch): Promise<RecipeName | undefined>
  /** What the recipe makes of a tree; `nothing` where it finds nothing to do, `no-better` where downloads could no longer be worked out after it. */
  make(recipe: RecipeName, onto: Made): Promise<Fix | 'nothing' | 'no-better'>
}

/** `memory` keeps what was read for the next release or the next patch. */
export function remakeFor(
  store: ObjectReader & History,
  place: FixPlace,
  memory: FixMemory = newFixMemory(),
): RemakeRecipe {
  return {
    recipeOf: async (patch) => {
      const recipe = recipeNamed(patch.id)
      if (recipe === undefined || place.recipes?.includes(recipe) === false) return undefined
      const commits = [...(await store.readCommits(patch.commits)).values()]
      if (!commits.every(({ committer }) => committer.email === COMMITTER_EMAIL)) return undefined
      return (await isAsMade(store, place, { recipe, commits, memory })) ? recipe : undefined
    },
    make: async (recipe, onto) => {
      const { fixes, left } = await makeFixesOn(store, place, { onto, recipes: [recipe], memory })
      return fixes[0] ?? (left.length > 0 ? 'no-better' : 'nothing')
    },
  }
}

/** The recipe that an identity names; each release may have added its own part of it (`recipe:x:v2.9.0`). */
export function recipeNamed(id: string): RecipeName | undefined {
  return RECIPES.map(({ name }) => name).find(
    (name) => id === recipeId(name) || id.startsWith(`${recipeId(name)}:`),
  )
}

interface Claim {
  readonly recipe: RecipeName
  readonly commits: readonly Commit[]
  readonly memory: FixMemory
}

/**
 * Whether commits do to the tree below them what the recipe does, and nothing else. That they are committed by us proves nothing:
 * a patch that a person changed is committed by us as well once it was carried. Made otherwise today, a patch is carried by its lines.
 */
async function isAsMade(
  store: ObjectReader & History,
  place: FixPlace,
  { recipe, commits, memory }: Claim,
): Promise<boolean> {
  const parents = await store.readCommits(commits.flatMap(({ parents: [first] }) => first ?? []))
  for (const commit of commits) {
    const parent = parents.get(commit.parents[0] as Oid)
    if (!parent) return false
    const [before, after] = [await store.readTree(parent.tree), await store.readTree(commit.tree)]
    const onto = { tree: before, newBlobs: new Map<Oid, Uint8Array>() }
    const { fixes } = await makeFixesOn(
      store,
      { ...place, release: place.from },
      { onto, recipes: [recipe], memory },
    )
    if (differingPaths(fixes.at(-1)?.tree ?? before, after).length > 0) return false
  }
  return true
}

interface Order {
  readonly onto: Made
  readonly recipes: readonly RecipeName[]
  readonly memory: FixMemory
}

/** What recipes make of a tree, one after another. */
export async function makeFixesOn(
  store: ObjectReader & History,
  { series, release, releases, architectures, inventories = [] }: FixPlace,
  { onto, recipes, memory }: Order,
): Promise<Fixes> {
  // A recipe may have been asked for an architecture that the inventory does not name: what it made then is not to be lost.
  const patched = await patchedArchitectures(store, series)
  const wanted = [...architectures, ...[...patched.values()].flat()]
  return makeFixes(store, {
    tree: onto.tree,
    newBlobs: onto.newBlobs,
    recipes,
    inventories,
    architectures: ARCHITECTURES.filter((each) => wanted.includes(each)),
    releases: checksumReleases(releases, release),
    memory,
  })
}
