import { once } from '../../model/once.ts'
import { diffLines } from '../../text/diff-lines.ts'
import { wordBag, wordSimilarity } from '../../text/tokens.ts'
import type { Oid } from '../../model/oid.ts'
import type { Entry, Tree } from '../../model/tree.ts'
import type { MergeNote } from '../../model/merge-note.ts'
import type { FileOutcome, LeftOutLine, LeftOutReason } from '../../model/verdict.ts'
import type { Conversation } from '../conversation.ts'
import type { LineBag } from '../line-bag.ts'
import { settingIn, spelled } from '../spelled.ts'
import { type PatchChange } from '../patch-changes.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import { tellingKey, type LineMatch } from '../match-lines.ts'
import type { Taken } from '../taken/taken.ts'
import type { UnitFate } from '../taken/unit-fates.ts'
import type { Workspace } from '../workspace.ts'

/** What became of a patch, to find what of it the result does not have. */
interface Accounted {
  readonly changes: readonly PatchChange[]
  readonly onto: Tree
  readonly result: Tree
  readonly taken: Taken | undefined
  readonly later: LineBag
}

/** Each outcome with the lines of the patch that the result does not have; what is carried as it is has none. */
export function* withLeftOut(
  outcomes: readonly FileOutcome[],
  accounted: Accounted,
  workspace: Workspace,
): Conversation<readonly FileOutcome[]> {
  const told: FileOutcome[] = []
  for (const outcome of outcomes) {
    const isWhole = outcome.verdict === 'clean' || outcome.verdict === 'moved'
    const change = isWhole ? undefined : accounted.changes.find(({ path }) => path === outcome.path)
    if (change) yield* load(change, outcome, { ...accounted, workspace })
    const leftOut = change ? leftOutLines(change, outcome, { ...accounted, workspace }) : []
    told.push(leftOut.length > 0 ? { ...outcome, leftOut } : outcome)
  }
  return told
}

function* load(change: PatchChange, outcome: FileOutcome, asked: Asked): Conversation<void> {
  const there = placesOf(change, outcome).flatMap((path) => [asked.onto.get(path), asked.result.get(path)])
  yield* asked.workspace.load(blobsOf(change.before, change.after, ...there))
}

/** Where the lines can be: a file that the climb found in several others names them all. */
function placesOf({ path, to }: PatchChange, outcome: FileOutcome): readonly string[] {
  return [...new Set([outcome.to, ...outcome.to.split(', '), path, to])]
}

/** All that a change does to lines, as left out for one reason. */
export function* allLeftOut(
  change: PatchChange,
  why: LeftOutReason,
  workspace: Workspace,
): Conversation<readonly LeftOutLine[]> {
  yield* workspace.load(blobsOf(change.before, change.after))
  const [before, after] = [textOf(change.before, workspace), textOf(change.after, workspace)]
  if (!before || !after) return []
  const told = (side: LeftOutLine['side'], lines: readonly Numbered[]): LeftOutLine[] =>
    lines.filter(({ text }) => bare(text) !== '').map((each) => ({ side, ...each, why }))
  return diffLines(before, after).flatMap(({ from, to, start, end }) => [
    ...told('removed', numbered(before, from, to)),
    ...told('added', numbered(after, start, end)),
  ])
}

type Asked = Accounted & { readonly workspace: Workspace }

