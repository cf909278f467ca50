import { alwaysRefusing } from '../../catalogue/value-checks.ts'
import { optional } from '../../model/defined.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { BUILT_WITH, type BuiltWith } from '../../plan/built-with.ts'
import { asBoolean } from '../resolve-setting.ts'
import type { InventorySettings } from '../read-settings.ts'
import { renderedDefaults, type RenderedDefaults, type ScalarDefault } from './rendered-defaults.ts'

/** A default that the running cluster was built with, and that the release gone to has otherwise. */
interface KeptDefault {
  readonly name: string
  readonly decides: string
  /** What the cluster has, and what it would get. */
  readonly before: ScalarDefault
  readonly after: ScalarDefault
  /** Where the release gone to takes only other values than the cluster has: then nothing can be written down. */
  readonly refused?: { readonly path: string; readonly allowed: readonly string[] }
}

interface KeptQuestion {
  readonly settings: Pick<InventorySettings, 'named'>
  readonly from: Catalogue
  readonly to: Catalogue
}

/**
 * Defaults that an inventory leaves to the release, a running cluster is built with, and a step would change. The table has the
 * container manager before what depends on it, so that each is asked of the release gone to with those before it written down.
 */
export function keptDefaults({ settings, from, to }: KeptQuestion): readonly KeptDefault[] {
  const before = renderedDefaults(from, settings)
  const kept: KeptDefault[] = []
  for (const each of BUILT_WITH) {
    if (settings.named.has(each.name) || !isOfCluster(each, before)) continue
    const after = renderedDefaults(to, settings, new Map(kept.map(({ name, before: has }) => [name, has])))
    const change = changeOf(each, before, after)
    if (change) kept.push({ ...change, ...refusalOf(change, to) })
  }
  return kept
}

function isOfCluster({ only }: BuiltWith, before: RenderedDefaults): boolean {
  if (!only) return true
  const { networkPlugin, containerManager, on } = only
  return (
    (networkPlugin === undefined || before.value('kube_network_plugin') === networkPlugin) &&
    (containerManager === undefined || before.value('container_manager') === containerManager) &&
    (on === undefined || on.some((name) => asBoolean(before.value(name)) === true))
  )
}

function changeOf(
  { name, decides, unset }: BuiltWith,
  before: RenderedDefaults,
  after: RenderedDefaults,
): KeptDefault | undefined {
  // What the release gone to no longer defines is a matter of what took its place.
  if (!after.has(name)) return undefined
  const fallback = unset === undefined ? undefined : before.template(unset)
  const [has, gets] = [before.has(name) ? before.value(name) : fallback, after.value(name)]
  if (has === undefined || gets === undefined || String(has) === String(gets)) return undefined
  return { name, decides, before: has, after: gets }
}

function refusalOf({ name, before }: KeptDefault, { valueChecks }: Catalogue): Pick<KeptDefault, 'refused'> {
  const refusing = alwaysRefusing(valueChecks, name, String(before))
  return optional(refusing, ({ path, accepts }) => ({ refused: { path, allowed: accepts } })) ?? {}
}
