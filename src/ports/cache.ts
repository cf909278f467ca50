/**
 * Keeps what never changes under its name, as a git object under its id. It may forget anything at any time, and what it
 * was given must not be changed afterwards. Whoever shares one between repositories decides who may see what.
 */
export interface Cache {
  /** What it has of these; the rest is left out. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  write(entries: ReadonlyMap<string, Uint8Array>): Promise<void>
}
