import { addTo } from '../model/collections/grouped.ts'
import { isInside } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'

export interface VariableFile {
  readonly path: string
  readonly scope: Scope
}

/** Whose variables these are; a group's name as it is written. */
export interface Scope {
  readonly kind: 'group' | 'host'
  readonly name: string
}

export interface ShadowedFile {
  readonly path: string
  /** The folder or file that is read in its place. */
  readonly by: string
}

interface VariableFiles {
  /** Files under `group_vars/` and `host_vars/` in the order Ansible reads those of one group. */
  readonly variableFiles: readonly VariableFile[]
  /** Files that Ansible does not read because another one takes their place. */
  readonly shadowed: readonly ShadowedFile[]
}

/** The files of variables that Ansible reads for hosts of a folder. */
export function variableFiles(tree: Tree, folder: string): VariableFiles {
  const below = (name: string): string => (folder === '' ? name : `${folder}/${name}`)
  const places = [below('group_vars'), below('host_vars')] as const
  const found = [...tree].flatMap(([path, { mode }]) => {
    const isVariables = places.some((place) => isInside(path, place))
    // A symbolic link's content is a path, not variables.
    return isVariables && (mode === '100644' || mode === '100755') ? [path] : []
  })
  const groups = variableFilesIn(found, places[0], 'group')
  const hosts = variableFilesIn(found, places[1], 'host')
  return {
    variableFiles: [...groups.files, ...hosts.files],
    shadowed: [...groups.shadowed, ...hosts.shadowed],
  }
}

interface Variables {
  readonly files: readonly VariableFile[]
  readonly shadowed: readonly ShadowedFile[]
}

/**
 * Ansible looks for a group's variables under its bare name, a folder most often, then with `.yml`, `.yaml` and `.json`,
 * and stops at the first it finds (`find_vars_files` of its data loader): `all.yml` is not read beside a folder `all/`.
 */
function variableFilesIn(found: readonly string[], folder: string, kind: Scope['kind']): Variables {
  const byName = new Map<string, Map<string, string[]>>()
  for (const path of found) {
    if (!isInside(path, folder)) continue
    const [top, ...rest] = path.slice(folder.length + 1).split('/') as [string, ...string[]]
    if (!isRead([top, ...rest])) continue
    const extension = rest.length > 0 ? '' : (/\.(?:ya?ml|json)$/.exec(top)?.[0] ?? '')
    const name = top.slice(0, top.length - extension.length)
    const candidates = byName.get(name) ?? new Map<string, string[]>()
    addTo(candidates, extension, path)
    byName.set(name, candidates)
  }
  const files: VariableFile[] = []
  const shadowed: ShadowedFile[] = []
  for (const [name, candidates] of [...byName].sort(([a], [b]) => compare(a, b))) {
    const [first, ...others] = ['', '.yml', '.yaml', '.json'].flatMap((extension) => {
      const paths = candidates.get(extension)
      return paths ? [{ by: `${folder}/${name}${extension}`, paths }] : []
    })
    for (const path of first?.paths.sort(compareParts) ?? []) files.push({ path, scope: { kind, name } })
    for (const { paths } of others) for (const path of paths) shadowed.push({ path, by: first?.by ?? '' })
  }
  return { files, shadowed }
}

/** Hidden files, backups and other extensions are not read; a folder with a dot in its name is not entered. */
function isRead(parts: readonly string[]): boolean {
  const name = parts.at(-1) as string
  if (parts.some((part) => part.startsWith('.') || part.endsWith('~'))) return false
  if (parts.slice(0, -1).some((part, index) => index > 0 && part.includes('.'))) return false
  if (/^[^.]+$|\.(?:ya?ml|json)$/.test(name)) return true
  // A host's name may have dots; what people leave lying about, or make the file from, has other endings.
  return parts.length === 1 && !LYING_ABOUT.test(name)
}

const LYING_ABOUT =
  /\.(?:ya?ml|json)\.|\.(?:md|txt|bak|old|orig|rej|save|sample|example|dist|template|tmpl|tpl|tftpl|erb|j2|sh|py|cfg|ini|disabled)$/i

/** Ansible sorts each folder for itself: `a/z.yml` comes before `a.yml`, since `a` does before `a.yml`. */
function compareParts(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  const index = left.findIndex((part, at) => part !== right[at])
  return index < 0 ? 0 : compare(left[index] as string, right[index] ?? '')
}

/** By code points, as Python sorts. */
export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
