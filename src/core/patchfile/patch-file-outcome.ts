/** What became of a patch file in a step. */
export interface PatchFileOutcome {
  readonly path: string
  /** Where it stands for the release. */
  readonly to: string
  /**
   * `kept`: it does the same as it is, to the byte · `refreshed`: lines of it are others · `left-out`: nothing of it is left to do ·
   * `open`: it does not go onto the release, and stays as it was for a person to settle.
   */
  readonly became: 'kept' | 'refreshed' | 'left-out' | 'open'
  /** By their ids. */
  readonly patches: readonly string[]
}