function leftOutLines(change: PatchChange, outcome: FileOutcome, asked: Asked): readonly LeftOutLine[] {
  const before = textOf(change.before, asked.workspace)
  const after = textOf(change.after, asked.workspace)
  if (!before || !after) return []
  const places = placesOf(change, outcome)
  const [onto, result] = [asked.onto, asked.result].map((tree) =>
    places.flatMap((path) => textOf(tree.get(path), asked.workspace) ?? []),
  ) as [string[], string[]]
  const hunks = diffLines(before, after)
  const added = hunks.flatMap(({ start, end }) => numbered(after, start, end))
  const removed = hunks.flatMap(({ from, to }) => numbered(before, from, to))
  const asks = new Set([...removed, ...added].map(({ text }) => bare(text)))
  const [was, is, there, now] = [before, after, onto, result].map((lines) => countsOf(lines, asks)) as Four
  const inForm = carriedInForm({ onto, result }, added)
  const missing = (line: string): number => {
    const wanted = is(line) - was(line)
    const put = now(line) - there(line)
    const left = wanted - Math.max(0, put) - Math.max(0, there(line) - was(line))
    return left > 0 ? left - Math.max(0, inForm(line) - Math.max(0, put)) : left
  }
  const standing = (line: string): number => {
    const more = Math.max(0, there(line) - was(line))
    return now(line) - is(line) - more
  }
  const told = new Telling(outcome, asked, {
    result,
    path: change.path,
    known: new Set([...before, ...after].map(bare)),
  })
  return [
    ...pick(removed, standing).map((each) => told.removed(each)),
    ...pick(added, missing).map((each) => told.added(each)),
  ]
}

type Count = (line: string) => number
type Four = [Count, Count, Count, Count]

