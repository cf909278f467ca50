import { blobOid, EMPTY_BLOB, type Oid } from '../model/oid.ts'
import type { Entry } from '../model/tree.ts'
import { diffLines } from '../text/diff-lines.ts'
import { lineWeight } from '../text/line-weight.ts'
import { decodeText, encodeText, splitLines } from '../text/split-lines.ts'
import { askBlobs, type Conversation } from './conversation.ts'
import { bagOf, type Delta } from './line-bag.ts'
import { matchLines } from './match-lines.ts'
import { spelled } from './spelled.ts'

/** Bytes of blobs kept between patches; the oldest go first. Decoded and split they take about five times as much. */
const BYTES_KEPT = 12 * 1024 * 1024
const TEXTS_KEPT = 300
const DELTAS_KEPT = 20_000
const DELTAS_AT_ONCE = 64

/**
 * The contents a merge works on: blobs that were fetched and blobs that merging made, under git's own ids, with what was
 * computed from them. It may outlive one merge: everything in it follows from the ids alone.
 */
/** Contents that whoever was asked for them does not have, as a partial clone may not. */
export class MissingContents extends Error {
  readonly oid: Oid

  constructor(oid: Oid) {
    super(`no contents of blob ${oid}`)
    this.oid = oid
  }
}

export class Workspace {
  readonly #bytes = new Map<Oid, Uint8Array>()
  readonly #lines = new Map<Oid, readonly string[] | undefined>([[EMPTY_BLOB, []]])
  readonly #deltas = new Map<string, Delta>()
  readonly #kept = new Map<Oid, Uint8Array>()
  /** What came from merging and was not fetched: git has none of these until they are written. */
  readonly #scratch = new Set<Oid>()
  #size = 0
  #made = new Map<Oid, Uint8Array>();

  /** Fetches what is not here yet, in one batch. */
  *load(oids: Iterable<Oid>): Conversation<void> {
    const missing = [...new Set(oids)].filter((oid) => !this.has(oid))
    for (const [oid, bytes] of yield* askBlobs(missing)) this.#keep(oid, bytes)
  }

  /** Whether a blob's contents are here; those a partial clone lacks are not. */
  has(oid: Oid): boolean {
    return this.#made.has(oid) || this.#bytes.has(oid) || this.#kept.has(oid)
  }

