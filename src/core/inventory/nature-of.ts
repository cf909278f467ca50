import { hasJinja } from '../yaml/jinja/read-jinja.ts'
import { isTagged, type YamlValue } from '../yaml/values/yaml-value.ts'
import type { Setting } from './setting.ts'

/** Whether a value is one that only Ansible, or only who has the key, can read. */
export function natureOf(value: YamlValue): Setting['nature'] {
  if (isTagged(value)) return value.tag.startsWith('!vault') ? 'encrypted' : 'plain'
  return typeof value === 'string' && hasJinja(value) ? 'template' : 'plain'
}

/** Whether nobody can tell from the repository what a value comes to. */
export function isUnknownHere({ nature }: Pick<Setting, 'nature'>): boolean {
  return nature === 'encrypted' || nature === 'at-run' || nature === 'asked'
}
