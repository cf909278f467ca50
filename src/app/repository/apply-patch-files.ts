import {
  applyMail,
  pathsOf,
  stripOf,
  type PatchedFile,
  type ReadFile,
} from '../../core/patchfile/apply-mail.ts'
import type { PatchFile, PatchMail, PatchTrouble } from '../../core/patchfile/patch-file.ts'
import { readPatchFile } from '../../core/patchfile/read-patch-file.ts'
import type { PathChange } from '../../core/model/commit.ts'
import { isFile } from '../../core/model/is-file.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { sameEntry, withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import { decodeText, encodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readTexts } from './read-texts.ts'

/** A patch file, and how many folders are taken off its names. */
export interface NamedPatchFile {
  readonly path: string
  readonly strip?: number
}

/** A patch file that was applied. */
export interface AppliedFile {
  readonly path: string
  readonly file: PatchFile
  readonly strip: number
  readonly mails: readonly AppliedPatch[]
}

export interface AppliedPatch {
  readonly mail: PatchMail
  readonly changes: readonly PathChange[]
}

/** Kubespray with patch files applied, as far as they go. */
interface PatchedTree {
  readonly tree: Tree
  readonly files: readonly AppliedFile[]
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
  /** What did not go, and where; the rest was applied without it. */
  readonly troubles: readonly { readonly path: string; readonly trouble: PatchTrouble }[]
}

interface PatchesQuestion {
  /** The repository that holds the files. */
  readonly repository: Tree
  /** In the order in which they are applied. */
  readonly files: readonly NamedPatchFile[]
  readonly kubespray: Tree
}

/** Applies patch files to a release, one after another, as the script of a repository does. */
export async function applyPatchFiles(
  store: Pick<ObjectReader, 'readBlobs'>,
  { repository, files, kubespray }: PatchesQuestion,
): Promise<PatchedTree> {
  const { texts, noTexts } = await readTexts(
    store,
    repository,
    files.map(({ path }) => path),
  )
  const troubles: { path: string; trouble: PatchTrouble }[] = []
  const read: { path: string; file: PatchFile; strip: number }[] = []
  for (const { path, strip } of files) {
    if (noTexts.has(path)) troubles.push({ path, trouble: { code: 'no-text', line: 1 } })
    const reading = readPatchFile(texts.get(path) ?? '')
    if ('trouble' in reading) troubles.push({ path, trouble: reading.trouble })
    else
      read.push({
        path,
        file: reading.file,
        strip: strip ?? stripOf(reading.file.mails, (at) => kubespray.has(at)),
      })
  }
  const contents = await contentsFor(store, kubespray, read)
  const made = new Patched(kubespray, contents)
  const applied = read.map(({ path, file, strip }): AppliedFile => {
    const mails = file.mails.map((mail): AppliedPatch => {
      const result = made.apply(mail, strip)
      if ('changes' in result) return { mail, changes: result.changes }
      troubles.push({ path, trouble: result.trouble })
      return { mail, changes: [] }
    })
    return { path, file, strip, mails }
  })
  return { tree: made.tree, files: applied, blobs: made.blobs, troubles }
}

/** What stands in the files that patches are about. */
async function contentsFor(
  store: Pick<ObjectReader, 'readBlobs'>,
  kubespray: Tree,
  files: readonly { readonly file: PatchFile; readonly strip: number }[],
): Promise<ReadonlyMap<Oid, Uint8Array>> {
  const oids = files.flatMap(({ file, strip }) =>
    file.mails
      .flatMap(({ sections }) => sections)
      .flatMap(({ diff }) => {
        const { from, to } = pathsOf(diff, strip, (path) => kubespray.has(path))
        return [from, to]
      })
      .flatMap((path) => {
        const entry = path === undefined ? undefined : kubespray.get(path)
        return entry && entry.mode !== '160000' ? [entry.oid] : []
      }),
  )
  return store.readBlobs([...new Set(oids)])
}

/** A tree that patches are put onto, with what they made of its files. */
class Patched {
  tree: Tree
  readonly blobs = new Map<Oid, Uint8Array>()
  readonly #contents: ReadonlyMap<Oid, Uint8Array>

  constructor(tree: Tree, contents: ReadonlyMap<Oid, Uint8Array>) {
    this.tree = tree
    this.#contents = contents
  }

  readonly read: ReadFile = (path) => {
    const entry = this.tree.get(path)
    if (!entry || entry.mode === '160000') return undefined
    const bytes = this.blobs.get(entry.oid) ?? this.#contents.get(entry.oid)
    const text = bytes && decodeText(bytes)
    return text === undefined ? 'no-text' : { text, mode: entry.mode }
  }

  /** A patch goes as a whole, or not at all. */
  apply(mail: PatchMail, strip: number): { changes: readonly PathChange[] } | { trouble: PatchTrouble } {
    const result = applyMail(mail, { strip, read: this.read })
    if ('trouble' in result) return result
    const after = new Map<string, Entry | undefined>()
    for (const [index, { from, to, after: file }] of result.applied.entries()) {
      const isCopy = mail.sections[index]?.diff.isCopy === true
      if (from !== undefined && from !== to && !isCopy) after.set(from, undefined)
      if (to !== undefined && file) after.set(to, this.#entryOf(file))
    }
    const before = this.tree
    this.tree = withChanges(before, after)
    const changes = [...after]
      .map(([path, entry]) => ({ path, before: before.get(path), after: entry }))
      .filter((change) => !sameEntry(change.before, change.after))
      .sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
    return { changes }
  }

  #entryOf({ text, mode }: PatchedFile): Entry {
    const bytes = encodeText(text)
    const oid = blobOid(bytes)
    this.blobs.set(oid, bytes)
    return { mode, oid }
  }
}

/** Whether a patch file is about files of a tree. */
export function isAbout({ file, strip }: Pick<AppliedFile, 'file' | 'strip'>, tree: Tree): boolean {
  return file.mails.some(({ sections }) =>
    sections.some(({ diff }) => {
      const { from } = pathsOf(diff, strip, (path) => tree.has(path))
      const entry = from === undefined ? undefined : tree.get(from)
      return entry !== undefined && isFile(entry)
    }),
  )
}
