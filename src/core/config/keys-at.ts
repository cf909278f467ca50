import type { ConfigPath } from '../yaml/values/read-config-source.ts'
import { configJsonSchema } from './config-schema.ts'

/** A key as the JSON schema describes it; the parts of JSON Schema that our schema makes use of. */
export interface KeySchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: KeySchema
  readonly properties?: Readonly<Record<string, KeySchema>>
  readonly additionalProperties?: KeySchema | false
}

/** The whole file as a key. */
export function rootKey(): KeySchema {
  return configJsonSchema()
}

/** The keys that may stand at a path. */
export function keysAt(path: ConfigPath): readonly string[] {
  let key: KeySchema | undefined = rootKey()
  for (const part of path) key = typeof part === 'number' ? key?.items : below(key, part)
  return Object.keys(key?.properties ?? {})
}

/** What stands behind a name; in a mapping of free names the same behind each. */
function below(key: KeySchema | undefined, name: string): KeySchema | undefined {
  return key?.properties?.[name] ?? (key?.additionalProperties || undefined)
}
