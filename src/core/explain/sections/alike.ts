import { grouped } from '../../model/collections/grouped.ts'
import type { Severity } from '../../audit/finding.ts'

/** What is said of a place: with the same weight and the same words it is said once for all of its places. */
interface Said {
  readonly severity: Severity
  readonly message: string
}

/** Remarks in their order, those that say the same beside the first of them. */
export function alike<R extends Said>(remarks: readonly R[]): readonly (readonly [R, ...R[]])[] {
  const groups = grouped(remarks, ({ severity, message }) => `${severity} ${message}`)
  return [...groups.values()] as [R, ...R[]][]
}
