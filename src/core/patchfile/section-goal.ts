import type { PatchedFile } from './apply-mail.ts'
import type { PatchSection } from './patch-file.ts'

/** What a section is to do from now on. */
export interface SectionGoal {
  readonly strip: number
  readonly old: { readonly from?: string; readonly to?: string }
  /** Where it is moved or copied from. */
  readonly from?: string
  readonly to: string
  readonly before?: PatchedFile
  readonly after?: PatchedFile
  /** A section whose form a new one takes. */
  readonly like?: PatchSection | undefined
}
