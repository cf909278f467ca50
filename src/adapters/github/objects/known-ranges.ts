import { addTo } from '../../../core/model/collections/grouped.ts'
import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { LogRange } from '../../../ports/object-store.ts'

interface Kept {
  readonly not: ReadonlySet<Oid>
  readonly commits: ReadonlyMap<Oid, Commit>
}

/** Ranges of history that were found in this sitting: one that leaves out more of the same needs no question. */
export class KnownRanges {
  readonly #kept = new Map<Oid, Kept[]>()

  keep({ to, not }: LogRange, commits: readonly Commit[]): void {
    const kept = { not: new Set(not), commits: new Map(commits.map((commit) => [commit.oid, commit])) }
    addTo(this.#kept, to, kept)
  }

  /** The commits of a range, where a wider one is known that holds everything the range leaves out beyond it. */
  within({ to, not }: LogRange): readonly Oid[] | undefined {
    const wanted = new Set(not)
    for (const kept of this.#kept.get(to) ?? []) {
      if (![...kept.not].every((oid) => wanted.has(oid))) continue
      const more = not.filter((oid) => !kept.not.has(oid))
      if (more.every((oid) => kept.commits.has(oid))) return without(kept.commits, more)
    }
    return undefined
  }
}

function without(commits: ReadonlyMap<Oid, Commit>, tips: readonly Oid[]): readonly Oid[] {
  const outside = new Set<Oid>()
  const open = [...tips]
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const commit = commits.get(oid)
    if (!commit || outside.has(oid)) continue
    outside.add(oid)
    open.push(...commit.parents)
  }
  return [...commits.keys()].filter((oid) => !outside.has(oid))
}
