import { addTo } from '../../model/collections/grouped.ts'
import { neighbour, type IsTold, type ReadFile } from './changed-runs.ts'

/** One of the places at which a line stands in some files. */
interface Standing {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly above: string
  readonly below: string
}

/** Where these lines stand, and what stands around them. */
export function standingIn(
  files: readonly ReadFile[],
  texts: ReadonlySet<string>,
  isTold: IsTold,
): ReadonlyMap<string, readonly Standing[]> {
  const found = new Map<string, Standing[]>()
  for (const { path, lines } of files) {
    lines.forEach((text, at) => {
      if (!texts.has(text)) return
      const around = { above: neighbour(lines, at, -1, isTold), below: neighbour(lines, at, 1, isTold) }
      addTo(found, text, { file: path, line: at + 1, ...around })
    })
  }
  return found
}
