import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import { sameEntry, type Entry, type Tree } from '../model/tree.ts'

/** An inventory of a repository: one folder with its hosts and the variables of their groups. */
export interface Inventory {
  /** The folder; the empty string for the repository's root. */
  readonly path: string
  /** Files that name hosts and groups, sorted, as Ansible reads a folder of them. */
  readonly hostFiles: readonly string[]
  /** Files under `group_vars/` and `host_vars/` in the order Ansible reads those of one group. */
  readonly variableFiles: readonly VariableFile[]
  /** Files that Ansible does not read because another one takes their place. */
  readonly shadowed: readonly ShadowedFile[]
  /** Whether it is upstream's sample, which counts only where there is nothing else. */
  readonly isSample: boolean
}

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

/** Where Kubespray keeps its own inventories, in all releases. */
const SAMPLE = 'inventory/sample'

/** Whether a file is upstream's sample's: what it sets nobody of the fork may have decided. */
export function isOfSample(path: string): boolean {
  return isInside(path, SAMPLE)
}
const UPSTREAM_INVENTORIES = [SAMPLE, 'inventory/local']
/** Upstream's folders that hold inventories and group variables of tests, examples and contributed tools. */
const UPSTREAM_FOLDERS = [
  'contrib',
  'docs',
  'extra_playbooks',
  'playbooks',
  'roles',
  'scripts',
  'test-infra',
  'tests',
]

/**
 * The inventories of a tree, sorted by path. Upstream's sample is left out unless it is all there is; so is whatever lies
 * in upstream's own folders or, where the base release's tree is given, is in that as it is here.
 */
export function findInventories(tree: Tree, base?: Tree): readonly Inventory[] {
  const folders = new Map<string, string[]>()
  for (const [path, entry] of tree) {
    const folder = isFile(entry) ? inventoryFolderOf(path) : undefined
    if (folder === undefined) continue
    const files = folders.get(folder)
    if (files) files.push(path)
    else folders.set(folder, [path])
  }
  const all = [...folders]
    .map(([path, files]) => describe(tree, path, files))
    .sort((a, b) => compare(a.path, b.path))
  const own = all.filter((each) => !isUpstreams(each, tree, base))
  return own.length > 0 ? own : all.filter((each) => each.isSample)
}

/** The files whose text `readSettings` needs. */
export function filesOf(inventory: Inventory): readonly string[] {
  return [...inventory.hostFiles, ...inventory.variableFiles.map((file) => file.path)]
}

/** A symbolic link's content is a path, not variables. */
function isFile(entry: Entry): boolean {
  return entry.mode === '100644' || entry.mode === '100755'
}

function inventoryFolderOf(path: string): string | undefined {
  const variables = /^(?:(.*?)\/)?(?:group_vars|host_vars)\/./.exec(path)
  if (variables) return variables[1] ?? ''
  return /^(?:inventory|hosts)\.(?:ini|ya?ml)$/.test(nameOf(path)) ? parentOf(path) : undefined
}

function isUpstreams(inventory: Inventory, tree: Tree, base: Tree | undefined): boolean {
  const { path } = inventory
  if (UPSTREAM_INVENTORIES.includes(path) || UPSTREAM_FOLDERS.some((folder) => isInside(`${path}/`, folder)))
    return true
  return base !== undefined && filesOf(inventory).every((file) => sameEntry(tree.get(file), base.get(file)))
}

function describe(tree: Tree, path: string, found: readonly string[]): Inventory {
  const below = (name: string): string => (path === '' ? name : `${path}/${name}`)
  const hostFiles = [...tree.keys()]
    .filter((file) => parentOf(file) === path && isHostFile(nameOf(file)))
    .sort()
  const groups = variableFilesIn(found, below('group_vars'), 'group')
  const hosts = variableFilesIn(found, below('host_vars'), 'host')
  return {
    path,
    hostFiles,
    variableFiles: [...groups.files, ...hosts.files],
    shadowed: [...groups.shadowed, ...hosts.shadowed],
    isSample: path === SAMPLE,
  }
}

/** Beside the usual names, any INI file of the folder, and YAML whose name speaks of hosts. */
function isHostFile(name: string): boolean {
  if (/^(?:inventory|hosts)$/.test(name)) return true
  const [stem = '', extension = ''] = name.split('.').slice(-2)
  return /^ini$/i.test(extension) || (/^ya?ml$/i.test(extension) && /host|inventor/i.test(stem))
}

type Variables = Pick<Inventory, 'shadowed'> & { readonly files: readonly VariableFile[] }

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
    candidates.set(extension, [...(candidates.get(extension) ?? []), path])
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
  // A host's name may have dots; what people leave lying about has other endings.
  return (
    parts.length === 1 && !/\.(?:md|txt|bak|orig|rej|sample|example|j2|sh|py|cfg|ini|disabled)$/i.test(name)
  )
}

/** Ansible sorts each folder for itself: `a/z.yml` comes before `a.yml`, since `a` does before `a.yml`. */
function compareParts(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  const index = left.findIndex((part, at) => part !== right[at])
  return index < 0 ? 0 : compare(left[index] as string, right[index] ?? '')
}

/** By code points, as Python sorts. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
