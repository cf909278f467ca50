import type { ConfigPath } from '../yaml/values/read-config-source.ts'

/** What a config says and must not. */
export interface BrokenRule {
  readonly code: string
  readonly message: string
  readonly path: ConfigPath
  /** What to point at: the key, or what stands behind it. */
  readonly mark: 'key' | 'value'
}
