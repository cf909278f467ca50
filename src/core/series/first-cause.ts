import type { FileOutcome } from '../model/verdict.ts'
import type { Patch } from './series.ts'

interface Judged {
  readonly patch: Patch
  readonly files: readonly FileOutcome[]
  readonly cause?: Patch
}

/**
 * The earlier patch because of which a later one cannot be settled: it left one of the same files as the release has it, so the
 * later one does not find what it was written on. The first in the chain is named, since settling that one may settle them all.
 */
export function firstCause(files: readonly FileOutcome[], earlier: readonly Judged[]): Patch | undefined {
  const open = new Set(openPaths(files))
  const before = earlier.find((each) => openPaths(each.files).some((path) => open.has(path)))
  return before && (before.cause ?? before.patch)
}

/** The files a patch leaves open, by the release's paths. */
export function openPaths(files: readonly FileOutcome[]): readonly string[] {
  return files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => to)
}
