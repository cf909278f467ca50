import type { CarriedPatch } from '../../core/series/carried-series.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import type { FixMemory, Fix } from './make-fixes.ts'
import { recipeId } from './write-fixes.ts'
import { makeFixesOn, recipeNamed, type Made, type FixPlace } from './remake-recipe.ts'

interface RenewalQuestion extends FixPlace {
  /** What became of the fork's patches; the recipes among them are those that the fork uses. */
  readonly patches: readonly CarriedPatch[]
  /** The step so far: patches carried, inventories changed. */
  readonly made: Made
  readonly memory: FixMemory
}

/** A recipe's patch, under the name that it is known by from then on. */
export type Renewal = Fix & { readonly id: string }

/**
 * Makes what the fork's recipes still find to do at the end of a step: the inventories' changes name other versions, and a patch
 * that a person changed was carried by its lines alone. Recipes that the fork does not use stay away.
 */
export async function renewRecipes(
  store: ObjectReader & History,
  { patches, made, memory, ...place }: RenewalQuestion,
): Promise<readonly Renewal[]> {
  const recipes = [...new Set(patches.flatMap(({ patch }) => recipeNamed(patch.id) ?? []))]
  if (recipes.length === 0) return []
  const staying = new Set(
    patches.filter(({ before, after }) => before !== after).map(({ patch }) => patch.id),
  )
  const { fixes } = await makeFixesOn(store, place, { onto: made, recipes, memory })
  return fixes.map((fix) => {
    const id = recipeId(fix.recipe)
    return { ...fix, id: staying.has(id) ? `${id}:${place.release}` : id }
  })
}

/** The tree with the renewals on it. */
export function withRenewals(made: Made, renewals: readonly Renewal[]): Made {
  const newBlobs = new Map([...made.newBlobs, ...renewals.flatMap((each) => [...each.newBlobs])])
  return { tree: renewals.at(-1)?.tree ?? made.tree, newBlobs }
}
