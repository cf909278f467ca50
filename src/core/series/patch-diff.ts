/** One file of a patch as its author wrote it and as it stands on the release, for a person to compare. */
export interface PatchDiff {
  readonly path: string
  readonly to: string
  /** Lines of a unified diff without file names; empty where nothing is left to show. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Whether both change the same lines, wherever these stand now. */
  readonly same: boolean
  /** Why there is nothing to show: the file's content is not text, too long, not in the clone, or none of our business. */
  readonly hidden?: 'binary' | 'long' | 'missing' | 'private'
}
