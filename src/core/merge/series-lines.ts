import type { PathChange } from '../model/commit.ts'
import type { Tree } from '../model/tree.ts'
import type { Conversation } from './conversation.ts'
import { deltaOf, effectOf } from './delta-of.ts'
import { beyond, type LineBag } from './line-bag.ts'
import type { PatchChange } from './patch-changes.ts'
import { loadPlaces, linesAt, type Release } from './file-lines.ts'
import type { Workspace } from './workspace.ts'

/** What stands around a patch in its series. */
export interface Surroundings {
  /** What the series was written on, and the release as upstream has it: where files went is found once for all patches. */
  readonly base: Tree
  readonly release: Tree
  /** What the patches after this one change. */
  readonly later: readonly PathChange[]
}

/** What the rest of a series does to the lines of one patch's files. */
interface SeriesLines {
  /** Lines that later patches take away. */
  readonly later: LineBag
  /** Lines that earlier patches brought: they stand in what the patch goes onto, and not in the release. */
  readonly brought: LineBag
}

export function* seriesLines(
  changes: readonly PatchChange[],
  { series, tree, places }: Release & { readonly series: Surroundings | undefined },
  workspace: Workspace,
): Conversation<SeriesLines> {
  if (!series) return { later: new Map(), brought: new Map() }
  const paths = new Set(changes.flatMap(({ path, to }) => [path, to]))
  const later = series.later.filter(({ path }) => paths.has(path))
  yield* workspace.loadDeltas(later.map(({ before, after }) => [before, after]))
  const { removed } = effectOf(later.map(({ before, after }) => deltaOf(before, after, workspace)))
  yield* loadPlaces({ tree: series.release, places }, workspace)
  const there = linesAt({ tree, places }, workspace)
  return { later: removed, brought: beyond(there, linesAt({ tree: series.release, places }, workspace)) }
}
