import {
  filesNamed,
  filesToDecide,
  inventoriesAsRun,
  type InventoriesAsRun,
} from '../../src/core/inventory/as-run/inventories-as-run.ts'
import type { Tree } from '../../src/core/model/tree.ts'
import { treeOf } from './inventory.ts'

/** The inventories of some files as they are run. Texts that were not asked for are not there, as where they are read over an API. */
export function runInventories(files: ReadonlyMap<string, string>, base?: Tree): InventoriesAsRun {
  const entries = [...treeOf(files)].map(([path, entry]) => {
    return [path, /\.py$/.test(path) ? { ...entry, mode: '100755' as const } : entry] as const
  })
  const tree: Tree = new Map(entries)
  const texts = new Map<string, string>()
  const read = (paths: readonly string[]): void => {
    for (const path of paths) texts.set(path, files.get(path) ?? '')
  }
  read(filesToDecide(tree, base))
  const { files: named, playbooks } = filesNamed({ tree, base, texts })
  read([...named, ...playbooks])
  return inventoriesAsRun({ tree, base, texts })
}
