import { defined } from '../../model/defined.ts'
import type { LoggedCommit, PathChange } from '../../model/commit.ts'
import type { MergeReason } from '../../model/merge-reason.ts'
import type { MergeNote } from '../../model/merge-note.ts'
import type { Entry, Tree } from '../../model/tree.ts'
import type { MergeBound, OpenRegion } from '../../model/verdict.ts'
import { askLog, type Conversation } from '../conversation.ts'
import type { FileHistory } from '../file-history.ts'
import { bringsOwn } from './brings-own.ts'
import { followBlocks } from './follow-blocks.ts'
import { alike, RENAME_SIMILARITY, type PatchChange } from '../patch-changes.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import { forgetSteps, LostText, mergeStep } from '../merge-step.ts'
import type { Workspace } from '../workspace.ts'
import type { Front } from './front.ts'

/** How one file of a patch came up, upstream's own commits one by one. */
export interface Climb {
  /** The files that carry the change now, at upstream's newest paths; none where upstream took it all. */
  readonly fronts: readonly Front[]
  readonly notes: readonly MergeReason[]
  readonly told: readonly MergeNote[]
  readonly gone: readonly MergeReason[]
  /** Whether upstream has any of the change by now. */
  readonly taken: boolean
  /** Where a text on the way was merged by its lines alone: why. */
  readonly bound?: MergeBound
  /** Upstream commits that took, moved or replaced what the patch changes. */
  readonly met: readonly LoggedCommit[]
  /** Where it could not go on: the commit that collides and the places left open. */
  readonly collision?: { readonly commit: LoggedCommit | undefined; readonly open: readonly OpenRegion[] }
}

/**
 * Carries one changed file up upstream's history, commit by commit. Each commit is a small merge: a rename is exact or
 * nearly so, a block moves whole, and whatever collides has a name. A jump over years sees none of that.
 */
export function* climb(change: PatchChange, way: ReleasePath, workspace: Workspace): Conversation<Climb> {
  try {
    return yield* climbOnce(change, way, workspace)
  } catch (error) {
    if (!(error instanceof LostText)) throw error
    forgetSteps(workspace)
    return yield* climbOnce(change, way, workspace)
  }
}

export interface ReleasePath {
  readonly history: FileHistory
  readonly onto: Tree
}

function* climbOnce(
  change: PatchChange,
  { history, onto }: ReleasePath,
  workspace: Workspace,
): Conversation<Climb> {
  const { before, after } = change
  if (!before || !after || change.path !== change.to) return stuck([])
  if (!isFile(before) || !isFile(after)) return stuck([])
  const climber = new Climber(workspace)
  climber.fronts.set(change.path, { path: change.path, upstream: before, patch: after })
  let commits = oldestFirst(history.commits)
  let paths = new Set(history.paths)
  for (let at = 0; at < commits.length && climber.fronts.size > 0; at++) {
    const commit = commits[at] as LoggedCommit
    yield* climber.step(commit)
    if (climber.collision) return climber.result()
    const fresh = [...climber.fronts.keys()].filter((path) => !paths.has(path))
    if (fresh.length === 0) continue
    // A block went to a file that nobody watched: its later history belongs to the way from here on.
    paths = new Set([...paths, ...fresh])
    commits = oldestFirst(yield* askLog([...paths]))
    at = commits.findIndex(({ oid }) => oid === commit.oid)
  }
  yield* climber.arrive(onto)
  yield* climber.keepTexts()
  return climber.result()
}

function oldestFirst(commits: readonly LoggedCommit[]): LoggedCommit[] {
  return [...commits].reverse()
}

function stuck(open: readonly OpenRegion[]): Climb {
  return {
    fronts: [],
    notes: [],
    told: [],
    gone: [],
    taken: false,
    met: [],
    collision: { commit: undefined, open },
  }
}

class Climber {
  readonly fronts = new Map<string, Front>()
  readonly #workspace: Workspace
  readonly #started = new Set<string>()
  readonly #notes = new Map<string, MergeReason>()
  readonly #told = new Map<string, MergeNote>()
  readonly #gone = new Map<string, MergeReason>()
  #taken = false
  #bound: MergeBound | undefined
  readonly #met = new Map<string, LoggedCommit>()
  collision: Climb['collision']

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  *step(commit: LoggedCommit): Conversation<void> {
    for (const change of commit.changes) {
      const front = this.fronts.get(change.path)
      if (!front || !change.before) continue
      yield* this.#startOn(front, change.before)
      const now = this.fronts.get(change.path)
      // A commit of a side branch changed another state than ours: its merge comes later in the line.
      if (this.collision || now?.upstream.oid !== change.before.oid) continue
      yield* this.#advance(now, change, commit)
      if (this.collision) return
    }
  }

  /** The last stretch, where the history known does not lead all the way. */
  *arrive(onto: Tree): Conversation<void> {
    for (const front of [...this.fronts.values()]) {
      const there = onto.get(front.path)
      if (!there) this.collision = { commit: undefined, open: [] }
      else if (there.oid !== front.upstream.oid)
        yield* this.#merge(front, { ...front, upstream: there }, undefined)
      if (this.collision) return
    }
  }

  /** Keeps the texts that the next way up, to a later release, will start from. */
  *keepTexts(): Conversation<void> {
    for (const { patch } of this.fronts.values()) yield* this.#keep(patch)
  }