  /** Lines with their endings; `undefined` for what is no text. */
  lines(oid: Oid): readonly string[] | undefined {
    if (this.#lines.has(oid)) return this.#lines.get(oid)
    const text = decodeText(this.bytes(oid))
    const lines = text === undefined ? undefined : splitLines(text)
    this.#lines.set(oid, lines)
    return lines
  }

  bytes(oid: Oid): Uint8Array {
    const bytes = this.#made.get(oid) ?? this.#bytes.get(oid) ?? this.#kept.get(oid)
    if (!bytes) {
      throw new MissingContents(oid)
    }
    return bytes
  }

  /** Computes the deltas of these pairs, a batch at a time: a file's whole history is too much to hold at once. */
  *loadDeltas(pairs: readonly Pair[]): Conversation<void> {
    const unknown = pairs.filter(([a, b]) => !this.#deltas.has(keyOf(a, b)))
    for (let start = 0; start < unknown.length; start += DELTAS_AT_ONCE) {
      const batch = unknown.slice(start, start + DELTAS_AT_ONCE)
      const oids = batch.flat().flatMap((entry) => (entry && entry.mode !== '160000' ? [entry.oid] : []))
      const passing = oids.filter((oid) => !this.has(oid))
      yield* this.load(oids)
      for (const [a, b] of batch) this.delta(a?.oid ?? EMPTY_BLOB, b?.oid ?? EMPTY_BLOB)
      for (const oid of passing) this.#drop(oid)
    }
  }

  /** The lines taken away and put in between two texts that are here, without indentation and blank lines. */
  delta(a: Oid, b: Oid): Delta {
    const known = this.#deltas.get(a + b)
    if (known) return known
    const before = (this.has(a) && this.lines(a)) || []
    const after = (this.has(b) && this.lines(b)) || []
    const hunks = diffLines(before, after)
    const removed = trimmed(hunks.flatMap(({ from, to }) => before.slice(from, to)))
    const gone = new Set(removed)
    const dropped = hunks.flatMap(({ from, to, start, end }) =>
      droppedIn({ removed: before.slice(from, to), added: after.slice(start, end) }, gone),
    )
    const lines = {
      removed,
      added: trimmed(hunks.flatMap(({ start, end }) => after.slice(start, end))),
      dropped: dropped.length === 0 ? NO_LINES : trimmed(dropped),
    }
    const delta: Delta = {
      ...lines,
      spelled: {
        removed: lines.removed.map(spelled),
        added: lines.added.map(spelled),
        dropped: lines.dropped.map(spelled),
      },
    }
    this.#deltas.set(a + b, delta)
    return delta
  }

  /** Takes in a text that merging made, to be written; returns the id git will give it. */
  put(lines: readonly string[]): Oid {
    const oid = this.scratch(lines)
    if (this.#scratch.has(oid)) this.#made.set(oid, this.bytes(oid))
    return oid
  }

  /** Takes in a text that is only worked with, and not written unless it is `put` as well. */
  scratch(lines: readonly string[]): Oid {
    const bytes = encodeText(lines.join(''))
    const oid = blobOid(bytes)
    if (!this.has(oid)) {
      this.#keep(oid, bytes)
      this.#scratch.add(oid)
    }
    this.#lines.set(oid, lines)
    return oid
  }

  /** The blobs made since the last call, to be written; they stay readable. */
  takeMade(): ReadonlyMap<Oid, Uint8Array> {
    const made = this.#made
    this.#made = new Map()
    for (const [oid, bytes] of made) {
      this.#keep(oid, bytes)
      this.#scratch.delete(oid)
    }
    return made
  }

  /** Keeps a text beyond `trim`, among the last few hundred kept so; `false` where it is not here (any more). */
  keepLonger(oid: Oid): boolean {
    const bytes = this.#kept.get(oid) ?? this.#made.get(oid) ?? this.#bytes.get(oid)
    if (!bytes) return false
    this.#kept.delete(oid)
    this.#kept.set(oid, bytes)
    if (this.#kept.size > TEXTS_KEPT) this.#kept.delete(this.#kept.keys().next().value as Oid)
    if (!this.has(oid)) this.#keep(oid, bytes)
    return true
  }

  /** Forgets the oldest contents beyond the limit; between two patches, since within one everything may be needed. */
  trim(): void {
    for (const oid of this.#bytes.keys()) {
      if (this.#size <= BYTES_KEPT) break
      this.#drop(oid)
    }
    for (const key of this.#deltas.keys()) {
      if (this.#deltas.size <= DELTAS_KEPT) break
      this.#deltas.delete(key)
    }
  }

  #keep(oid: Oid, bytes: Uint8Array): void {
    if (this.#bytes.has(oid)) return
    this.#bytes.set(oid, bytes)
    this.#size += bytes.length
  }

  #drop(oid: Oid): void {
    this.#size -= this.#bytes.get(oid)?.length ?? 0
    this.#bytes.delete(oid)
    if (!this.#kept.has(oid)) this.#scratch.delete(oid)
    if (!this.#made.has(oid)) this.#lines.delete(oid)
  }
}

const NO_LINES: readonly string[] = []

/**
 * Of the lines that one hunk takes away those whose place nothing takes. What only moves there, as it is gone elsewhere, takes nobody's:
 * then each line asks for another form of itself.
 */
function droppedIn(
  { removed, added }: Pick<Delta, 'removed' | 'added'>,
  gone: ReadonlySet<string>,
): readonly string[] {
  const [before, after] = [bare(removed), bare(added)]
  if (after.length === 0) return before
  const anew = after.filter((line) => !gone.has(line) || lineWeight(line) < 1)
  if (anew.length === after.length) return NO_LINES
  const found = matchLines(bagOf(before), bagOf(anew))
  return before.filter((line) => lineWeight(line) >= 1 && !found.has(line))
}

type Pair = readonly [Entry | undefined, Entry | undefined]

function keyOf(a: Entry | undefined, b: Entry | undefined): string {
  return (a?.oid ?? EMPTY_BLOB) + (b?.oid ?? EMPTY_BLOB)
}

/** Copies, since a slice of a text keeps the whole text in memory, and these lines outlive it. */
function trimmed(lines: readonly string[]): string[] {
  const kept = bare(lines)
  return kept.length ? (decodeText(encodeText(kept.join('\n'))) ?? '').split('\n') : []
}

/** Without indentation and blank lines. */
function bare(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
