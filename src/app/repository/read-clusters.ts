import { defined } from '../../core/model/defined.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { UnreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { readFacts, type InventoryFacts, type ReleaseDefaults } from '../../core/inventory/read-facts.ts'
import type { Inventory } from '../../core/inventory/find-inventories.ts'
import { asBoolean } from '../../core/inventory/resolve-setting.ts'
import { unreadableIn } from '../../core/inventory/unreadable-in.ts'
import type { InventorySettings } from '../../core/inventory/read-settings.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readInventories, type ReadInventory } from './read-inventories.ts'

/** An inventory with its texts, what it sets, and what that comes to on the release it is used with. */
export interface Cluster {
  readonly inventory: Inventory
  readonly texts: ReadonlyMap<string, string>
  readonly settings: InventorySettings
  readonly facts: InventoryFacts
  /** What a person should know of how it is read. */
  readonly notes: readonly Problem[]
}

interface ClustersQuestion {
  readonly tree: Tree
  /** The tree of the release: inventories that it has itself are nobody's cluster. */
  readonly base: Tree
  /** What the tree's own roles hold. */
  readonly catalogue: Catalogue
  /** The folders and files of hosts that the config names; none: all that are found. */
  readonly folders: readonly string[]
  /** The Kubernetes that is said to run, whatever the inventories say. */
  readonly running?: string | undefined
}

/** The inventories of a tree that can be worked with, and those that cannot. */
interface Clusters {
  readonly clusters: readonly Cluster[]
  /** What Ansible could not read either. Nothing of such an inventory is believed or edited. */
  readonly unread: readonly UnreadInventory[]
  /** What looks like an inventory and does not count, each with the reason. */
  readonly leftOut: readonly Problem[]
}

/** Reads the inventories of a tree as they are run. What names an architecture that nobody knows is refused at its place. */
export async function readClusters(
  store: Pick<ObjectReader, 'readBlobs'>,
  { tree, base, catalogue, folders, running }: ClustersQuestion,
): Promise<Clusters> {
  const { inventories, leftOut } = await readInventories(store, {
    tree,
    base,
    wanted: folders,
    wantedBy: 'config',
  })
  const faultsOf = ({ noTexts, settings }: ReadInventory): readonly Problem[] => [
    ...noTexts,
    ...unreadableIn(settings.problems),
  ]
  const clusters = inventories
    .filter((each) => faultsOf(each).length === 0)
    .map(({ inventory, texts, settings, notes }): Cluster => {
      const facts = readFacts(inventory, settings, defaultsOf(catalogue))
      return { inventory, texts, settings, notes, facts: withRunning(facts, running) }
    })
  const fatal = clusters.flatMap(({ facts }) => facts.architectures.problems)
  if (fatal.length > 0) throw new Refusal(fatal)
  const unread = inventories
    .map((each) => ({ path: each.inventory.path, problems: faultsOf(each) }))
    .filter(({ problems }) => problems.length > 0)
  return { clusters, unread, leftOut }
}

/** What is set stays where it is set; what it comes to is what was said. */
function withRunning(facts: InventoryFacts, running: string | undefined): InventoryFacts {
  return running === undefined ? facts : { ...facts, kubernetes: { ...facts.kubernetes, value: running } }
}

/** What a person should know of an inventory, though it can be worked with: values set twice, files that are not read. */
export function problemsOf({ settings, notes }: Cluster): readonly Problem[] {
  return [...settings.problems, ...notes]
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
