import { grouped } from '../model/collections/grouped.ts'
import type { LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'
import { similarity } from '../text/similarity.ts'
import type { CarriedPatch } from './carried-series.ts'
import type { Patch } from './series.ts'

/** What a person should know of a file that comes along although nothing asks about it. */
export type OwnFileRemark =
  /** It came with a patch that is left out, and stays since a later commit of the fork's changed it. */
  | {
      readonly code: 'file-outlives-patch'
      readonly file: string
      readonly patch: string
      readonly verdict: 'upstreamed' | 'obsolete'
    }
  /** Upstream has since put something of its kind beside it: the same content, the same name, or a name that is tried after it. */
  | {
      readonly code: 'own-file-shadows'
      readonly file: string
      readonly other: string
      readonly like: 'content' | 'name' | 'selection'
    }

/** The patch that first added each own file, by path; inventories belong to no patch. */
export function broughtBy(
  ownFiles: Tree,
  commits: readonly LoggedCommit[],
  { patches, base }: { readonly patches: readonly Patch[]; readonly base: Tree },
): ReadonlyMap<string, Patch> {
  const patchOf = new Map(patches.flatMap((patch) => patch.commits.map((oid): [Oid, Patch] => [oid, patch])))
  const brought = new Map<string, Patch>()
  const seen = new Set<string>()
  for (const { oid, parents, changes } of commits) {
    if (parents.length > 1) continue
    const isPatch = changes.some(({ path }) => base.has(path))
    for (const { path, before, after } of changes) {
      if (before || !after || !ownFiles.has(path) || seen.has(path) || isInside(path, 'inventory')) continue
      seen.add(path)
      const patch = isPatch ? patchOf.get(oid) : undefined
      if (patch) brought.set(path, patch)
    }
  }
  return brought
}

/** Own files whose patch is left out as a whole. One that the release has as well is upstream's now, and nobody's to remove. */
export function outlivingFiles(
  brought: ReadonlyMap<string, Patch>,
  patches: readonly CarriedPatch[],
  { result, release }: { readonly result: Tree; readonly release: Tree },
): readonly OwnFileRemark[] {
  const verdicts = new Map(patches.map(({ patch, verdict }) => [patch.id, verdict]))
  return [...brought].flatMap(([file, { id, title }]): readonly OwnFileRemark[] => {
    const verdict = verdicts.get(id)
    if (verdict !== 'upstreamed' && verdict !== 'obsolete') return []
    if (!result.has(file) || release.has(file)) return []
    return [{ code: 'file-outlives-patch', file, patch: title, verdict }]
  })
}

/** A file of the fork's and one that the release has added since, which may be the same thing. */
export interface LikePair {
  readonly file: string
  readonly other: string
  readonly like: 'name' | 'selection' | 'folder'
}

/** More pairs than this are not looked into: nobody reads as many remarks. */
const PAIRS = 400

/** Files to compare: by their name anywhere, and by what stands in the same folder. */
export function likePairs({
  own,
  base,
  release,
}: {
  readonly own: readonly string[]
  readonly base: Tree
  readonly release: Tree
}): readonly LikePair[] {
  const added = [...release.keys()].filter((path) => !base.has(path) && !isInside(path, 'inventory'))
  const byName = grouped(added, nameOf)
  const byFolder = grouped(added, (path) => `${parentOf(path)}\0${extensionOf(path)}`)
  const pairs: LikePair[] = []
  for (const file of own) {
    if (isInside(file, 'inventory') || release.has(file)) continue
    const beside = byFolder.get(`${parentOf(file)}\0${extensionOf(file)}`) ?? []
    for (const other of beside) {
      const like = isTriedAfter(file, other) ? 'selection' : 'folder'
      pairs.push({ file, other, like })
    }
    if (COMMON.test(nameOf(file))) continue
    for (const other of byName.get(nameOf(file)) ?? [])
      if (mayStandFor(file, other)) pairs.push({ file, other, like: 'name' })
  }
  return pairs.slice(0, PAIRS)
}

/** From here on two files are one with edits, as for renames. */
const SAME_FILE = 0.5

/** What the pairs come to, once their lines are read. */
export function shadowRemarks(
  pairs: readonly LikePair[],
  lines: (file: LikePair) => readonly [readonly string[], readonly string[]],
): readonly OwnFileRemark[] {
  const remarks = new Map<string, OwnFileRemark>()
  for (const pair of pairs) {
    const { file, other } = pair
    const [own, theirs] = lines(pair)
    const isSame = own.length > 0 && theirs.length > 0 && similarity(own, theirs) >= SAME_FILE
    if (!isSame && pair.like === 'folder') continue
    const like = isSame || pair.like === 'folder' ? 'content' : pair.like
    if (!remarks.has(file) || isSame) remarks.set(file, { code: 'own-file-shadows', file, other, like })
  }
  return [...remarks.values()]
}

/** A role's tasks stand for no variables: files that are named for a system are in several of its folders. */
function mayStandFor(file: string, other: string): boolean {
  const [one, two] = [file, other].map((path) => IN_ROLE.exec(path)?.[1])
  return one === undefined || two === undefined || one === two
}

const IN_ROLE = /(?:^|\/)roles\/.*\/(tasks|handlers|templates|files|vars|defaults|meta|library)\//

/** Names that stand in every role, or every module of Terraform’s, and say nothing. */
const COMMON =
  /^(?:main\.ya?ml|(?:main|variables|outputs|versions|providers|backend)\.tf|readme(?:\.\w+)?|__init__\.py|\.git\w+|owners|license|makefile|dockerfile)$/i

/** `debian-10.yml` is looked for before `debian.yml` wherever files are chosen by the name of a system or its version. */
function isTriedAfter(file: string, other: string): boolean {
  const [stem, general] = [stemOf(file), stemOf(other)]
  return stem.startsWith(`${general}-`) || stem.startsWith(`${general}_`) || stem.startsWith(`${general}.`)
}

function stemOf(path: string): string {
  return nameOf(path)
    .slice(0, nameOf(path).length - extensionOf(path).length)
    .toLowerCase()
}

function extensionOf(path: string): string {
  return /(?:\.[a-z]\w{0,20}){1,2}$/i.exec(nameOf(path))?.[0] ?? ''
}
