import { findArchitectures, type ArchitecturesTold } from './find-architectures.ts'
import type { Inventory } from './find-inventories.ts'
import { asBoolean, resolveSetting, resolveText } from './resolve-setting.ts'
import type { Setting } from './setting.ts'
import { clusterSetting, type InventorySettings } from './read-settings.ts'

/** What a release does where the inventory says nothing. */
export interface ReleaseDefaults {
  readonly kubernetes?: string
  readonly networkPlugin?: string
  readonly containerManager?: string
  /** Add-on switch → whether it is on. */
  readonly addons: ReadonlyMap<string, boolean>
}

/** What a planner needs to know of an inventory. */
export interface InventoryFacts {
  readonly path: string
  readonly kubernetes: Fact
  readonly networkPlugin: Fact
  readonly containerManager: Fact
  /** Every switch the release has or the inventory sets, sorted by name. */
  readonly addons: readonly AddonFact[]
  readonly architectures: ArchitecturesTold
  /** Versions that it sets itself, by component: `calico` for `calico_version`. */
  readonly pinned: ReadonlyMap<string, string>
}

/** A value and where it comes from. */
interface Fact {
  /** `undefined`: a template or an encrypted value, or there is neither a setting nor a default. */
  readonly value: string | undefined
  /** Absent: the release's default. */
  readonly setting?: Setting
}

interface AddonFact {
  readonly flag: string
  readonly enabled: boolean | undefined
  /** Absent: the release's default. */
  readonly setting?: Setting
}

/** An inventory's facts: what it sets, and what the release it is used with sets where it is silent. */
export function readFacts(
  inventory: Inventory,
  settings: InventorySettings,
  defaults: ReleaseDefaults,
): InventoryFacts {
  const fact = (name: string, fallback: string | undefined): Fact => {
    const setting = clusterSetting(settings, name)
    if (!setting) return { value: fallback }
    return { value: resolveText(settings, setting), setting }
  }
  return {
    path: inventory.path,
    kubernetes: fact('kube_version', defaults.kubernetes),
    networkPlugin: fact('kube_network_plugin', defaults.networkPlugin),
    containerManager: fact('container_manager', defaults.containerManager),
    addons: readAddons(settings, defaults.addons),
    architectures: findArchitectures(settings),
    pinned: readPinned(settings),
  }
}

function readPinned(settings: InventorySettings): ReadonlyMap<string, string> {
  const versions = [...settings.named.keys()].flatMap((name): [string, string][] => {
    const component = /^(\w+)_version$/.exec(name)?.[1]
    const setting = component === undefined ? undefined : clusterSetting(settings, name)
    const value = setting && resolveText(settings, setting)
    return component !== undefined && value !== undefined && /^v?\d/.test(value) ? [[component, value]] : []
  })
  return new Map(versions)
}

/** Switches are the variables named `…_enabled` that are on or off; what is a template is told as neither. */
function readAddons(
  settings: InventorySettings,
  defaults: ReadonlyMap<string, boolean>,
): readonly AddonFact[] {
  const set = settings.settings.map(({ name }) => name).filter((name) => /_enabled$/.test(name))
  return [...new Set([...defaults.keys(), ...set])].sort().flatMap((flag): readonly AddonFact[] => {
    const setting = clusterSetting(settings, flag)
    if (!setting) return defaults.has(flag) ? [{ flag, enabled: defaults.get(flag) }] : []
    return [{ flag, enabled: asBoolean(resolveSetting(settings, setting)), setting }]
  })
}
