import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { LOG_FORMAT, parseLog } from './parse.ts'
import { GitFailure, runGit, type GitLocation } from './run-git.ts'

/**
 * So many questions are asked of git one by one before the whole graph is read: one costs about 50 ms on Kubespray's history,
 * reading all of it 1 s, and a plan or an upgrade asks fewer than ten.
 */
const ASKED_SINGLY = 12

/**
 * The commit graph with what each commit changed, read once and kept. One `git log` over all of Kubespray takes 0.4 s;
 * one for each question of a batch would take longer than the merges.
 */
export class HistoryIndex {
  readonly #location: GitLocation
  readonly #commits = new Map<Oid, LoggedCommit>()
  readonly #tips: Oid[] = []
  readonly #ranges = new Map<string, readonly LoggedCommit[]>()
  readonly #ancestors = new Map<string, ReadonlySet<Oid>>()
  #reading: Promise<void> = Promise.resolve()
  #asked = 0

  constructor(location: GitLocation) {
    this.#location = location
  }

  /** Commits reachable from `to` and not from `not`, children before parents. */
  async range(to: Oid, not: readonly Oid[]): Promise<readonly LoggedCommit[]> {
    const key = [to, ...not].join(' ')
    const kept = this.#ranges.get(key)
    if (kept) return kept
    if (not.length > 0 && this.#asksSingly()) {
      const range = await this.#log([to, ...not.map((each) => `^${each}`)])
      remember(this.#ranges, key, range)
      return range
    }
    await this.#index([to, ...not])
    const out = this.#reachable(not)
    const range = this.#ordered(to, (oid) => out.has(oid))
    remember(this.#ranges, key, range)
    return range
  }

  async mergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    if (this.#asksSingly()) return this.#askMergeBase(a, b)
    await this.#index([a, b])
    const ofA = this.#reachable([a])
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
      const commits = await this.#log([...unknown, ...this.#tips.map((tip) => `^${tip}`)])
      for (const commit of commits) this.#commits.set(commit.oid, commit)
      this.#tips.push(...unknown)
    })
    return this.#reading
  }

  /** Whether this question goes to git alone; once the graph is here, asking it is cheaper. */
  #asksSingly(): boolean {
    return this.#tips.length === 0 && this.#asked++ < ASKED_SINGLY
  }

  async #askMergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    try {
      return (await runGit(this.#location, ['merge-base', a, b])).toString().trim() as Oid
    } catch (error) {
      if (error instanceof GitFailure && error.status === 1) return undefined // unrelated histories
      throw error
    }
  }

  async #log(revisions: readonly string[]): Promise<LoggedCommit[]> {
    return parseLog(await runGit(this.#location, LOG_COMMAND, revisions.join('\n') + '\n'))
  }

  #reachable(from: readonly Oid[]): ReadonlySet<Oid> {
    const key = from.join(' ')
    const kept = this.#ancestors.get(key)
    if (kept) return kept
    const seen = new Set<Oid>(from)
    const open = [...from]
    for (let oid = open.pop(); oid; oid = open.pop()) {
      for (const parent of this.#commits.get(oid)?.parents ?? []) {
        if (!seen.has(parent)) {
          seen.add(parent)
          open.push(parent)
        }
      }
    }
    remember(this.#ancestors, key, seen)
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

const LOG_COMMAND = [
  ...['log', '--stdin', '-z', '--raw', '--root', '--topo-order', '--diff-merges=first-parent'],
  ...['--no-renames', '--no-abbrev', '--no-show-signature', '--date=raw', '--encoding=UTF-8'],
  `--format=${LOG_FORMAT}`,
]

/** Keeps the last two hundred answers: a batch walks release by release, and asks for the same ranges again soon. */
function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value)
  if (map.size > 200) map.delete(map.keys().next().value as K)
}
