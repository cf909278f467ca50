import { defined, optional } from '../model/defined.ts'
import { asBoolean, resolveSetting } from '../inventory/resolve-setting.ts'
import { clusterSetting, type InventorySettings } from '../inventory/read-settings.ts'
import type { VariableChange } from '../inventory/change.ts'
import type { Setting } from '../inventory/setting.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Architecture } from '../model/architecture.ts'
import type { Place } from '../model/problem.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import { isIn, isVariableOf, type AddonEntry, type AddonReason } from './addon-entry.ts'
import type { AddonPolicy } from './addon-policy.ts'
import { KNOWN_ADDONS } from './known-addons.ts'

interface AddonQuestion {
  /** The release that the cluster is going to run. */
  readonly release: ReleaseTag
  readonly catalogue: Catalogue
  readonly settings: InventorySettings
  readonly architectures: readonly Architecture[]
  /** What the config says, by the add-on's name with or without `_enabled`; else our advice counts. */
  readonly policies: ReadonlyMap<string, AddonPolicy>
}

/** What is proposed about one add-on in one inventory. */
export interface AddonAdvice {
  readonly addon: AddonEntry
  /** `value`: the inventory switches it on; `default`: the release does; `gone`: the release has no such add-on any more. */
  readonly on: 'value' | 'default' | 'gone'
  readonly policy: AddonPolicy
  readonly decidedBy: 'config' | 'advice'
  /** Where the inventory switches it on. */
  readonly at?: Place
  /** The version that the release would install. */
  readonly version?: string
  readonly reasons: readonly AddonReason[]
  /** What to change in the inventory; nothing where it is kept or a person is asked. */
  readonly changes: readonly VariableChange[]
  /** Variables of it that the inventory sets and the release no longer reads. */
  readonly leftovers: readonly { readonly name: string; readonly at: Place }[]
  /** The commands that take it away, for this release. */
  readonly removal: readonly string[]
  /** What to use instead, in this release. */
  readonly replacement: string
}

/** What is to be said, and done, about the add-ons of an inventory in a release. */
export function adviseOnAddons(question: AddonQuestion): readonly AddonAdvice[] {
  return KNOWN_ADDONS.flatMap((addon) => {
    const isThere = isIn(addon.bundled, question.release) && hasSwitch(addon, question.catalogue)
    const advice = isThere ? adviceOn(addon, question) : adviceOnGone(addon, question)
    return advice ? [advice] : []
  })
}

/** What the tree says outranks our dates: a fork may keep a role that upstream dropped, or drop one early. */
function hasSwitch({ flag }: AddonEntry, { switches, variables, addons }: Catalogue): boolean {
  return flag in switches || flag in addons || variables.some(({ name }) => name === flag)
}

function adviceOn(addon: AddonEntry, question: AddonQuestion): AddonAdvice | undefined {
  const setting = clusterSetting(question.settings, addon.flag)
  if (!isOn(addon, setting, question) || !concerns(addon, question.architectures)) return undefined
  const { policy, decidedBy } = policyFor(addon, question)
  const isAdvised = addon.advised === undefined || isIn(addon.advised, question.release)
  if (decidedBy === 'advice' && (policy === 'keep' || !isAdvised)) return undefined
  const version = addon.version === undefined ? undefined : question.catalogue.bundled[addon.version]
  return {
    addon,
    on: setting ? 'value' : 'default',
    policy,
    decidedBy,
    ...optional(setting, (setting) => ({ at: setting.at })),
    ...defined({ version }),
    reasons: addon.reasons.filter((reason) => isIn(reason, question.release)),
    changes: policy === 'disable' ? [{ kind: 'set', name: addon.flag, value: false }] : [],
    leftovers: [],
    removal: removalFor(addon, question.release),
    replacement: replacementFor(addon, question.release),
  }
}

/** An add-on that was on until its role went: it runs on, and its variables do nothing. */
function adviceOnGone(addon: AddonEntry, question: AddonQuestion): AddonAdvice | undefined {
  const { settings, release, catalogue } = question
  if (addon.bundled.until === undefined || isBefore(addon, release)) return undefined
  const known = new Set([...catalogue.variables, ...catalogue.sample].map(({ name }) => name))
  const left = settings.settings.filter(({ name }) => isVariableOf(addon, name) && !known.has(name))
  if (left.length === 0) return undefined
  const setting = clusterSetting(settings, addon.flag)
  const wasOn = setting !== undefined && asBoolean(resolveSetting(settings, setting)) === true
  const { policy, decidedBy } = policyFor(addon, question)
  return {
    addon,
    on: 'gone',
    policy,
    decidedBy,
    ...optional(setting, (setting) => ({ at: setting.at })),
    reasons: wasOn ? addon.reasons.filter((reason) => reason.until === undefined) : [],
    changes:
      policy === 'disable'
        ? [...new Set(left.map(({ name }) => name))].map((name) => ({ kind: 'remove' as const, name }))
        : [],
    leftovers: left.map(({ name, at }) => ({ name, at })),
    removal: wasOn ? removalFor(addon, addon.bundled.until) : [],
    replacement: replacementFor(addon, release),
  }
}

function isBefore({ bundled }: AddonEntry, release: ReleaseTag): boolean {
  return bundled.since !== undefined && !isIn({ since: bundled.since }, release)
}

function isOn(addon: AddonEntry, setting: Setting | undefined, question: AddonQuestion): boolean {
  if (setting) return asBoolean(resolveSetting(question.settings, setting)) === true
  return asBoolean(question.catalogue.switches[addon.flag]) === true
}

function concerns({ only }: AddonEntry, architectures: readonly Architecture[]): boolean {
  if (only === 'mixed') return architectures.length > 1
  return only === undefined || architectures.some((each) => each !== 'amd64')
}

function policyFor(
  { flag, advice }: AddonEntry,
  { policies }: AddonQuestion,
): Pick<AddonAdvice, 'policy' | 'decidedBy'> {
  const wanted = policies.get(flag) ?? policies.get(flag.replace(/_enabled$/, ''))
  return wanted === undefined
    ? { policy: advice, decidedBy: 'advice' }
    : { policy: wanted, decidedBy: 'config' }
}

function removalFor({ removal }: AddonEntry, release: string): readonly string[] {
  return removal.filter((each) => isIn(each, release)).map(({ command }) => command)
}

function replacementFor({ replacement }: AddonEntry, release: string): string {
  return replacement
    .filter((each) => isIn(each, release))
    .map(({ text }) => text)
    .join(' ')
}
