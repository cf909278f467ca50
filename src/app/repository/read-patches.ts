import { findPatchGroups, groupsFor, inOrder, type PatchGroup } from '../../core/layout/patch-group.ts'
import { patchTrouble } from '../../core/explain/trouble/patch-trouble.ts'
import type { Commit } from '../../core/model/commit.ts'
import { isInside, nameOf } from '../../core/model/parent-of.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import { wordsOf } from '../../core/patchfile/words-of.ts'
import type { Patch } from '../../core/series/series.ts'
import { encodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { applyPatchFiles, isAbout, type AppliedFile, type NamedPatchFile } from './apply-patch-files.ts'
import { readTexts } from './read-texts.ts'

interface PatchesQuestion {
  readonly repository: Tree
  readonly head: Commit
  readonly release: ReleaseTag
  /** The release's own tree. */
  readonly kubespray: Tree
  /** Files that run things, which may name a folder of patches. */
  readonly texts: ReadonlyMap<string, string>
}

/** A patch file, the group that it is of, and the patches in it: one a mail, none for a mail that changes nothing. */
export interface GroupedFile extends AppliedFile {
  readonly group: PatchGroup
  readonly patches: readonly (Patch | undefined)[]
}

/** Patch files that are applied to the release that a repository runs. */
export interface FoundPatches {
  readonly groups: readonly PatchGroup[]
  /** In the order in which they are applied. */
  readonly files: readonly GroupedFile[]
  /** The lists of patches that stand beside them (`series`), by path. */
  readonly lists: ReadonlyMap<string, string>
  readonly tree: Tree
  readonly blobs: ReadonlyMap<Oid, Uint8Array>
}

/** The patch files that a repository applies to its release. Refuses one that is named for that release and does not go onto it. */
export async function readPatches(
  store: Pick<ObjectReader, 'readBlobs'>,
  question: PatchesQuestion,
): Promise<FoundPatches | undefined> {
  const all = findPatchGroups(question.repository)
  const named = groupsFor(all, question.release)
  const groups = named.length > 0 ? named : all.filter((group) => isNamedBy(group, question.texts))
  if (groups.length === 0) return undefined
  const lists = await readLists(store, question.repository, groups)
  const ordered = groups.map((group) => ({
    group,
    files: inOrder(group, lists.get(listOf(group))),
  }))
  const files = ordered.flatMap((each) => each.files)
  const patched = await applyPatchFiles(store, { ...question, files })
  const troubled = new Set(patched.troubles.map(({ path }) => path))
  // Patches of something else, with a version of that, or in a folder that only has such a name.
  const foreign = new Set(
    patched.files
      .filter(({ path }) => troubled.has(path))
      .filter((file) => isForeign(file, question, named.length > 0))
      .map(({ path }) => path),
  )
  if (foreign.size > 0) return again(store, question, { ordered, foreign })
  const [trouble] = patched.troubles
  if (trouble) throw new Refusal(patchTrouble(trouble.path, question.release, trouble.trouble))
  if (patched.files.length === 0) return undefined
  const groupOf = (path: string): PatchGroup =>
    (ordered.find((each) => each.files.some((file) => file.path === path)) as { group: PatchGroup }).group
  return {
    groups,
    files: patched.files.map((file) => ({
      ...file,
      group: groupOf(file.path),
      patches: patchesIn(file, groupOf(file.path), question.head),
    })),
    lists,
    tree: patched.tree,
    blobs: patched.blobs,
  }
}

/** Whether a file that does not go onto Kubespray is a patch of the repository's own files, or of nothing that is known. */
function isForeign(
  { file, strip }: AppliedFile,
  { repository, kubespray }: Pick<PatchesQuestion, 'repository' | 'kubespray'>,
  isNamed: boolean,
): boolean {
  if (isNamed)
    return (
      !isAbout({ file, strip }, kubespray) &&
      [strip, 1, 0].some((each) => isAbout({ file, strip: each }, repository))
    )
  // At the top there are a README and a Makefile in every repository.
  const inFolders = new Map([...kubespray].filter(([path]) => path.includes('/')))
  return !isAbout({ file, strip }, inFolders)
}

function again(
  store: Pick<ObjectReader, 'readBlobs'>,
  question: PatchesQuestion,
  {
    ordered,
    foreign,
  }: {
    readonly ordered: readonly { readonly group: PatchGroup; readonly files: readonly NamedPatchFile[] }[]
    readonly foreign: ReadonlySet<string>
  },
): Promise<FoundPatches | undefined> {
  const left = ordered.flatMap(({ group }) => group.files).filter((path) => !foreign.has(path))
  if (left.length === 0) return Promise.resolve(undefined)
  const repository = new Map([...question.repository].filter(([path]) => !foreign.has(path)))
  return readPatches(store, { ...question, repository })
}

/** Whether a script speaks of a folder, or of a file in it, where it applies patches. */
function isNamedBy({ folder, files, named }: PatchGroup, texts: ReadonlyMap<string, string>): boolean {
  if (named) return false
  const words = folder === '' ? files.map(nameOf) : [nameOf(folder)]
  return [...texts].some(
    ([path, text]) =>
      !/(?:^|\/)README/i.test(path) &&
      /\bpatch\b|\bgit\s+(?:-\S+\s+(?:\S+\s+)?)?(?:apply|am)\b|\bquilt\b/.test(text) &&
      words.some((word) => text.includes(word)),
  )
}

export function listOf({ folder }: Pick<PatchGroup, 'folder'>): string {
  return folder === '' ? 'series' : `${folder}/series`
}

async function readLists(
  store: Pick<ObjectReader, 'readBlobs'>,
  repository: Tree,
  groups: readonly PatchGroup[],
): Promise<ReadonlyMap<string, string>> {
  return (await readTexts(store, repository, groups.map(listOf))).texts
}

function patchesIn(
  { path, file, mails }: AppliedFile,
  group: PatchGroup,
  head: Commit,
): readonly (Patch | undefined)[] {
  const name = nameIn(path, group)
  return mails.map(({ mail, changes }, index) => {
    if (changes.length === 0) return undefined
    const { subject, body, author } = wordsOf(mail)
    const title = subject ?? nameOf(path)
    const key = file.mails.length > 1 ? `${name}#${index + 1}` : name
    return {
      id: blobOid(encodeText(`patch file ${key}\n`)),
      kind: 'commit',
      title,
      message: body === '' ? `${title}\n` : `${title}\n\n${body}\n`,
      author: author ?? head.author,
      commits: [head.oid],
      changes,
      pickedFrom: [],
      file: path,
    }
  })
}

/** What a patch file is called whatever release it is for, so that it is the same patch at the next one. */
function nameIn(path: string, { folder, named }: PatchGroup): string {
  if (!named) return path
  if (named.in === 'file') return path.replace(named.written, '')
  const rest = isInside(path, folder) ? path.slice(folder.length) : path
  return folder.slice(0, folder.length - named.written.length) + rest
}
