import type { Catalogue } from '../catalogue/catalogue.ts'
import { asBoolean, resolveSetting } from '../inventory/resolve-setting.ts'
import { clusterSetting, type InventorySettings } from '../inventory/read-settings.ts'
import type { Architecture } from '../model/architecture.ts'
import { compareReleases, type ReleaseTag } from '../model/release-tag.ts'
import { KNOWN_NOTES } from './known-notes.ts'
import type { ReleaseNote, Touches } from './release-note.ts'

interface NotesQuestion {
  readonly from: ReleaseTag
  readonly to: ReleaseTag
  /** What the release that runs now would do where the inventory is silent. */
  readonly catalogue: Catalogue
  readonly settings: InventorySettings
  readonly architectures: readonly Architecture[]
}

/** The notes of a step that touch this cluster: those of releases after the one that runs, up to the one it goes to. */
export function notesFor(question: NotesQuestion): readonly ReleaseNote[] {
  return KNOWN_NOTES.filter(
    ({ release, touches }) =>
      compareReleases(question.from, release) < 0 &&
      compareReleases(release, question.to) <= 0 &&
      isTouched(touches, question),
  )
}

function isTouched(touches: Touches, question: NotesQuestion): boolean {
  const { settings, catalogue, architectures } = question
  const names = new Set(settings.settings.map(({ name }) => name))
  const isSet = (pattern: string): boolean => [...names].some((name) => matches(pattern, name))
  const value = (name: string, fallback: string | undefined): string | undefined => {
    const setting = clusterSetting(settings, name)
    const resolved = setting && resolveSetting(settings, setting)
    if (!setting) return fallback
    return typeof resolved === 'string' ? resolved : undefined
  }
  const isSettled = ([name, enough]: readonly [string, readonly string[]]): boolean => {
    const now = names.has(name) ? value(name, undefined) : ''
    return now === undefined || enough.includes(now)
  }
  const plugin = value('kube_network_plugin', catalogue.networkPlugins.default)
  const manager = value('container_manager', catalogue.containerManager.default)
  return (
    (touches.sets?.some(isSet) ?? true) &&
    !Object.entries(touches.unless ?? {}).some(isSettled) &&
    (touches.leaves?.every((name) => !names.has(name)) ?? true) &&
    (touches.networkPlugin?.some((each) => each === plugin) ?? true) &&
    (touches.containerManager?.some((each) => each === manager) ?? true) &&
    (touches.architectures?.some((each) => architectures.includes(each)) ?? true) &&
    (touches.on?.some((flag) => isOn(flag, question)) ?? true)
  )
}

function isOn(flag: string, { settings, catalogue }: NotesQuestion): boolean {
  const setting = clusterSetting(settings, flag)
  return asBoolean(setting ? resolveSetting(settings, setting) : catalogue.switches[flag]) === true
}

function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1))
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
