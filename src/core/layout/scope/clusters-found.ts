import { isClusterName } from '../../model/cluster/is-cluster-name.ts'
import { isWithin } from '../../model/cluster/cluster-scope.ts'
import { writeLayoutSetting } from '../../model/layout-setting.ts'
import { isInside, nameOf, parentOf } from '../../model/parent-of.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import type { LayoutPlaces } from '../layout.ts'
import type { Claim } from '../layout-choice.ts'

/** What looks like one of several clusters, as the settings would name it. */
export interface FoundCluster {
  readonly name: string
  /** A folder that holds all of it, where there is one. */
  readonly folder?: string
  /** Else where its Kubespray is, as `layout` says it, and its inventories. */
  readonly layout?: string
  readonly inventories: readonly string[]
  /** Absent where it is in the files, or on a branch. */
  readonly release?: ReleaseTag
}

/**
 * Places that name different releases, taken for as many clusters: only where each of them has inventories of its own, by the folder that
 * they share or by its name. Nothing where that is not so: they may be one cluster with a pin that was forgotten.
 */
export function clustersFound(
  claims: readonly Claim[],
  { inventories }: Pick<LayoutPlaces, 'inventories'>,
): readonly FoundCluster[] {
  const places = placesOf(claims)
  if (places.length < 2) return []
  const owners = new Map(inventories.map((path) => [path, ownerOf(path, places)]))
  const found = places.map((place) => {
    const own = inventories.filter((path) => owners.get(path) === place)
    return { ...place, inventories: own, folder: folderOf([place.path, ...own]) }
  })
  if (found.some((each) => each.inventories.length === 0)) return []
  const clusters = found.map(({ folder, ...each }): FoundCluster => {
    const others = found.filter(({ path }) => path !== each.path)
    const isAlone = others.every((other) =>
      [other.path, ...other.inventories].every((path) => !isWithin(path, [folder])),
    )
    const release = each.release === undefined ? {} : { release: each.release }
    return folder !== '' && isAlone
      ? { name: nameOf(folder), folder, inventories: each.inventories, ...release }
      : {
          name: nameOf(each.inventories[0] ?? ''),
          layout: each.layout,
          inventories: each.inventories,
          ...release,
        }
  })
  const names = new Set(clusters.map(({ name }) => name.toLowerCase()))
  return names.size === clusters.length && clusters.every(({ name }) => isClusterName(name)) ? clusters : []
}

interface PlaceOfRelease {
  readonly path: string
  readonly layout: string
  readonly release: ReleaseTag | undefined
}

/** One for each folder, submodule and file; of files in one folder with the same release the first. */
function placesOf(claims: readonly Claim[]): readonly PlaceOfRelease[] {
  const places: PlaceOfRelease[] = []
  for (const claim of claims) {
    if (claim.kind === 'root' || claim.kind === 'settings') return []
    const place = placeOf(claim)
    const isSaid = places.some(
      ({ path, release }) =>
        path === place.path || (release === place.release && parentOf(path) === parentOf(place.path)),
    )
    if (claim.kind !== 'pin' || !isSaid) places.push(place)
  }
  return places
}

function placeOf(claim: Exclude<Claim, { kind: 'root' | 'settings' }>): PlaceOfRelease {
  const { kind, release } = claim
  if (claim.kind === 'folder') return { path: claim.path, layout: `${kind}:${claim.path}`, release }
  const path = claim.kind === 'submodule' ? claim.gitlink.path : claim.pin.file
  return { path, layout: writeLayoutSetting({ kind: claim.kind, path }), release }
}

/** Whose an inventory is: the one place that is nearest to it, if there is one. */
function ownerOf(inventory: string, places: readonly PlaceOfRelease[]): PlaceOfRelease | undefined {
  const near = places.map((place) => ({ place, by: nearness(inventory, place.path) }))
  const best = Math.max(...near.map(({ by }) => by))
  const nearest = near.filter(({ by }) => by === best)
  return best > 0 && nearest.length === 1 ? nearest[0]?.place : undefined
}

/** How many folders two paths have in common; that one's name is a word of the other's counts as well. */
function nearness(inventory: string, place: string): number {
  const shared = folderOf([inventory, place])
  const depth = shared === '' ? 0 : shared.split('/').length
  const words = place.toLowerCase().split(/[^a-z0-9]+/)
  return depth + (words.includes(nameOf(inventory).toLowerCase()) ? 1 : 0)
}

/** The deepest folder that holds all of them; the empty string for the top. */
function folderOf(paths: readonly string[]): string {
  let folder = parentOf(paths[0] ?? '')
  while (folder !== '' && !paths.every((path) => isInside(path, folder))) folder = parentOf(folder)
  return folder
}
