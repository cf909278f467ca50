import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { similarity } from '../src/core/text/similarity.ts'

/**
 * Makes `bench/replay.tsv` from a clone of upstream with its release branches and tags: `npx tsx bench/find-backports.ts <clone>
 * [--branches refs/heads/release-]`. It holds ids of public commits only. Three sets:
 *
 * - `backports`: a commit M of master and B, the same change on a release branch. Base M^, patch M, onto B^, right is B.
 * - `taken`: a commit M of master, carried onto the first release that contains it. Nothing is left: right is the release.
 * - `needed`: a pull request merged by a merge commit, whose branch and whose target both changed a file of it since they
 *   parted. Base is where they parted, patch the branch, onto the target, right the merge. What upstream lacks is needed.
 */
interface Commit {
  readonly oid: string
  readonly parent: string
  readonly subject: string
  readonly body: string
  readonly author: string
  readonly time: number
}

interface Row {
  readonly set: string
  readonly ids: readonly [base: string, patch: string, onto: string, truth: string]
}

/** How many rows a set has at most; taken by the order of ids, which is as good as drawn. */
const ROWS = { backports: 170, taken: 40, needed: 40 }

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { branches: { type: 'string', default: 'refs/heads/release-' } },
  })
  const [clone] = positionals
  if (!clone) throw new Error('Which clone? npx tsx bench/find-backports.ts <clone>')
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 29 })
  const master = `${values.branches.replace(/release-$/, '')}master`
  const rows = [
    ...drawn('backports', findBackports(git, master, values.branches)),
    ...drawn('taken', findTaken(git)),
    ...drawn('needed', findNeeded(git, master)),
  ]
  const lines = rows.map(({ set, ids }) => [
    `${set}-${ids[3].slice(0, 9)}-${ids[1].slice(0, 9)}`,
    set,
    ...ids,
  ])
  const table = [['id', 'set', 'base', 'patch', 'onto', 'truth'], ...lines]
  writeFileSync(join(import.meta.dirname, 'replay.tsv'), table.map((line) => `${line.join('\t')}\n`).join(''))
  console.log(`${rows.length} rows`)
}

type Git = (...args: readonly string[]) => string

function drawn(set: keyof typeof ROWS, found: readonly Row['ids'][]): readonly Row[] {
  const ids = [...found].sort((a, b) => (a[1] < b[1] ? -1 : 1)).slice(0, ROWS[set])
  console.log(`${set}: ${found.length} found, ${ids.length} taken`)
  return ids.map((each) => ({ set, ids: each }))
}

function findBackports(git: Git, master: string, branches: string): Row['ids'][] {
  const known = readLog(git, master)
  const byOid = new Map(known.map((commit) => [commit.oid, commit]))
  const byTitle = groupBy(known, ({ subject }) => titleOf(subject))
  const byNumber = groupBy(known, ({ subject }) => numbersOf(subject).at(-1) ?? '')
  const found: Row['ids'][] = []
  const seen = new Set<string>()
  for (const branch of git('for-each-ref', '--format=%(refname)', `${branches}*`).trim().split('\n')) {
    for (const commit of readLog(git, branch, master)) {
      if (seen.has(commit.oid)) continue
      seen.add(commit.oid)
      const source = sourceOf(commit, { byOid, byTitle, byNumber })
      if (source && isSameChange(git, source, commit))
        found.push([source.parent, source.oid, commit.parent, commit.oid])
    }
  }
  return found
}

interface Known {
  readonly byOid: ReadonlyMap<string, Commit>
  readonly byTitle: ReadonlyMap<string, readonly Commit[]>
  readonly byNumber: ReadonlyMap<string, readonly Commit[]>
}

/** The commit of master that a commit of a release branch was made from: by its own word, by a number, by title and author. */
function sourceOf(commit: Commit, { byOid, byTitle, byNumber }: Known): Commit | undefined {
  const picked = /\(cherry picked from commit ([0-9a-f]{40})\)/.exec(commit.body)?.[1]
  const own = picked && byOid.get(picked)
  if (own) return own
  for (const number of numbersOf(commit.subject)) {
    const [first, ...more] = byNumber.get(number) ?? []
    if (first && more.length === 0) return first
  }
  const [first, ...more] = (byTitle.get(titleOf(commit.subject)) ?? []).filter(
    ({ author, time }) => author === commit.author && time <= commit.time,
  )
  return more.length === 0 ? first : undefined
}

