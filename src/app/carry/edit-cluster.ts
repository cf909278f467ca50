import type { ChangedVariable, HeldVariable, VariableChange } from '../../core/inventory/change.ts'
import { editInventory } from '../../core/inventory/edit-inventory.ts'
import type { InventoryChange } from '../../core/inventory/step-changes.ts'
import { filesOf, inventoryAgain } from '../../core/inventory/find-inventories.ts'
import { readSettings } from '../../core/inventory/read-settings.ts'
import { renameGroup, writtenGroups } from '../../core/inventory/written-groups.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { heldVariable } from '../../core/explain/trouble/inventory-note.ts'
import { isInside, nameOf } from '../../core/model/parent-of.ts'
import type { Problem } from '../../core/model/problem.ts'
import { withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import { applyEdits } from '../../core/text/edit.ts'
import { decodeText, encodeText } from '../../core/text/split-lines.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { withTexts } from './with-texts.ts'

/** One change of one inventory, as it becomes a commit. */
export interface InventoryEdit {
  /** `inventory/home: kube_version v1.31.9 → 1.32.8`, with the inventory as people find it from the top of the repository. */
  readonly title: string
  readonly why: string
  readonly changed: readonly ChangedVariable[]
  /** The whole tree after it. */
  readonly tree: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

export interface EditedInventory {
  readonly edits: readonly InventoryEdit[]
  /** What commands hand in over all inventories and a person has to change there; told among the problems as well. */
  readonly held: readonly HeldVariable[]
  /** What a person has to look at or to change. */
  readonly problems: readonly Problem[]
}

/** All that an edit needs of a cluster. */
type ClusterFiles = Pick<Cluster, 'inventory' | 'texts'>

/** Where a path that is seen stands in the repository. */
type ShownAt = (path: string) => string

/** Makes changes to one inventory of a tree, one after another; what would change nothing leaves no edit. */
export function editCluster(
  start: Tree,
  cluster: ClusterFiles,
  changes: readonly InventoryChange[],
  shownAt: ShownAt = (path) => path,
): EditedInventory {
  const name = nameFor(shownAt(cluster.inventory.path))
  const edits: InventoryEdit[] = []
  const held: HeldVariable[] = []
  const problems: Problem[] = []
  const texts = new Map(cluster.texts)
  let [tree, inventory] = [start, cluster.inventory]
  for (const change of changes) {
    const made = makeChange({ inventory, texts, name }, change, tree)
    problems.push(...made.problems)
    held.push(...(made.held ?? []))
    if (!made.edit) continue
    edits.push(made.edit)
    tree = made.edit.tree
    // The next change has to find a file that was made, or moved, for this one.
    inventory = inventoryAgain(tree, inventory)
    for (const path of made.gone ?? []) texts.delete(path)
    for (const [path, text] of made.texts) texts.set(path, text)
  }
  return { edits, held, problems: distinct(problems) }
}

/** A cluster as edits before left its files: inventories that share a folder share the files of its variables. */
export function clusterAfter<C extends ClusterFiles>(cluster: C, edits: readonly InventoryEdit[]): C {
  const last = edits.at(-1)
  if (!last) return cluster
  // By their content, since a file may have been moved.
  const written = new Map([
    ...[...cluster.texts.values()].map(encodeText).map((bytes) => [blobOid(bytes), bytes] as const),
    ...edits.flatMap((edit) => [...edit.newBlobs]),
  ])
  const inventory = inventoryAgain(last.tree, cluster.inventory)
  const texts = new Map<string, string>()
  for (const path of [...filesOf(inventory), ...inventory.besides]) {
    const bytes = written.get(last.tree.get(path)?.oid as Oid)
    const text = bytes && decodeText(bytes)
    if (text !== undefined) texts.set(path, text)
  }
  return { ...cluster, inventory, texts }
}

interface Made {
  readonly edit?: InventoryEdit
  readonly texts: ReadonlyMap<string, string>
  /** Paths that files were moved away from. */
  readonly gone?: readonly string[]
  readonly held?: readonly HeldVariable[]
  readonly problems: readonly Problem[]
}

interface NamedCluster extends ClusterFiles {
  readonly name: string
}

function makeChange(cluster: NamedCluster, change: InventoryChange, tree: Tree): Made {
  switch (change.kind) {
    case 'variable':
      return changeVariables(cluster, { changes: [change.change], why: change.why }, tree)
    case 'variables':
      return changeVariables(cluster, change, tree)
    case 'group':
      return changeGroup(cluster, change, tree)
  }
}

interface VariableChanges {
  readonly changes: readonly VariableChange[]
  readonly why: string
  /** What they come to; what the one change is, where it is not given. */
  readonly title?: string
}

function changeVariables(
  { inventory, texts, name }: NamedCluster,
  { changes, why, title }: VariableChanges,
  tree: Tree,
): Made {
  // Read anew: the edits before may have moved what is behind them.
  const settings = readSettings(inventory, texts)
  const { edits, newFiles, changed, ...left } = editInventory({ inventory, settings, texts }, changes)
  const { held } = left
  const problems = [...left.problems, ...held.map(heldVariable)]
  for (const file of newFiles.keys())
    if (tree.has(file)) throw new Error(`${file} was to be created, and is there`)
  const written = new Map(newFiles)
  for (const [file, own] of edits) written.set(file, applyEdits(texts.get(file) ?? '', own))
  if (written.size === 0) return { texts: written, held, problems }
  const named = `${name}: ${title ?? titleOf(changed)}`
  return { edit: { title: named, why, changed, ...withTexts(tree, written) }, texts: written, held, problems }
}

/** Renames a group in the files of hosts, and the folders of its variables with it. */
function changeGroup(
  { inventory, texts, name }: NamedCluster,
  { from, to, why }: InventoryChange & { kind: 'group' },
  tree: Tree,
): Made {
  // Files beside them share the folders of variables, which go by the group's name.
  const groups = [...inventory.hostFiles, ...inventory.besides].map((file) => ({
    file,
    found: writtenGroups(file, texts.get(file) ?? ''),
  }))
  const moves = movesOf(inventory.folder, { from, to }, tree)
  const names = groups.flatMap(({ found }) => found.map(({ name }) => name))
  // Where both names are in use, somebody has made one a part of the other already.
  if (names.includes(to) || moves.some(([, path]) => tree.has(path)))
    return { texts: new Map(), problems: [] }
  const written = new Map<string, string>()
  const changed: ChangedVariable[] = []
  for (const { file, found } of groups) {
    const edits = renameGroup(found, { from, to })
    if (edits.length > 0) written.set(file, applyEdits(texts.get(file) ?? '', edits))
    for (const { line } of found.filter(({ name }) => name === from).slice(0, 1))
      changed.push({ file, line, key: from, from, to })
  }
  for (const [path, target] of moves)
    changed.push({ file: path, line: 1, key: nameOf(path), from: path, to: target })
  const title = `${name}: call the group ${from} ${to}`
  const edited = withTexts(tree, written)
  const moved = moves.flatMap(([path, target]): [string, Entry | undefined][] => [
    [path, undefined],
    [target, tree.get(path)],
  ])
  return {
    edit: { title, why, changed, ...edited, tree: withChanges(edited.tree, new Map(moved)) },
    texts: new Map([...written, ...movedTexts(moves, texts)]),
    gone: moves.map(([path]) => path),
    problems: [],
  }
}

function movedTexts(
  moves: readonly (readonly [string, string])[],
  texts: ReadonlyMap<string, string>,
): readonly [string, string][] {
  return moves.flatMap(([path, target]): [string, string][] => {
    const text = texts.get(path)
    return text === undefined ? [] : [[target, text]]
  })
}

/** Every file of the group's variables with its new path: `group_vars/old.yml`, and all below `group_vars/old/`. */
function movesOf(
  inventory: string,
  { from, to }: { readonly from: string; readonly to: string },
  tree: Tree,
): readonly (readonly [string, string])[] {
  const folder = inventory === '' ? 'group_vars' : `${inventory}/group_vars`
  return [...tree.keys()].flatMap((path) => {
    const isOwn =
      isInside(path, `${folder}/${from}`) || /^\.(?:ya?ml|json)$/.test(path.slice(`${folder}/${from}`.length))
    if (!path.startsWith(`${folder}/${from}`) || !isOwn) return []
    return [[path, `${folder}/${to}${path.slice(`${folder}/${from}`.length)}`] as const]
  })
}

function titleOf([first]: readonly ChangedVariable[]): string {
  return first ? whatChanged(first) : 'variables'
}

function whatChanged({ key, from, to }: ChangedVariable): string {
  if (to === undefined) return `remove ${key}`
  // A value of many lines has no place in a title.
  if (from === undefined || from.includes('\n')) return `set ${key} to ${to}`
  return from === key ? `call ${key} ${to}` : `${key} ${from} → ${to}`
}

function nameFor(inventory: string): string {
  return inventory === '' ? 'inventory' : inventory
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((each) => [`${each.message}\0${JSON.stringify(each.at)}`, each])).values()]
}
