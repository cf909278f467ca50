import { PythonNumber } from '../yaml/values/python-number.ts'
import type { YamlValue } from '../yaml/values/yaml-value.ts'
import type { Setting } from './setting.ts'
import { clusterSetting, type InventorySettings } from './read-settings.ts'

/** Longer chains of variables that only pass on others do not occur; the limit ends circles. */
const MOST_STEPS = 5

/**
 * What a setting comes to: a template that only names another variable of the inventory is followed; anything else that
 * only Ansible can work out is `undefined`.
 */
export function resolveSetting(
  settings: Pick<InventorySettings, 'named'>,
  setting: Setting,
): YamlValue | undefined {
  const { nature, value } = namedVariable(settings, setting)
  return nature === 'plain' ? value : undefined
}

/** The same as text: a version that YAML takes for a number (`1.30`) is meant as it is written. */
export function resolveText(
  settings: Pick<InventorySettings, 'named'>,
  setting: Setting,
): string | undefined {
  const { nature, value, written } = namedVariable(settings, setting)
  if (nature !== 'plain') return undefined
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || value instanceof PythonNumber ? written.trim() : undefined
}

/** The setting that holds the value of another one: itself, or what its template names. */
export function namedVariable(settings: Pick<InventorySettings, 'named'>, setting: Setting): Setting {
  let current = setting
  for (let step = 0; step < MOST_STEPS; step++) {
    if (current.nature !== 'template' || typeof current.value !== 'string') return current
    const name = /^\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}$/.exec(current.value.trim())?.[1]
    const next = name === undefined ? undefined : clusterSetting(settings, name)
    if (!next) return current
    current = next
  }
  return setting
}

/** What Ansible's `bool` filter makes of a value; `undefined` for what it would not take either. */
export function asBoolean(value: YamlValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number' || value instanceof PythonNumber) return [false, true][Number(value)]
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  if (/^(?:yes|on|1|true|y|t)$/.test(text)) return true
  return /^(?:no|off|0|false|n|f)$/.test(text) ? false : undefined
}
