import { defined, optional } from '../../core/model/defined.ts'
import type { RecipeName } from '../../core/audit/finding.ts'
import { carry, type CarryRequest, type CarryResult } from '../../core/merge/whole/carry.ts'
import { allLeftOut } from '../../core/merge/whole/with-left-out.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { Oid } from '../../core/model/oid.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { FileOutcome, Verdict } from '../../core/model/verdict.ts'
import { takenBackBy, withoutPaths } from '../../core/series/taken-back-by.ts'
import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import { firstCause } from '../../core/series/first-cause.ts'
import { sortOwnFiles } from '../../core/series/own-files-of.ts'
import { remade, type PatchOutcome } from '../../core/series/remade.ts'
import type { Patch } from '../../core/series/series.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { converse } from './converse.ts'
import type { FoundSeries } from '../repository/find-series.ts'
import { overlay } from './overlay.ts'
import { nameLeftOut } from './name-left-out.ts'
import { Recollection, type Remembering } from './recollection.ts'
import type { RemakeRecipe } from './remake-recipe.ts'

export interface Target {
  readonly commit: Oid
  readonly tree: Tree
  /** Makes patches of our recipes anew; without it they are carried by their lines, as all others are. */
  readonly remake?: RemakeRecipe
  /** Patches (by id) that people want carried although upstream is found to have taken them; `all` of them. */
  readonly kept?: ReadonlySet<string> | 'all'
  /** How people settled conflicts before; asked where one is met. */
  readonly remember?: (() => Promise<Remembering>) | undefined
  readonly progress?: Progress
}

/** Carries a fork's own files and patches onto a release, patch after patch; one that conflicts does not stop the rest. */
export async function carrySeries(
  store: ObjectReader & History,
  fork: FoundSeries,
  target: Target,
): Promise<CarriedSeries> {
  const { plain, contested } = sortOwnFiles(fork.series.ownFiles, fork.baseTree, target.tree)
  const start = withChanges(target.tree, plain)
  const patches = [...fork.series.patches, ...contestedPatch(fork, contested)]
  const between = { base: fork.base.commit, target: target.commit }
  const carrier = new Carrier(store, between, target)
  let dropped: ReadonlySet<string> = new Set()
  for (;;) {
    const carried = await carrier.all(patches, { base: fork.baseTree, onto: start, own: plain, dropped })
    const taken = carried.patches.flatMap(disputedPaths).filter((path) => takenBackBy(path, patches))
    // What the series itself takes back is not worth a question, nor a value kept: carry once more without it.
    if (taken.every((path) => dropped.has(path))) return { ...carried, start }
    dropped = new Set([...dropped, ...taken])
  }
}

interface SeriesPath {
  readonly base: Tree
  readonly onto: Tree
  /** What the fork has beside its patches, as it goes along. */
  readonly own: Tree
  /** Paths whose changes are left out, because the series takes them back. */
  readonly dropped: ReadonlySet<string>
}

class Carrier {
  readonly #store: ObjectReader & History
  readonly #between: { readonly base: Oid; readonly target: Oid }
  readonly #remake: RemakeRecipe | undefined
  /** As upstream has it, without the fork's own files. */
  readonly #release: Tree
  readonly #workspace = new Workspace()
  /** Everything that merging made so far: the workspace names each blob once, but a second way needs it too. */
  readonly #made = new Map<Oid, Uint8Array>()
  readonly #kept: ReadonlySet<string> | 'all'
  readonly #remember: Target['remember']
  readonly #progress: Progress | undefined

  constructor(
    store: ObjectReader & History,
    between: { readonly base: Oid; readonly target: Oid },
    { remake, kept = new Set(), tree, remember, progress }: Omit<Target, 'commit'>,
  ) {
    this.#store = store
    this.#between = between
    this.#remake = remake
    this.#release = tree
    this.#kept = kept
    this.#remember = remember
    this.#progress = progress
  }

