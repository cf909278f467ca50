import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import { sameEntry, type Entry, type Tree } from '../model/tree.ts'
import { compare, variableFiles, type ShadowedFile, type VariableFile } from './variable-files.ts'

/** An inventory of a repository: its hosts and the variables of their groups, as one run of Ansible reads them. */
export interface Inventory {
  /**
   * What it goes by: its folder, the empty string for the repository's root. Where several files of hosts in one folder are run one at a
   * time, each is an inventory that goes by its file.
   */
  readonly path: string
  /** The folder with `group_vars` and `host_vars`, which inventories may share. */
  readonly folder: string
  /** Files that name hosts and groups, sorted, as Ansible reads a folder of them. */
  readonly hostFiles: readonly string[]
  /** Scripts, and settings of plugins, that ask somewhere else for the hosts. */
  readonly dynamic: readonly string[]
  /** Other files of hosts in the folder that are run without these; they share the folders of variables. */
  readonly besides: readonly string[]
  /** Files under `group_vars/` and `host_vars/` in the order Ansible reads those of one group. */
  readonly variableFiles: readonly VariableFile[]
  /** What commands hand in on top, which beats everything else; the later over the earlier. */
  readonly extra: readonly ExtraSource[]
  /** Files that Ansible does not read because another one takes their place. */
  readonly shadowed: readonly ShadowedFile[]
  /** Whether it is upstream's sample, which counts only where there is nothing else. */
  readonly isSample: boolean
}

/** A file of variables behind `-e @`, or a command with values behind `-e`: the how manieth of its file. */
export type ExtraSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly path: string; readonly call: number }

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
 * The folders of a tree that look like inventories by their paths, sorted. Upstream's sample is left out unless it is all there is; so is
 * whatever lies in upstream's own folders or, where the base release's tree is given, is in that as it is here.
 */
export function findInventories(tree: Tree, base?: Tree): readonly Inventory[] {
  const folders = new Set<string>()
  const charts = chartFolders(tree)
  for (const [path, entry] of tree) {
    const folder = isFile(entry) ? inventoryFolderOf(path) : undefined
    if (folder !== undefined && !isInChart(folder, charts)) folders.add(folder)
  }
  const all = [...folders].sort(compare).map((path) => inventoryIn(tree, path))
  const places = kubesprayFolders(tree)
  const own = all.filter((each) => !isUpstreamFolder(each.folder, places) && !isAsIn(base, tree, each))
  const chosen = own.some(({ isSample }) => !isSample) ? own.filter(({ isSample }) => !isSample) : own
  return chosen.length > 0 ? chosen : all.filter((each) => each.isSample)
}

/** The inventory of a folder by its paths alone: all in it that goes by the name of a file of hosts. */
export function inventoryIn(tree: Tree, folder: string): Inventory {
  const hostFiles = [...tree.keys()]
    .filter((file) => parentOf(file) === folder && isHostFile(nameOf(file)))
    .sort()
  return {
    path: folder,
    folder,
    hostFiles,
    dynamic: [],
    besides: [],
    ...variableFiles(tree, folder),
    extra: [],
    isSample: folder === SAMPLE,
  }
}

/** The same inventory in a tree with other files: those of its variables may be others by now. */
export function inventoryAgain(tree: Tree, inventory: Inventory): Inventory {
  return { ...inventory, ...variableFiles(tree, inventory.folder) }
}

/** The files whose text `readSettings` needs. */
export function filesOf({ hostFiles, variableFiles: files, extra }: Inventory): readonly string[] {
  const all = [...hostFiles, ...files.map((file) => file.path), ...extra.map((source) => source.path)]
  return [...new Set(all)]
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

/** The folders of Helm's charts: what they hold has names like inventories' now and then, and is no YAML before Helm has read it. */
export function chartFolders(tree: Tree): readonly string[] {
  return [...tree.keys()].filter((path) => /^Chart\.ya?ml$/.test(nameOf(path))).map(parentOf)
}

/** Whether a folder is a chart's for what Helm reads itself. */
export function isInChart(folder: string, charts: readonly string[]): boolean {
  return charts.some((chart) =>
    ['templates', 'charts', 'crds'].some((part) =>
      isInside(`${folder}/`, chart === '' ? part : `${chart}/${part}`),
    ),
  )
}

/** The folders in which Kubespray's own files stand, each with a slash at its end; the empty string for the root. */
export function kubesprayFolders(tree: Tree): readonly string[] {
  const folders = new Set<string>()
  for (const path of tree.keys()) {
    const folder = OWN_ROLES.exec(path)?.[1]
    if (folder !== undefined) folders.add(folder)
  }
  return [...folders]
}

/** Roles that nobody else has: the one with the defaults, and parts of the one for Kubernetes. */
const OWN_ROLES =
  /^((?:.*\/)?)roles\/(?:kubespray[-_]defaults|kubernetes\/(?:preinstall|node|master|control-plane|kubeadm))\//

/** Whether a folder is one of upstream's own, where Kubespray stands in one of these places. */
export function isUpstreamFolder(folder: string, places: readonly string[]): boolean {
  return places.some(
    (place) =>
      UPSTREAM_INVENTORIES.some((own) => folder === place + own) ||
      UPSTREAM_FOLDERS.some((own) => isInside(`${folder}/`, place + own)),
  )
}

/** Whether a release has these very files: beside Kubespray's tree alone, since a copied sample is somebody's choice elsewhere. */
export function isAsIn(base: Tree | undefined, tree: Tree, inventory: Inventory): boolean {
  if (base === undefined || !kubesprayFolders(tree).includes('')) return false
  return filesOf(inventory).every((file) => sameEntry(tree.get(file), base.get(file)))
}

/** Beside the usual names, any INI file of the folder, and YAML whose name speaks of hosts. */
function isHostFile(name: string): boolean {
  if (/^(?:inventory|hosts)$/.test(name)) return true
  const [stem = '', extension = ''] = name.split('.').slice(-2)
  return /^ini$/i.test(extension) || (/^ya?ml$/i.test(extension) && /host|inventor/i.test(stem))
}
