import { flat } from '../../src/core/explain/blocks/text.ts'
import { reasons } from '../../src/core/explain/reasons.ts'
import type { MergeReason } from '../../src/core/model/merge-reason.ts'

/** Each reason as a reader has it. */
export function inWords(found: readonly MergeReason[]): readonly string[] {
  return found.map((reason) => flat(reasons([reason])))
}