  async all(
    patches: readonly Patch[],
    { base, onto, own, dropped }: SeriesPath,
  ): Promise<Omit<CarriedSeries, 'start'>> {
    let carried: readonly CarriedPatch[] = []
    const recollection = new Recollection(this.#overlaid(), { base, load: this.#remember })
    const renewed = new Map<RecipeName, Patch>()
    let tree = onto
    let written = base
    for (const [index, patch] of patches.entries()) {
      this.#progress?.({ code: 'carrying', at: index + 1, of: patches.length })
      const rest = withoutPaths(patch, dropped)
      const from = withChanges(written, new Map(rest.changes.map(({ path, before }) => [path, before])))
      written = withChanges(from, new Map(rest.changes.map(({ path, after }) => [path, after])))
      const later = patches.slice(index + 1).flatMap((each) => withoutPaths(each, dropped).changes)
      const series = { base, release: this.#release, own, later }
      const sides = { base: from, patch: written, onto: tree, ...natureOf(patch), series }
      const merged = await this.#one(sides, patch)
      const result = await this.#remade(rest, { merged, onto: tree, renewed })
      const named = result.remade
        ? result.files
        : await nameLeftOut(overlay(this.#store, this.#made), {
            patch: rest,
            files: result.files,
            after: result.tree,
          })
      const files = [...named, ...(await this.#takenBack(patch, dropped, patches))]
      const verdict = verdictOf(result.verdict, patch, rest)
      const cause = verdict === 'conflict' ? firstCause(files, carried) : undefined
      const { tree: after, upstream, confidence, look, remade: isRemade } = result
      const now: CarriedPatch = {
        patch,
        verdict,
        before: tree,
        after,
        upstream,
        files,
        ...defined({ confidence }),
        ...optional(look, () => ({ look })),
        ...defined({ cause }),
        ...optional(isRemade, () => ({ remade: true as const })),
      }
      carried = await recollection.settle([...carried, now])
      this.#keepMade(recollection.takeMade())
      tree = carried.at(-1)?.after ?? tree
    }
    const told = await recollection.finish(carried)
    return { patches: told, tree, newBlobs: this.#madeIn(told) }
  }

  /** A patch of a recipe as the recipe makes it now; any other as it was merged. */
  async #remade(
    patch: Patch,
    { merged, onto, renewed }: { merged: CarryResult; onto: Tree; renewed: Map<RecipeName, Patch> },
  ): Promise<PatchOutcome> {
    const recipe = await this.#remake?.recipeOf(patch)
    if (!this.#remake || recipe === undefined) return merged
    const made = await this.#remake.make(recipe, { tree: onto, newBlobs: this.#made })
    // It still has something to do here, and what it would do is no better: its lines stand as they were merged.
    if (made === 'no-better') return merged
    const fix = made === 'nothing' ? undefined : made
    this.#keepMade(fix?.newBlobs ?? [])
    const earlier = renewed.get(recipe)
    if (fix) renewed.set(recipe, patch)
    return remade(patch, { onto, merged, made: fix?.tree, earlier })
  }

  /** Says of each dropped change which patch of the series takes it back. */
  async #takenBack(
    patch: Patch,
    dropped: ReadonlySet<string>,
    series: readonly Patch[],
  ): Promise<readonly FileOutcome[]> {
    const store = this.#overlaid()
    const outcomes: FileOutcome[] = []
    for (const change of patch.changes.filter(({ path }) => dropped.has(path))) {
      const { path } = change
      const last = takenBackBy(path, series)
      const later = last === patch ? undefined : last?.title
      const reasons = [{ code: 'series-undoes', ...defined({ later }) } as const]
      const lines = allLeftOut({ ...change, to: path }, 'series', this.#workspace)
      const leftOut = await converse(lines, store, undefined)
      outcomes.push({ path, to: path, verdict: 'obsolete', reasons, upstream: [], leftOut })
    }
    return outcomes
  }

  async #one(sides: CarryRequest, { id }: Patch): Promise<CarryResult> {
    const store = this.#overlaid()
    const { base: from, target: to } = this.#between
    const isKept = this.#kept === 'all' || this.#kept.has(id)
    // Without upstream's history there is no evidence that it took the patch, and what is left of it is carried or asked about.
    const stretch = isKept ? undefined : { from, to }
    const result = await converse(carry(sides, this.#workspace), store, stretch)
    this.#keepMade(result.newBlobs)
    return result
  }

  #keepMade(blobs: Iterable<readonly [Oid, Uint8Array]>): void {
    for (const [oid, bytes] of blobs) this.#made.set(oid, bytes)
  }

  /** With what merging made, whenever it was. */
  #overlaid(): Pick<ObjectReader & History, 'readBlobs' | 'log'> {
    return { ...overlay(this.#store, this.#made), log: this.#store.log.bind(this.#store) }
  }

  /** The blobs that the trees of this way hold; those of a way given up are nobody's. */
  #madeIn(carried: readonly CarriedPatch[]): ReadonlyMap<Oid, Uint8Array> {
    const found = new Map<Oid, Uint8Array>()
    for (const { after } of carried) {
      for (const { oid } of after.values()) {
        const bytes = this.#made.get(oid)
        if (bytes) found.set(oid, bytes)
      }
    }
    return found
  }
}

/** A commit is asked about as a whole, a sum of several by each of them; own files are nobody's change. */
function natureOf({ kind, message, author, parts }: Patch): Pick<CarryRequest, 'kind' | 'written' | 'parts'> {
  if (kind === 'commit') return { kind: 'change', written: { message, author } }
  return { kind: 'range', written: { message, author }, ...defined({ parts }) }
}

/** A patch of which a part was dropped is another patch, which a person should see; with nothing left it is obsolete. */
function verdictOf(verdict: Verdict, patch: Patch, rest: Patch): Verdict {
  if (rest.changes.length === patch.changes.length) return verdict
  if (rest.changes.length === 0) return 'obsolete'
  return verdict === 'clean' || verdict === 'moved' ? 'adapted' : verdict
}

/** Own files that meet something of the release's at their place are merged like a patch that adds them. */
function contestedPatch(fork: FoundSeries, contested: Tree): readonly Patch[] {
  if (contested.size === 0) return []
  const title = 'Own files that the release has, or has moved the folder of'
  const { head } = fork
  const changes = [...contested].map(([path, after]) => ({ path, before: undefined, after }))
  return [
    {
      id: head.oid,
      kind: 'files',
      title,
      message: title,
      author: head.author,
      commits: [head.oid],
      changes,
      pickedFrom: [],
    },
  ]
}

/** Files in which upstream changed the same: left open, or settled in the patch's favour. */
function disputedPaths({ files }: CarriedPatch): readonly string[] {
  return files
    .filter(({ verdict }) => verdict === 'conflict' || verdict === 'adapted')
    .map(({ path }) => path)
}
