import type { Place } from '../model/problem.ts'
import { readConfigSource, type ConfigPath } from '../yaml/values/read-config-source.ts'
import { CONFIG_PATH } from './config-path.ts'
import { configSchema } from './config-schema.ts'
import { rootKey, type KeySchema } from './keys-at.ts'
import { withoutEmpty } from './read-config.ts'

/** One setting that holds, in the words of the file. */
export interface ConfigEntry {
  /** `kubernetes.follow` */
  readonly key: string
  /** `undefined`: nothing says it, and it is found. */
  readonly value: unknown
  /** Where it is said; absent where it is so by default. */
  readonly at?: Place
}

/** Every setting of a config that has no problems, in the order of the documents; of none without a text. */
export function configEntries(text = '', file = CONFIG_PATH): readonly ConfigEntry[] {
  const source = readConfigSource(text)
  const written = withoutEmpty(source.value ?? {})
  const filled = configSchema.parse(written)
  return leavesOf(rootKey(), filled, []).map((path) => {
    const entry = { key: path.join('.'), value: valueAt(filled, path) }
    return valueAt(written, path) === undefined
      ? entry
      : { ...entry, at: { file, ...source.placeOfKey(path) } }
  })
}

/** The paths of settings: those of the schema, and below a mapping of free names what is there. */
function leavesOf(key: KeySchema, value: unknown, path: ConfigPath): readonly ConfigPath[] {
  const names = Object.keys(key.properties ?? {})
  if (names.length > 0)
    return names.flatMap((name) =>
      leavesOf(key.properties?.[name] ?? {}, valueAt(value, [name]), [...path, name]),
    )
  const own = key.additionalProperties && typeof value === 'object' && value ? Object.keys(value) : []
  return own.length > 0 ? own.flatMap((name) => leavesThere(valueAt(value, [name]), [...path, name])) : [path]
}

function leavesThere(value: unknown, path: ConfigPath): readonly ConfigPath[] {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping) return [path]
  return Object.entries(value).flatMap(([name, each]) => leavesThere(each, [...path, name]))
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[part] : undefined,
    value,
  )
}
