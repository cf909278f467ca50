import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blobOid } from '../../src/core/model/oid.ts'
import type { Tree } from '../../src/core/model/tree.ts'
import { filesOf, findInventories, type Inventory } from '../../src/core/inventory/find-inventories.ts'
import { readSettings, type InventorySettings } from '../../src/core/inventory/read-settings.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/inventories')

/** The names of the inventory cases. */
export function inventoryCases(): readonly string[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/** The files below a folder of a case, by their path in the repository; none where the folder is missing. */
export function caseFiles(name: string, side: 'before' | 'after'): ReadonlyMap<string, string> {
  const folder = join(FIXTURES, name, side)
  const names = readdirSync(join(FIXTURES, name)).includes(side)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]))
}

/** What a case asks for, `undefined` where it asks for nothing. */
export function caseChanges(name: string): unknown {
  const file = join(FIXTURES, name, 'changes.json')
  return readdirSync(join(FIXTURES, name)).includes('changes.json')
    ? (JSON.parse(readFileSync(file, 'utf8')) as unknown)
    : undefined
}

export function treeOf(files: ReadonlyMap<string, string> | readonly string[]): Tree {
  const texts =
    files instanceof Map ? [...files] : [...(files as readonly string[])].map((path) => [path, ''] as const)
  return new Map(texts.map(([path, text]) => [path, { mode: '100644', oid: blobOid(Buffer.from(text)) }]))
}

interface ReadInventory {
  readonly inventory: Inventory
  readonly settings: InventorySettings
  readonly texts: ReadonlyMap<string, string>
}

/** Finds and reads the only inventory among some files. */
export function inventoryOf(files: ReadonlyMap<string, string>): ReadInventory {
  const [inventory, ...others] = findInventories(treeOf(files))
  if (!inventory || others.length > 0) throw new Error('there has to be exactly one inventory')
  const texts = new Map(filesOf(inventory).map((path) => [path, files.get(path) as string]))
  return { inventory, settings: readSettings(inventory, texts), texts }
}
