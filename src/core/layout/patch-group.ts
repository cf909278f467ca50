import { defined, optional } from '../model/defined.ts'
import { isFile } from '../model/is-file.ts'
import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import { bareVersion, minorOf, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'
import type { Tree } from '../model/tree.ts'

/** Patch files that are applied together: those of one folder, or those of it that are named for one release. */
export interface PatchGroup {
  /** Without a slash at its end; empty for the top. */
  readonly folder: string
  /** Sorted, as a shell's `*.patch` has them. */
  readonly files: readonly string[]
  /** The version that the folder or the files are named for, and how it is written; absent where nothing tells. */
  readonly named?: PatchVersion
}

interface PatchVersion {
  readonly in: 'folder' | 'file'
  /** `v2.18.0`, `2.18.0`, `2.18`. */
  readonly written: string
  readonly minor: string
  /** Absent where it is named for all releases of a minor. */
  readonly release?: ReleaseTag
}

/** All patch files of a tree, by what they are named for. */
export function findPatchGroups(tree: Tree): readonly PatchGroup[] {
  const groups = new Map<string, { folder: string; files: string[]; named?: PatchVersion }>()
  for (const [path, entry] of tree) {
    if (!isFile(entry) || !/\.(?:patch|diff)$/.test(path)) continue
    const { folder, named } = placeOf(path)
    const key = `${folder}\0${named?.written ?? ''}`
    const group = groups.get(key) ?? { folder, files: [], ...defined({ named }) }
    group.files.push(path)
    groups.set(key, group)
  }
  return [...groups.values()]
    .map((group) => ({ ...group, files: group.files.sort() }))
    .sort((a, b) => (a.folder < b.folder ? -1 : Number(a.folder > b.folder)))
}

/** Those named for a release; where none is, those named for its minor. */
export function groupsFor(groups: readonly PatchGroup[], release: ReleaseTag): readonly PatchGroup[] {
  const exact = groups.filter(({ named }) => named?.release === release)
  if (exact.length > 0) return exact
  return groups.filter(
    ({ named }) => named && named.release === undefined && named.minor === minorOf(release),
  )
}

/** Where a file of a group, or beside its patches, stands for another release; its own place where nothing is named for one. */
export function pathFor(path: string, { folder, named }: PatchGroup, to: ReleaseTag): string {
  if (!named) return path
  const version = versionLike(named, to)
  if (named.in === 'file') {
    const name = nameOf(path)
    const at = name.indexOf(named.written)
    if (at < 0) return path
    const moved = name.slice(0, at) + version + name.slice(at + named.written.length)
    return path.slice(0, path.length - name.length) + moved
  }
  if (!isInside(path, folder)) return path
  return folderFor({ folder, named }, to) + path.slice(folder.length)
}

/** The group's folder for another release. */
export function folderFor({ folder, named }: Pick<PatchGroup, 'folder' | 'named'>, to: ReleaseTag): string {
  if (named?.in !== 'folder') return folder
  return folder.slice(0, folder.length - named.written.length) + versionLike(named, to)
}

function versionLike({ written, release }: PatchVersion, to: ReleaseTag): string {
  const version = release === undefined ? minorOf(to) : bareVersion(to)
  return written.startsWith('v') ? `v${version}` : version
}

function placeOf(path: string): { readonly folder: string; readonly named?: PatchVersion } {
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
    const written = /^(?:.*[-_])?(v?\d+\.\d+(?:\.\d+)?)$/.exec(nameOf(folder))?.[1]
    const named = written === undefined ? undefined : versionOf(written, 'folder')
    if (named) return { folder, named }
  }
  const folder = parentOf(path)
  const written = /(?<![A-Za-z0-9.])(v?2\.\d{1,2}\.\d{1,2})(?![\d.]*\d)(?!-(?:pre|rc))/.exec(
    nameOf(path),
  )?.[1]
  const named = written === undefined ? undefined : versionOf(written, 'file')
  return named ? { folder, named } : { folder }
}

/** Kubespray's releases begin with a 2; patches of what else has such a version are told by what they change. */
function versionOf(written: string, where: PatchVersion['in']): PatchVersion | undefined {
  const bare = bareVersion(written)
  if (!bare.startsWith('2.')) return undefined
  const release = readReleaseTag(`v${bare}`)
  const [, second = '', third] = bare.split('.')
  if (third !== undefined && release === undefined) return undefined
  const minor = `2.${second}`
  return { in: where, written, minor, ...defined({ release }) }
}

/** The patches of a group in the order in which they are applied: as `series` lists them where there is one, else by their names. */
export function inOrder(
  { folder, files }: PatchGroup,
  series: string | undefined,
): readonly { readonly path: string; readonly strip?: number }[] {
  if (series === undefined) return files.map((path) => ({ path }))
  return linesOf(series).flatMap(({ name, strip }) => {
    const path = folder === '' ? name : `${folder}/${name}`
    if (!files.includes(path)) return []
    return [strip === undefined ? { path } : { path, strip }]
  })
}

/** A list of patches without those that are gone; every other byte of it stays. */
export function withoutPatches(series: string, names: ReadonlySet<string>): string {
  return series
    .split('\n')
    .filter((line) => !names.has(linesOf(line)[0]?.name ?? ''))
    .join('\n')
}

function linesOf(series: string): readonly { readonly name: string; readonly strip?: number }[] {
  return series.split('\n').flatMap((line) => {
    const [name, ...options] = line
      .replace(/(?:^|\s)#.*/, '')
      .trim()
      .split(/\s+/)
    if (name === undefined || name === '') return []
    const digit = options.map((option) => /^-p(\d)$/.exec(option)?.[1]).find((each) => each !== undefined)
    return [{ name, ...optional(digit, (count) => ({ strip: Number(count) })) }]
  })
}