  *#keep(entry: Entry): Conversation<void> {
    if (!isFile(entry)) return
    yield* this.#workspace.load([entry.oid])
    if (!this.#workspace.keepLonger(entry.oid)) throw new LostText()
  }

  result(): Climb {
    return {
      fronts: [...this.fronts.values()],
      notes: [...this.#notes.values()],
      told: [...this.#told.values()],
      gone: [...this.#gone.values()],
      taken: this.#taken,
      met: [...this.#met.values()],
      ...defined({ bound: this.#bound, collision: this.collision }),
    }
  }

  /** The base may stand beside upstream's line, on a release branch: first step over to the line itself. */
  *#startOn(front: Front, first: Entry): Conversation<void> {
    if (this.#started.has(front.path)) return
    this.#started.add(front.path)
    if (front.upstream.oid !== first.oid) yield* this.#merge(front, { ...front, upstream: first }, undefined)
  }

  *#advance(front: Front, change: PathChange, commit: LoggedCommit): Conversation<void> {
    if (change.after) return yield* this.#merge(front, { ...front, upstream: change.after }, commit)
    const target = yield* this.#renamed(front, commit)
    if (target?.after)
      yield* this.#merge(front, { ...front, path: target.path, upstream: target.after }, commit)
    else yield* this.#follow(front, undefined, commit)
  }

  *#renamed(front: Front, commit: LoggedCommit): Conversation<PathChange | undefined> {
    const added = commit.changes.filter(({ before }) => before === undefined)
    yield* this.#workspace.load(blobsOf(front.upstream, ...added.map(({ after }) => after)))
    let best: PathChange | undefined
    let most = RENAME_SIMILARITY
    for (const change of added) {
      const score = alike(front.upstream, change.after, this.#workspace)
      if (score > most || (score === most && !best)) {
        best = change
        most = score
      }
    }
    return best
  }

  *#merge(front: Front, next: Front, commit: LoggedCommit | undefined): Conversation<void> {
    const merged = yield* mergeStep(
      next.path,
      { base: front.upstream, upstream: next.upstream, patch: front.patch },
      this.#workspace,
    )
    this.#bound ??= merged.bound
    if (
      commit &&
      merged.taken &&
      !merged.hasMore &&
      merged.open.length > 0 &&
      merged.open.every(isTakenAway)
    ) {
      const there = this.#workspace.lines(next.upstream.oid) ?? []
      if (!merged.open.some((region) => bringsOwn(next.path, region, there)))
        return this.#replaced(front, commit)
    }
    if (merged.open.length || merged.gone.length) return yield* this.#follow(front, next, commit)
    this.#taken ||= merged.taken
    this.#take(front, { ...next, patch: { mode: front.patch.mode, oid: merged.oid } }, commit)
    this.#tell(merged, commit)
  }

  /** One commit took away what the patch edits and made another of its changes: upstream settled the matter in its own way. */
  #replaced(front: Front, commit: LoggedCommit): void {
    this.fronts.delete(front.path)
    this.#meet(commit)
    this.#lose({ code: 'replaced-at-once', path: front.path })
  }

  #take(front: Front, next: Front, commit: LoggedCommit | undefined): void {
    this.fronts.delete(front.path)
    if (next.patch.oid !== next.upstream.oid) this.fronts.set(next.path, next)
    if (next.path !== front.path || next.patch.oid === next.upstream.oid) this.#meet(commit)
    if (next.path !== front.path) this.#started.add(next.path)
  }

  /** Where the commit took away what the patch changes: to another file, or for good. */
  *#follow(front: Front, next: Front | undefined, commit: LoggedCommit | undefined): Conversation<void> {
    yield* this.#keep(front.patch)
    const followed = yield* followBlocks(front, next, commit?.changes ?? [], this.#workspace)
    this.#bound ??= followed.bound
    if (followed.open.length) {
      this.collision = { commit, open: followed.open }
      return
    }
    this.#taken ||= followed.taken
    this.fronts.delete(front.path)
    for (const each of followed.fronts) {
      this.#started.add(each.path)
      if (each.patch.oid !== each.upstream.oid) this.fronts.set(each.path, each)
    }
    this.#meet(commit)
    this.#tell(followed, commit)
    for (const reason of followed.gone) this.#lose(reason)
  }

  #lose(reason: MergeReason): void {
    this.#gone.set(JSON.stringify(reason), reason)
  }

  #meet(commit: LoggedCommit | undefined): void {
    if (commit) this.#met.set(commit.oid, commit)
  }

  /** Of what is said of one setting again and again, only the last holds; to which files it went stays said beside that. */
  #tell({ notes, told }: Pick<Climb, 'notes' | 'told'>, commit: LoggedCommit | undefined): void {
    for (const note of notes) {
      const isOfSetting = 'key' in note && note.key !== undefined && note.code !== 'block-moved'
      this.#notes.set(isOfSetting ? note.key : JSON.stringify(note), note)
    }
    for (const note of told) this.#told.set('key' in note ? note.key : note.code, note)
    if (notes.length + told.length) this.#meet(commit)
  }
}

function isTakenAway({ sides }: OpenRegion): boolean {
  return sides.upstream === '' && sides.base !== '' && sides.patch !== ''
}
