import type { UnknownInventoryFacts } from '../../core/explain/trouble/inventory-note.ts'
import {
  inventoryNote,
  leftOutInventory,
  unknownInventory,
} from '../../core/explain/trouble/inventory-note.ts'
import {
  filesNamed,
  filesToDecide,
  inventoriesAsRun,
  inventoryOfFile,
  type InventoriesAsRun,
  type InventoryAsRun,
} from '../../core/inventory/as-run/inventories-as-run.ts'
import { filesOf, inventoryIn, type Inventory } from '../../core/inventory/find-inventories.ts'
import { noText } from '../../core/inventory/no-text.ts'
import { readSettings, type InventorySettings } from '../../core/inventory/read-settings.ts'
import { defined } from '../../core/model/defined.ts'
import { nearest } from '../../core/model/nearest.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readTexts } from './read-texts.ts'

/** An inventory with its texts and what it sets. */
export interface ReadInventory {
  readonly inventory: Inventory
  /** Of its own files, and of those that share its folder. */
  readonly texts: ReadonlyMap<string, string>
  readonly settings: InventorySettings
  /** Files of it that are no text at all. */
  readonly noTexts: readonly Problem[]
  /** What a person should know of how it is read. */
  readonly notes: readonly Problem[]
}

interface InventoriesQuestion {
  readonly tree: Tree
  /** The tree of the release: inventories that it has itself are nobody's cluster. */
  readonly base?: Tree | undefined
  /** Those that the settings or a command name, by folder or by file of hosts; none: all that are found. */
  readonly wanted: readonly string[]
  /** Who names them. */
  readonly wantedBy: UnknownInventoryFacts['by']
}

interface ReadInventories {
  readonly inventories: readonly ReadInventory[]
  /** What looks like an inventory and does not count, each with the reason. */
  readonly leftOut: readonly Problem[]
}

/** Reads the inventories of a tree as they are run: the one answer that plans, audits and steps share. */
export async function readInventories(
  store: Pick<ObjectReader, 'readBlobs'>,
  question: InventoriesQuestion,
): Promise<ReadInventories> {
  const { tree, base, wanted } = question
  const read = await readTexts(store, tree, [...filesToDecide(tree, base), ...wanted])
  const named = filesNamed({ tree, base, texts: read.texts })
  const more = await readTexts(store, tree, [...named.files, ...named.playbooks])
  const texts = new Map([...read.texts, ...more.texts])
  const noTexts = new Map([...read.noTexts, ...more.noTexts])
  const asked = { tree, base, texts }
  const found = inventoriesAsRun(asked)
  const chosen = wanted.length > 0 ? chosenOf(found, asked, question) : found.inventories
  return {
    inventories: chosen.map((each) => readOne(each, texts, noTexts)),
    leftOut: wanted.length > 0 ? [] : found.leftOut.map(leftOutInventory),
  }
}

function readOne(
  { inventory, notes }: InventoryAsRun,
  all: ReadonlyMap<string, string>,
  noTexts: ReadonlyMap<string, Uint8Array>,
): ReadInventory {
  const texts = new Map<string, string>()
  for (const path of [...filesOf(inventory), ...inventory.besides]) {
    const text = all.get(path)
    if (text !== undefined) texts.set(path, text)
  }
  return {
    inventory,
    texts,
    settings: readSettings(inventory, texts),
    noTexts: filesOf(inventory).flatMap((path) => {
      const bytes = noTexts.get(path)
      return bytes ? [noText(path, bytes)] : []
    }),
    notes: notes.map(inventoryNote),
  }
}

/** A folder stands for all that is run in it; a file of hosts for itself. What is named counts, whoever else runs it. */
function chosenOf(
  { all: inventories }: InventoriesAsRun,
  asked: Parameters<typeof inventoryOfFile>[0],
  { tree, wanted, wantedBy }: InventoriesQuestion,
): readonly InventoryAsRun[] {
  const chosen = wanted.flatMap((path) => {
    const named = [
      inventories.filter(({ inventory }) => inventory.path === path),
      inventories.filter(({ inventory }) => inventory.folder === path),
      inventories.filter(
        ({
          inventory: {
            hostFiles: [first, ...more],
          },
        }) => first === path && more.length === 0,
      ),
      // Upstream's own ones are looked for by nobody, and may be meant.
      [inventoryIn(tree, path)].filter((each) => filesOf(each).length > 0).map(withoutNotes),
    ].find((found) => found.length > 0)
    const file = named ? undefined : inventoryOfFile(asked, path)
    if (named ?? file) return named ?? (file ? [file] : [])
    const near = nearest(
      path,
      inventories.map(({ inventory }) => inventory.path),
    )
    throw new Refusal(unknownInventory({ path, by: wantedBy, ...defined({ near }) }))
  })
  return [...new Map(chosen.map((each) => [each.inventory.path, each])).values()]
}

function withoutNotes(inventory: Inventory): InventoryAsRun {
  return { inventory, notes: [] }
}
