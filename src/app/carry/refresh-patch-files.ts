import { withoutPatches } from '../../core/layout/patch-group.ts'
import { doesAsItIs, refreshMail, textOf, type RefreshGoal } from '../../core/patchfile/refresh-mail.ts'
import type { PatchedFile, ReadFile } from '../../core/patchfile/apply-mail.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { differingPaths, withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import type { PatchFileOutcome } from '../../core/patchfile/patch-file-outcome.ts'
import { decodeText, encodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { MovedPatchFile, PatchFilesMove } from '../repository/standing.ts'
import { overlay } from './overlay.ts'

/** Patch files as a step leaves them. */
export interface RefreshedPatches {
  readonly outcomes: readonly PatchFileOutcome[]
  /** What changes in the repository once the patches up to this one are carried; all of them where none is named. */
  upTo(this: void, patch?: string): ReadonlyMap<string, Entry | undefined>
  /** What one patch changes there. */
  of(this: void, patch: string): ReadonlyMap<string, Entry | undefined>
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

/**
 * Writes what became of a series into the patch files that it was read from: byte for byte as they were where they still do what they are
 * to do. One in conflict stays as it is, whole.
 */
export async function refreshPatchFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  move: PatchFilesMove,
  { repository, carried }: { readonly repository: Tree; readonly carried: CarriedSeries },
): Promise<RefreshedPatches> {
  const byId = new Map(carried.patches.map((each) => [each.patch.id, each]))
  const read = await readSides(overlay(store, carried.newBlobs), move, carried)
  const steps: { readonly patch: string; readonly changes: Map<string, Entry | undefined> }[] = []
  const newBlobs = new Map<Oid, Uint8Array>()
  const outcomes: PatchFileOutcome[] = []
  const gone = new Set<string>()
  for (const file of move.files) {
    const state = file.file.mails.map((mail): string | undefined => mailText(mail))
    let current = state.join('')
    const marks: PatchFileOutcome['became'][] = []
    for (const [index, patch] of file.patches.entries()) {
      if (!patch) continue
      const one = byId.get(patch.id)
      const was = state[index]
      const now = textNow(file, index, { one, move, read })
      state[index] = now.text
      marks.push(now.became)
      const text = state.join('')
      if (text === current) continue
      current = text
      // A list of patches whose last one is gone is an empty file, which no tool takes.
      const isGone = state.every((each) => each === undefined)
      if (isGone) gone.add(file.to)
      const entry = isGone ? undefined : entryOf(text, file, { repository, newBlobs })
      if (was !== now.text) steps.push({ patch: patch.id, changes: new Map([[file.to, entry]]) })
    }
    outcomes.push({
      path: file.path,
      to: file.to,
      became: worst(marks),
      patches: file.patches.flatMap((each) => each?.id ?? []),
    })
  }
  addLists(move, gone, { repository, steps, newBlobs })
  return {
    outcomes,
    newBlobs,
    of: (patch) =>
      new Map(steps.filter((each) => each.patch === patch).flatMap(({ changes }) => [...changes])),
    upTo: (patch) => {
      const order = carried.patches.map((each) => each.patch.id)
      const last = patch === undefined ? order.length : order.indexOf(patch)
      return new Map(
        steps
          .filter((each) => patch === undefined || order.indexOf(each.patch) <= last)
          .flatMap(({ changes }) => [...changes]),
      )
    },
  }
}

function mailText({ head, sections, tail }: MovedPatchFile['file']['mails'][number]): string {
  return head + sections.map(textOf).join('') + tail
}

function textNow(
  { file, strip, mails }: MovedPatchFile,
  index: number,
  {
    one,
    move,
    read,
  }: { readonly one: CarriedPatch | undefined; readonly move: PatchFilesMove; readonly read: ReadIn },
): { readonly text: string | undefined; readonly became: PatchFileOutcome['became'] } {
  const mail = file.mails[index]
  if (!mail || !mails[index]) throw new Error('a patch without the mail that it was read from')
  // Left out at a person's word.
  if (!one) return { text: undefined, became: 'left-out' }
  if (one.verdict === 'conflict') return { text: mailText(mail), became: 'open' }
  const changes = differingPaths(one.before, one.after).map((path) => ({
    path,
    ...fileAt('before', read(one.before)(path)),
    ...fileAt('after', read(one.after)(path)),
  }))
  const goal: RefreshGoal = {
    strip,
    exists: (path) => move.from.has(path),
    movedTo: (path) => one.files.find((each) => each.path === path)?.to ?? path,
    changes,
    read: read(one.before),
  }
  if (changes.length > 0 && doesAsItIs(mail, goal)) return { text: mailText(mail), became: 'kept' }
  const text = refreshMail(mail, goal)
  return { text, became: text === undefined ? 'left-out' : 'refreshed' }
}

function fileAt<K extends string>(
  key: K,
  file: PatchedFile | 'no-text' | undefined,
): { readonly [key in K]?: PatchedFile } {
  if (file === 'no-text') throw new Error('a patch of lines that changed a file without any')
  return file === undefined ? {} : ({ [key]: file } as { readonly [key in K]?: PatchedFile })
}

type ReadIn = (tree: Tree) => ReadFile

/** Reads the files of a tree that patches change on it. */
async function readSides(
  store: Pick<ObjectReader, 'readBlobs'>,
  { files }: PatchFilesMove,
  { patches }: CarriedSeries,
): Promise<ReadIn> {
  const named = new Set([
    ...patches.flatMap(({ files: outcomes }) => outcomes.flatMap(({ path, to }) => [path, to])),
    ...files.flatMap((file) => file.patches.flatMap((each) => each?.changes.map(({ path }) => path) ?? [])),
  ])
  const oids = patches.flatMap(({ before, after }) =>
    [...differingPaths(before, after), ...named]
      .flatMap((path) => [before.get(path), after.get(path)])
      .flatMap((entry) => (entry && entry.mode !== '160000' ? [entry.oid] : [])),
  )
  const blobs = await store.readBlobs([...new Set(oids)])
  return (tree) => (path) => {
    const entry = tree.get(path)
    if (!entry || entry.mode === '160000') return undefined
    const bytes = blobs.get(entry.oid)
    const text = bytes && decodeText(bytes)
    return text === undefined ? 'no-text' : { text, mode: entry.mode }
  }
}

function entryOf(
  text: string,
  { path, file: { ending } }: MovedPatchFile,
  { repository, newBlobs }: { readonly repository: Tree; readonly newBlobs: Map<Oid, Uint8Array> },
): Entry {
  const bytes = encodeText(ending === '\n' ? text : text.replaceAll('\n', '\r\n'))
  const oid = blobOid(bytes)
  newBlobs.set(oid, bytes)
  return { mode: repository.get(path)?.mode ?? '100644', oid }
}

/** A list names no patch that is not there: `quilt` and the like stop at it. */
function addLists(
  { lists }: PatchFilesMove,
  gone: ReadonlySet<string>,
  {
    repository,
    steps,
    newBlobs,
  }: {
    readonly repository: Tree
    readonly steps: { readonly patch: string; readonly changes: Map<string, Entry | undefined> }[]
    readonly newBlobs: Map<Oid, Uint8Array>
  },
): void {
  for (const { path, text, names } of lists) {
    const left = new Set<string>()
    for (const { changes } of steps) {
      for (const [file, entry] of changes) {
        const name = names.get(file)
        if (entry === undefined && gone.has(file) && name !== undefined) left.add(name)
      }
      if (left.size === 0) continue
      const bytes = encodeText(withoutPatches(text, left))
      const oid = blobOid(bytes)
      newBlobs.set(oid, bytes)
      changes.set(path, { mode: repository.get(path)?.mode ?? '100644', oid })
    }
  }
}

/** What became of a file is what became of the patch in it that asks for most. */
function worst(marks: readonly PatchFileOutcome['became'][]): PatchFileOutcome['became'] {
  if (marks.includes('open')) return 'open'
  if (marks.length > 0 && marks.every((mark) => mark === 'left-out')) return 'left-out'
  return marks.every((mark) => mark === 'kept') ? 'kept' : 'refreshed'
}

/** The repository's tree with its patch files as they are after a patch. */
export function withPatchFiles(tree: Tree, refreshed: RefreshedPatches | undefined, patch?: string): Tree {
  return refreshed ? withChanges(tree, refreshed.upTo(patch)) : tree
}
