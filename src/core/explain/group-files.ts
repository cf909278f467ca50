import type { Oid } from '../model/oid.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import { sayReason } from './say-reason.ts'

/** Files of a patch that became the same for the same reason; said once. */
export interface FileGroup {
  readonly verdict: Verdict
  readonly reason: string
  readonly upstream: readonly Oid[]
  /** `path`, or `path → to` where the release has it elsewhere. */
  readonly places: readonly string[]
}

/** The files of a patch by verdict and reason, in their order. */
export function groupFiles(files: readonly FileOutcome[]): readonly FileGroup[] {
  const groups = new Map<string, FileGroup & { readonly places: string[] }>()
  for (const outcome of files) {
    const { path, to, verdict, upstream } = outcome
    const reason = sayReason(outcome)
    const key = [verdict, reason, ...upstream].join('\0')
    const group = groups.get(key) ?? { verdict, reason, upstream, places: [] }
    group.places.push(path === to ? path : `${path} → ${to}`)
    groups.set(key, group)
  }
  return [...groups.values()]
}
