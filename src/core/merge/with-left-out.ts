import { diffLines } from '../text/diff-lines.ts'
import { wordBag, wordSimilarity } from '../text/tokens.ts'
import type { Oid } from '../model/oid.ts'
import type { Entry, Tree } from '../model/tree.ts'
import type { FileOutcome, LeftOutLine, LeftOutReason } from '../model/verdict.ts'
import type { Conversation } from './conversation.ts'
import { bagOf, type LineBag } from './line-bag.ts'
import { settingIn, spelled } from './spelled.ts'
import { blobsOf, isFile, type PatchChange } from './patch-changes.ts'
import { tellingKey, type LineMatch } from './match-lines.ts'
import type { Taken } from './taken/taken.ts'
import type { UnitFate } from './taken/unit-fates.ts'
import type { Workspace } from './workspace.ts'

/** What became of a patch, to find what of it the result does not have. */
export interface Accounted {
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
  const told = new Telling(outcome, asked, { onto, result, path: change.path })
  const hunks = diffLines(before, after)
  const added = hunks.flatMap(({ start, end }) => numbered(after, start, end))
  const removed = hunks.flatMap(({ from, to }) => numbered(before, from, to))
  const [was, is] = [bagOf(before.map(bare)), bagOf(after.map(bare))]
  const missing = (line: string): number => {
    const there = (told.result.get(line) ?? 0) - (told.onto.get(line) ?? 0)
    const brought = (told.onto.get(line) ?? 0) - (was.get(line) ?? 0)
    const wanted = (is.get(line) ?? 0) - (was.get(line) ?? 0)
    return wanted - Math.max(0, there) - Math.max(0, brought)
  }
  const standing = (line: string): number => {
    const more = Math.max(0, (told.onto.get(line) ?? 0) - (was.get(line) ?? 0))
    return (told.result.get(line) ?? 0) - (is.get(line) ?? 0) - more
  }
  return [
    ...pick(removed, standing).map((each) => told.removed(each)),
    ...pick(added, missing).map((each) => told.added(each)),
  ]
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
  readonly onto: LineBag
  readonly result: LineBag
  readonly #outcome: FileOutcome
  readonly #asked: Asked
  readonly #spelled: ReadonlySet<string>
  readonly #keys: ReadonlySet<string>
  readonly #lines: readonly string[]
  readonly #path: string

  constructor(
    outcome: FileOutcome,
    asked: Asked,
    { onto, result, path }: { onto: readonly string[]; result: readonly string[]; path: string },
  ) {
    this.#outcome = outcome
    this.#asked = asked
    this.#path = path
    this.onto = bagOf(onto.map(bare))
    this.result = bagOf(result.map(bare))
    this.#lines = [...this.result.keys()]
    this.#spelled = new Set(this.#lines.map(spelled))
    this.#keys = new Set(this.#lines.flatMap((line) => settingIn(line)?.key ?? []))
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
    if (this.#isOnAgain(text)) return { why: 'retired' }
    if (this.#spelled.has(form) || this.#isThereInWords(text)) return { why: 'form' }
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
    if (this.#spelled.has(spelled(text)) || how === 'value') return 'form'
    if (how !== 'same') return 'reviewed'
    const key = tellingKey(text)
    return key !== undefined && this.#keys.has(key) ? 'form' : 'gone'
  }

  /** A setting that the patch made a comment of, and that the result sets. */
  #isOnAgain(text: string): boolean {
    const key = /^\s*#/.test(text) ? settingIn(text.replace(/^\s*#+\s*/, ''))?.key : undefined
    return key !== undefined && this.#keys.has(key)
  }

  #isThereInWords(text: string): boolean {
    const key = settingIn(text)?.key
    if (key !== undefined && this.#keys.has(key)) return true
    const words = wordBag(text)
    return this.#lines.some((line) => wordSimilarity(words, wordBag(line)) >= ALIKE)
  }

  #last(): { upstream?: Oid } {
    const upstream = this.#outcome.upstream.at(-1)
    return upstream ? { upstream } : {}
  }
}

const CHECKS = /^\s*(?:sha(?:1|256|512)|checksum)\s*:/

interface Why {
  readonly why: LeftOutReason
  readonly upstream?: Oid
}