/** How often each of the lines asked about stands in a text, by their forms. */
function countsOf(lines: readonly string[], asks: ReadonlySet<string>, form = bare): Count {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const text = form(line)
    if (asks.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return (line) => counts.get(line) ?? 0
}

/** How often the result has a line in another form, and the release in none: it is carried so. */
function carriedInForm(
  { onto, result }: { readonly onto: readonly string[]; readonly result: readonly string[] },
  added: readonly Numbered[],
): Count {
  const form = (line: string): string => spelled(bare(line))
  const counts = once(() => {
    const asks = new Set(added.map(({ text }) => form(text)))
    return [countsOf(result, asks, form), countsOf(onto, asks, form)] as const
  })
  return (line) => {
    const [now, there] = counts()
    return now(spelled(line)) - there(spelled(line))
  }
}

interface Numbered {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
}

function numbered(lines: readonly string[], from: number, to: number): readonly Numbered[] {
  return lines.slice(from, to).map((text, at) => ({ line: from + at + 1, text: text.replace(/\r?\n$/, '') }))
}

function bare(line: string): string {
  return line.trim()
}

/** Of each text as many as are missing, the last ones: blank lines are nobody's. */
function pick(lines: readonly Numbered[], count: (line: string) => number): readonly Numbered[] {
  const left = new Map<string, number>()
  const picked: Numbered[] = []
  for (const each of lines.toReversed()) {
    const text = bare(each.text)
    if (text === '') continue
    const open = left.get(text) ?? count(text)
    if (open > 0) picked.push(each)
    left.set(text, open - 1)
  }
  return picked.reverse()
}

function textOf(entry: Entry | undefined, workspace: Workspace): readonly string[] | undefined {
  if (!entry) return []
  return isFile(entry) && workspace.has(entry.oid) ? workspace.lines(entry.oid) : undefined
}

/** From here on a line of the result is what became of the patch's. */
const ALIKE = 0.5

class Telling {
  readonly #outcome: FileOutcome
  readonly #asked: Asked
  readonly #result: readonly string[]
  // Most patches leave nothing out, and then nobody asks how the result reads.
  readonly #lines = once(() => [...new Set(this.#result.map(bare))])
  readonly #spelled = once(() => new Set(this.#lines().map(spelled)))
  readonly #keys = once(() => new Set(this.#lines().flatMap((line) => settingIn(line)?.key ?? [])))
  /** What both versions of the patch have stands for itself: only what is new can be what became of a line. */
  readonly #words = once(() => this.#lines().flatMap((line) => (this.#known.has(line) ? [] : wordBag(line))))
  readonly #known: ReadonlySet<string>
  readonly #path: string
  /** The patch's lines that gave way to the release's value. */
  readonly #collisions: ReadonlyMap<string, LeftOutReason>

  constructor(
    outcome: FileOutcome,
    asked: Asked,
    { result, path, known }: { result: readonly string[]; path: string; known: ReadonlySet<string> },
  ) {
    this.#known = known
    this.#outcome = outcome
    this.#asked = asked
    this.#path = path
    this.#result = result
    this.#collisions = new Map(
      (outcome.told ?? []).flatMap((note) => {
        const why = GAVE_WAY[note.code]
        return why && 'own' in note ? [[note.own, why]] : []
      }),
    )
  }

  added({ line, text }: Numbered): LeftOutLine {
    return { side: 'added', line, text, ...this.#whyMissing(line - 1, text) }
  }

  removed({ line, text }: Numbered): LeftOutLine {
    return { side: 'removed', line, text, ...this.#whyStanding(text) }
  }

  #whyMissing(at: number, text: string): Why {
    const { taken, later } = this.#asked
    const form = spelled(text)
    const fate = taken?.fates.find(
      ({ file, unit }) => file.change.path === this.#path && unit.start <= at && at < unit.end,
    )
    if (later.has(form) && (taken?.whole || !fate?.taken)) return { why: 'series' }
    if (taken?.whole) {
      const { by, reviewed } = taken.whole
      const match = reviewed.matches.get(form)
      if (by.undoneBy) return { why: 'undone', upstream: by.undoneBy.oid }
      return { why: this.#whyOfForm(text, match?.how), upstream: by.commit.oid }
    }
    if (fate?.taken) {
      const upstream = fate.by && { upstream: fate.by.oid }
      if (fate.undoneBy) return { why: 'undone', upstream: fate.undoneBy.oid }
      return {
        why: this.#whyOfForm(text, fate.how === 'same' ? 'same' : this.#howIn(fate, form)),
        ...upstream,
      }
    }
    if (this.#outcome.verdict === 'conflict') return { why: 'open' }
    const collision = this.#collisions.get(bare(text))
    if (collision !== undefined) return { why: collision }
    if (this.#isOnAgain(text)) return { why: 'retired' }
    if (this.#spelled().has(form) || this.#isThereInWords(text)) return { why: 'form' }
    return { why: 'gone', ...this.#last() }
  }

  #whyStanding(text: string): Why {
    const { taken } = this.#asked
    if (taken?.whole) {
      const { by } = taken.whole
      return by.undoneBy
        ? { why: 'undone', upstream: by.undoneBy.oid }
        : { why: 'reviewed', upstream: by.commit.oid }
    }
    if (this.#outcome.verdict === 'conflict') return { why: 'open' }
    if (CHECKS.test(text)) return { why: 'retired' }
    return { why: 'gone', ...this.#last() }
  }

  #howIn({ matches }: UnitFate, form: string): LineMatch['how'] | undefined {
    return matches?.get(form)?.how
  }

  /** What the commit had word for word and the release has no more is gone since; what it had in other words is reviewed. */
  #whyOfForm(text: string, how: LineMatch['how'] | undefined): LeftOutReason {
    if (this.#spelled().has(spelled(text)) || how === 'value') return 'form'
    if (how !== 'same') return 'reviewed'
    const key = tellingKey(text)
    return key !== undefined && this.#keys().has(key) ? 'form' : 'gone'
  }

  /** A setting that the patch made a comment of, and that the result sets. */
  #isOnAgain(text: string): boolean {
    const key = /^\s*#/.test(text) ? settingIn(text.replace(/^\s*#+\s*/, ''))?.key : undefined
    return key !== undefined && this.#keys().has(key)
  }

  #isThereInWords(text: string): boolean {
    const key = tellingKey(text)
    if (key !== undefined && this.#keys().has(key)) return true
    const words = wordBag(text)
    return this.#words().some((other) => wordSimilarity(words, other) >= ALIKE)
  }

  #last(): { upstream?: Oid } {
    const upstream = this.#outcome.upstream.at(-1)
    return upstream ? { upstream } : {}
  }
}

const GAVE_WAY: Readonly<Partial<Record<MergeNote['code'], LeftOutReason>>> = {
  'value-lowered': 'lowered',
  'value-reviewed': 'reviewed',
}

const CHECKS = /^\s*(?:sha(?:1|256|512)|checksum)\s*:/

interface Why {
  readonly why: LeftOutReason
  readonly upstream?: Oid
}
