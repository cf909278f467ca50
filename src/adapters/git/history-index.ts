import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { LOG_FORMAT, parseLog } from './parse.ts'
import { runGit, type GitLocation } from './run-git.ts'

/**
 * The commit graph with what each commit changed, read once and kept. One `git log` over all of Kubespray takes 0.4 s;
 * one for each question of a batch would take longer than the merges.
 */
export class HistoryIndex {
  readonly #location: GitLocation
  readonly #commits = new Map<Oid, LoggedCommit>()
  readonly #tips: Oid[] = []
  readonly #ranges = new Map<string, readonly LoggedCommit[]>()
  readonly #ancestors = new Map<Oid, ReadonlySet<Oid>>()
  #reading: Promise<void> = Promise.resolve()

  constructor(location: GitLocation) {
    this.#location = location
  }

  /** Commits reachable from `to` and not from `not`, children before parents. */
  async range(to: Oid, not: readonly Oid[]): Promise<readonly LoggedCommit[]> {
    const key = [to, ...not].join(' ')
    const kept = this.#ranges.get(key)
    if (kept) return kept
    await this.#index([to, ...not])
    const out = not.map((each) => this.#reachable(each))
    const range = this.#ordered(to, (oid) => out.some((set) => set.has(oid)))
    remember(this.#ranges, key, range)
    return range
  }

  async mergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    await this.#index([a, b])
    const ofA = this.#reachable(a)
    if (ofA.has(b)) return b
    // The first common commit in an order of children before parents has no common descendant.
    return this.#ordered(b, () => false).find(({ oid }) => ofA.has(oid))?.oid
  }

  /** Reads what is not known yet; readings queue up, so that no commit is read twice. */
  #index(tips: readonly Oid[]): Promise<void> {
    const before = this.#reading.catch(() => {}) // a reading that failed fails alone
    this.#reading = before.then(async () => {
      const unknown = [...new Set(tips)].filter((tip) => !this.#commits.has(tip))
      if (unknown.length === 0) return
      const input = [...unknown, ...this.#tips.map((tip) => `^${tip}`)].join('\n') + '\n'
      const args = [
        'log',
        '-z',
        '--raw',
        '--no-renames',
        '--no-abbrev',
        '--date=raw',
        '--encoding=UTF-8',
        '--topo-order',
      ]
      const output = await runGit(
        this.#location,
        [
          ...args,
          '--no-show-signature',
          '--diff-merges=first-parent',
          '--root',
          `--format=${LOG_FORMAT}`,
          '--stdin',
        ],
        input,
      )
      for (const commit of parseLog(output)) this.#commits.set(commit.oid, commit)
      this.#tips.push(...unknown)
    })
    return this.#reading
  }

  #reachable(from: Oid): ReadonlySet<Oid> {
    const kept = this.#ancestors.get(from)
    if (kept) return kept
    const seen = new Set<Oid>([from])
    const open = [from]
    for (let oid = open.pop(); oid; oid = open.pop()) {
      for (const parent of this.#commits.get(oid)?.parents ?? []) {
        if (!seen.has(parent)) {
          seen.add(parent)
          open.push(parent)
        }
      }
    }
    remember(this.#ancestors, from, seen)
    return seen
  }

  /** Children before parents, first parents last among equals, so that a line of history stays together. */
  #ordered(to: Oid, isOut: (oid: Oid) => boolean): LoggedCommit[] {
    const done: LoggedCommit[] = []
    const seen = new Set<Oid>()
    const stack: { oid: Oid; next: number }[] = isOut(to) ? [] : [{ oid: to, next: 0 }]
    seen.add(to)
    while (stack.length) {
      const top = stack[stack.length - 1] as { oid: Oid; next: number }
      const commit = this.#commits.get(top.oid)
      const parent = commit?.parents[top.next++]
      if (!commit || parent === undefined) {
        if (commit) done.push(commit)
        stack.pop()
      } else if (!seen.has(parent) && !isOut(parent) && this.#commits.has(parent)) {
        seen.add(parent)
        stack.push({ oid: parent, next: 0 })
      }
    }
    return done.reverse()
  }
}

/** Keeps the last two hundred answers: a batch walks release by release, and asks for the same ranges again soon. */
function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value)
  if (map.size > 200) map.delete(map.keys().next().value as K)
}
