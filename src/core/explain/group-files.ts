import type { MergeReason } from '../model/merge-reason.ts'
import type { Oid } from '../model/oid.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import { flat, type Text } from './blocks/text.ts'
import { reasonText } from './say-reason.ts'

/** Files of a patch that became the same for the same reason; said once. */
export interface FileGroup {
  readonly verdict: Verdict
  readonly reason: Text
  /** Upstream commits that the reason does not name by itself. */
  readonly unnamed: readonly Oid[]
  /** `path`, or `path → to` where the release has it elsewhere. */
  readonly places: readonly string[]
}

/** The files of a patch by verdict and reason, in their order. */
export function groupFiles(files: readonly FileOutcome[]): readonly FileGroup[] {
  const groups = new Map<string, FileGroup & { readonly places: string[] }>()
  for (const outcome of files) {
    const { path, to, verdict, upstream, reasons } = outcome
    const reason = reasonText(outcome)
    const key = [verdict, flat(reason), ...upstream].join('\0')
    const named = new Set(reasons.flatMap(commitsIn))
    const unnamed = upstream.filter((oid) => !named.has(oid))
    const group = groups.get(key) ?? { verdict, reason, unnamed, places: [] }
    group.places.push(path === to ? path : `${path} → ${to}`)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function commitsIn(reason: MergeReason): readonly Oid[] {
  const one = 'commit' in reason && reason.commit ? [reason.commit.oid] : []
  const many = 'commits' in reason ? reason.commits.map(({ oid }) => oid) : []
  return [...one, ...many, ...('by' in reason ? [reason.by.oid] : [])]
}
