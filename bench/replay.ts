import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { CarryBatch } from '../src/app/carry/carry-batch.ts'
import type { Oid } from '../src/core/model/oid.ts'
import { GitJudge, type Merged } from './git-judge.ts'
import { judge, JUDGEMENTS, type Judgement } from './judge.ts'

/**
 * Replays merges whose right answer people have written into upstream's public history, and judges ours and git's beside
 * each other: `npx tsx bench/replay.ts <clone> [--table FILE] [--list]`. `find-backports.ts` says what the sets hold;
 * `--list` names every case that one of us does not get right. The clone is only read: results go to a folder of their own.
 */
interface Row {
  readonly id: string
  readonly set: string
  readonly base: string
  readonly patch: string
  readonly onto: string
  readonly truth: string
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { table: { type: 'string' }, list: { type: 'boolean', default: false } },
  })
  const [clone] = positionals
  if (!clone) throw new Error('Which clone? npx tsx bench/replay.ts <clone> [--table FILE] [--list]')
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-replay-'))
  const store = new GitObjectStore({ gitDir: borrow(clone, folder) })
  try {
    const rows = await withObjects(readTable(values.table), store)
    const git = new GitJudge(folder)
    const byGit = rows.map((row) => git.merge(row))
    const from = performance.now()
    const ours = await carryAll(rows, store)
    const spent = performance.now() - from
    const memory = process.resourceUsage().maxRSS / 1024
    const results = {
      git: await judgeAll(rows, byGit, store),
      ours: await judgeAll(rows, ours, store),
    }
    print(rows, results)
    console.log(
      `\n${rows.length} cases: git ${(git.spent / 1000).toFixed(1)} s in one process a case, ours ${(spent / 1000).toFixed(1)} s, at most ${memory.toFixed(0)} MB`,
    )
    if (values.list) list(rows, results, ours)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An empty repository that reads the clone's objects and keeps its own. */
function borrow(clone: string, folder: string): string {
  const path = ['-C', clone, 'rev-parse', '--path-format=absolute', '--git-path', 'objects']
  const objects = execFileSync('git', path, { encoding: 'utf8' })
  execFileSync('git', ['init', '-q', '--bare', folder])
  appendFileSync(join(folder, 'objects/info/alternates'), objects)
  return folder
}

function readTable(file = join(import.meta.dirname, 'replay.tsv')): readonly Row[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) as unknown as Row
  })
}

/** The rows whose objects the clone has; a person is told of the rest. */
async function withObjects(rows: readonly Row[], store: GitObjectStore): Promise<readonly Row[]> {
  const there = await Promise.all(
    rows.map(async ({ base, patch, onto, truth }) => {
      const found = await Promise.all([base, patch, onto, truth].map((name) => store.resolve(name)))
      return found.every((each) => each !== undefined)
    }),
  )
  const kept = rows.filter((_, at) => there[at])
  if (kept.length < rows.length)
    console.log(`${rows.length - kept.length} cases left out: the clone lacks their commits.`)
  return kept
}

async function carryAll(rows: readonly Row[], store: GitObjectStore): Promise<readonly Merged[]> {
  const batch = new CarryBatch(store)
  const answers: Merged[] = []
  for (const row of rows) {
    try {
      const { verdict, tree } = await batch.answer(row)
      answers.push({ verdict: verdict as string, tree: tree as Oid })
    } catch (error) {
      console.error(`${row.id}: ${error instanceof Error ? error.message : String(error)}`)
      answers.push({ verdict: 'failed', tree: undefined })
    }
  }
  await store.flush()
  return answers
}

async function judgeAll(
  rows: readonly Row[],
  merged: readonly Merged[],
  store: GitObjectStore,
): Promise<readonly Judgement[]> {
  const judged: Judgement[] = []
  for (const [at, { verdict, tree }] of merged.entries()) {
    const row = rows[at] as Row
    const [base, patch, onto, truth] = await Promise.all([
      treeAt(row.base, store),
      treeAt(row.patch, store),
      treeAt(row.onto, store),
      treeAt(row.truth, store),
    ])
    const result = tree && (await store.readTree(tree))
    judged.push(judge(verdict, result, { base, patch, onto, truth }))
  }
  return judged
}

async function treeAt(revision: string, store: GitObjectStore) {
  const found = await store.resolve(revision)
  if (!found) throw new Error(`${revision} is gone`)
  return store.readTree(found.oid)
}

interface Results {
  readonly git: readonly Judgement[]
  readonly ours: readonly Judgement[]
}

function print(rows: readonly Row[], results: Results): void {
  console.log(`| set | cases | by | ${JUDGEMENTS.join(' | ')} |`)
  console.log(`| --- | ---: | --- |${' ---: |'.repeat(JUDGEMENTS.length)}`)
  for (const set of new Set(rows.map((row) => row.set))) {
    const at = rows.flatMap((row, index) => (row.set === set ? [index] : []))
    for (const by of ['git', 'ours'] as const) {
      const cells = JUDGEMENTS.map((wanted) => {
        const count = at.filter((index) => results[by][index] === wanted).length
        return count ? `${count} (${Math.round((100 * count) / at.length)} %)` : ''
      })
      console.log(`| ${set} | ${at.length} | ${by} | ${cells.join(' | ')} |`)
    }
  }
}

function list(rows: readonly Row[], { git, ours }: Results, answers: readonly Merged[]): void {
  console.log('')
  for (const [at, { set, id }] of rows.entries()) {
    if (ours[at] === 'right' && git[at] === 'right') continue
    console.log(`${set} ${id}: git ${git[at]}, ours ${ours[at]} (${answers[at]?.verdict})`)
  }
}

await main()
