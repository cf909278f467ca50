import { defined } from '../model/defined.ts'
import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'
import type { CarriedPatch } from './carried-series.ts'

/** A folder of the base that the release has not got, in which patches changed files that are not carried. */
export interface GoneFolder {
  readonly folder: string
  /** Titles of those patches, each once. */
  readonly titles: readonly string[]
  /** The folder of the release that seems to stand in its place. */
  readonly instead?: string
}

/**
 * Folders that went away as a whole under the fork's changes. One file that upstream removed says what became of it; with a whole role
 * gone, its job may be done elsewhere, and only a person knows whether the change is needed there.
 */
export function goneFolders(
  patches: readonly CarriedPatch[],
  { base, release }: { readonly base: Tree; readonly release: Tree },
): readonly GoneFolder[] {
  const [before, after] = [foldersOf(base), foldersOf(release)]
  const found = new Map<string, Set<string>>()
  for (const { patch, files } of patches) {
    for (const { path, verdict } of files) {
      const folder = verdict === 'obsolete' && base.has(path) ? topmostGone(path, after) : undefined
      if (folder === undefined) continue
      const titles = found.get(folder) ?? new Set()
      found.set(folder, titles.add(patch.title))
    }
  }
  return [...found].map(([folder, titles]) => {
    const instead = standsInstead(folder, { base, release, before, after })
    return { folder, titles: [...titles], ...defined({ instead }) }
  })
}

/** The highest folder above a path that is not there any more. */
function topmostGone(path: string, after: ReadonlySet<string>): string | undefined {
  let gone: string | undefined
  for (let folder = parentOf(path); folder !== '' && !after.has(folder); folder = parentOf(folder))
    gone = folder
  return gone
}

interface Sides {
  readonly base: Tree
  readonly release: Tree
  readonly before: ReadonlySet<string>
  readonly after: ReadonlySet<string>
}

/** The new folder that holds most of the same files (at least half), by content or by name; else the only new one of that name. */
function standsInstead(folder: string, { base, release, before, after }: Sides): string | undefined {
  const own = [...base].filter(([path]) => isInside(path, folder))
  const byContent = new Set(own.map(([, { oid }]) => oid))
  const byName = new Set(own.map(([path]) => path.slice(folder.length + 1)))
  const fresh = [...after].filter((each) => each !== '' && !before.has(each))
  const scored = fresh.map((each) => {
    const inside = [...release].filter(([path]) => isInside(path, each))
    const same = inside.filter(
      ([path, { oid }]) =>
        byContent.has(oid) || (nameOf(each) === nameOf(folder) && byName.has(path.slice(each.length + 1))),
    ).length
    return { each, same }
  })
  const best = scored.toSorted((a, b) => b.same - a.same || b.each.length - a.each.length)[0]
  if (best && best.same > 0 && 2 * best.same >= own.length) return best.each
  const namesakes = fresh.filter((each) => nameOf(each) === nameOf(folder))
  return namesakes.length === 1 ? namesakes[0] : undefined
}

function foldersOf(tree: Tree): ReadonlySet<string> {
  const folders = new Set<string>([''])
  for (const path of tree.keys())
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder)
  return folders
}
