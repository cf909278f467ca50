import { defined } from '../../core/model/defined.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { UnreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { readFacts, type InventoryFacts, type ReleaseDefaults } from '../../core/inventory/read-facts.ts'
import { filesOf, findInventories, type Inventory } from '../../core/inventory/find-inventories.ts'
import { asBoolean } from '../../core/inventory/resolve-setting.ts'
import { noText } from '../../core/inventory/no-text.ts'
import { unreadableIn } from '../../core/inventory/unreadable-in.ts'
import { readSettings, type InventorySettings } from '../../core/inventory/read-settings.ts'
import { nearest } from '../../core/model/nearest.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** An inventory with its texts, what it sets, and what that comes to on the release it is used with. */
export interface Cluster {
  readonly inventory: Inventory
  readonly texts: ReadonlyMap<string, string>
  readonly settings: InventorySettings
  readonly facts: InventoryFacts
}

interface ClustersQuestion {
  readonly tree: Tree
  /** The tree of the release: inventories that it has itself are nobody's cluster. */
  readonly base: Tree
  /** What the tree's own roles hold. */
  readonly catalogue: Catalogue
  /** The folders the config names; none: all that are found. */
  readonly folders: readonly string[]
  /** The Kubernetes that is said to run, whatever the inventories say. */
  readonly running?: string | undefined
}

/** The inventories of a tree that can be worked with, and those that cannot. */
interface Clusters {
  readonly clusters: readonly Cluster[]
  /** What Ansible could not read either. Nothing of such an inventory is believed or edited. */
  readonly unread: readonly UnreadInventory[]
}

/**
 * Reads the inventories of a tree. Upstream's sample is among them only where there is nothing else. What names an architecture that
 * nobody knows is refused at its place.
 */
export async function readClusters(
  store: Pick<ObjectReader, 'readBlobs'>,
  question: ClustersQuestion,
): Promise<Clusters> {
  const { tree, catalogue } = question
  const inventories = chosenInventories(question)
  const paths = inventories.flatMap((inventory) => filesOf(inventory))
  const blobs = await store.readBlobs([...new Set(paths.map((path) => tree.get(path)?.oid as Oid))])
  const unreadable = new Map<string, Problem>()
  const all = inventories.map((inventory): Cluster => {
    const texts = new Map<string, string>()
    for (const path of filesOf(inventory)) {
      const bytes = blobs.get(tree.get(path)?.oid as Oid)
      const text = bytes && decodeText(bytes)
      if (text !== undefined) texts.set(path, text)
      else if (bytes) unreadable.set(path, noText(path, bytes))
    }
    const settings = readSettings(inventory, texts)
    const facts = readFacts(inventory, settings, defaultsOf(catalogue))
    return { inventory, texts, settings, facts: withRunning(facts, question.running) }
  })
  const faultsOf = ({ inventory, settings }: Cluster): readonly Problem[] => [
    ...filesOf(inventory).flatMap((path) => unreadable.get(path) ?? []),
    ...unreadableIn(settings.problems),
  ]
  const clusters = all.filter((each) => faultsOf(each).length === 0)
  const fatal = clusters.flatMap(({ facts }) => facts.architectures.problems)
  if (fatal.length > 0) throw new Refusal(fatal)
  const unread = all
    .map((each) => ({ path: each.inventory.path, problems: faultsOf(each) }))
    .filter(({ problems }) => problems.length > 0)
  return { clusters, unread }
}

/** What is set stays where it is set; what it comes to is what was said. */
function withRunning(facts: InventoryFacts, running: string | undefined): InventoryFacts {
  return running === undefined ? facts : { ...facts, kubernetes: { ...facts.kubernetes, value: running } }
}

/** What a person should know of an inventory, though it can be worked with: values set twice, files that are not read. */
export function problemsOf({ settings }: Cluster): readonly Problem[] {
  return settings.problems
}

function chosenInventories({ tree, base, folders }: ClustersQuestion): readonly Inventory[] {
  if (folders.length === 0) return findInventories(tree, base)
  const all = findInventories(tree)
  return folders.map((folder) => {
    const found = all.find(({ path }) => path === folder)
    if (found) return found
    const near = nearest(
      folder,
      all.map(({ path }) => path),
    )
    const hint = near ? `Did you mean \`${near}\`?` : 'Please correct `inventories` in the settings.'
    throw new Refusal({
      code: 'unknown-inventory',
      message: `The config names the inventory \`${folder}\`, and there is no file of hosts or \`group_vars\` in that folder. ${hint}`,
    })
  })
}

function defaultsOf({ kubernetes, networkPlugins, containerManager, addons }: Catalogue): ReleaseDefaults {
  const switches = Object.entries(addons).flatMap(([flag, addon]): [string, boolean][] => {
    const isOn = asBoolean(addon.default)
    return isOn === undefined ? [] : [[flag, isOn]]
  })
  return {
    ...defined({ kubernetes: kubernetes.default }),
    ...defined({ networkPlugin: networkPlugins.default }),
    ...defined({ containerManager: containerManager.default }),
    addons: new Map(switches),
  }
}