/** Below this a backport is another change under the same name, or one of several in one commit. */
const SAME_CHANGE = 0.5

function isSameChange(git: Git, a: Commit, b: Commit): boolean {
  return similarity(changedLines(git, a), changedLines(git, b)) >= SAME_CHANGE
}

function changedLines(git: Git, { parent, oid }: Commit): string[] {
  const diff = git('diff-tree', '-p', '-U0', '--no-renames', '--text', parent, oid)
  return diff.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line))
}

function findTaken(git: Git): Row['ids'][] {
  const releases = git('for-each-ref', '--sort=version:refname', '--format=%(refname:short)', 'refs/tags/v*')
    .trim()
    .split('\n')
    .filter((tag) => /^v2\.\d+\.0$/.test(tag))
  return releases.flatMap((tag, at) => {
    const before = releases[at - 1]
    if (before === undefined) return []
    const release = git('rev-parse', `${tag}^{commit}`).trim()
    return readLog(git, tag, before)
      .filter(({ oid }) => touchesRoles(git, oid))
      .sort((a, b) => (a.oid < b.oid ? -1 : 1))
      .slice(0, Math.ceil((3 * ROWS.taken) / releases.length))
      .map(({ parent, oid }): Row['ids'] => [parent, oid, release, release])
  })
}

function touchesRoles(git: Git, oid: string): boolean {
  return /^roles\/.*\.ya?ml(\.j2)?$/m.test(git('diff-tree', '-r', '--name-only', '--no-commit-id', oid))
}

function findNeeded(git: Git, master: string): Row['ids'][] {
  const merges = git('log', '--merges', '--first-parent', '--format=%H %P', master).trim().split('\n')
  return merges.flatMap((line): Row['ids'][] => {
    const [merge, target, branch, ...more] = line.split(' ')
    // A third by their ids: looking at all of them takes minutes and brings more than are drawn.
    if (!merge || !target || !branch || more.length > 0 || !/^[0-4]/.test(branch)) return []
    const base = git('merge-base', target, branch).trim()
    const changed = (tip: string): string[] =>
      git('diff-tree', '-r', '--name-only', '--no-renames', base, tip).trim().split('\n')
    const upstream = new Set(changed(target))
    return changed(branch).some((path) => path !== '' && upstream.has(path))
      ? [[base, branch, target, merge]]
      : []
  })
}

function readLog(git: Git, to: string, not?: string): Commit[] {
  const format = ['%H', '%P', '%s', '%b', '%an', '%at'].join('%x00') + '%x01'
  const output = git('log', '--no-merges', `--format=${format}`, to, ...(not ? ['--not', not] : []))
  return output
    .split('\x01')
    .map((chunk) => chunk.trimStart().split('\0'))
    .filter((cells) => cells.length === 6 && cells[1] !== '')
    .map((cells) => {
      const [oid, parent, subject, body, author, time] = cells as [
        string,
        string,
        string,
        string,
        string,
        string,
      ]
      return { oid, parent, subject, body, author, time: Number(time) }
    })
}

/** A subject without the branch people put before it and the numbers behind it. */
function titleOf(subject: string): string {
  return subject
    .replace(/^\s*[[(]?(?:release-)?v?2\.\d+[\])]?:?\s*/i, '')
    .replace(/(?:\s*\(#\d+\))+\s*$/, '')
    .trim()
    .toLowerCase()
}

function numbersOf(subject: string): string[] {
  return [...subject.matchAll(/\(#(\d+)\)/g)].map((match) => match[1] as string)
}

function groupBy(commits: readonly Commit[], key: (commit: Commit) => string): Map<string, Commit[]> {
  const groups = new Map<string, Commit[]>()
  for (const commit of commits) {
    const name = key(commit)
    if (name === '') continue
    groups.set(name, [...(groups.get(name) ?? []), commit])
  }
  return groups
}

main()
