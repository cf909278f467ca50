import { blobOid, type Oid } from '../model/oid.ts'
import { diffLines, type Hunk } from '../text/diff.ts'
import { decodeText, encodeText, splitLines } from '../text/lines.ts'
import { askBlobs, type Conversation } from './conversation.ts'

/** Bytes of blobs kept between patches; the oldest go first. A tag's YAML is 3 MB, so this holds many releases. */
const BYTES_KEPT = 96 * 1024 * 1024
const DIFFS_KEPT = 20_000

/**
 * The contents a merge works on: blobs that were fetched and blobs that merging made, under git's own ids, with what was
 * computed from them. It may outlive one merge: everything in it follows from the ids alone.
 */
export class Workspace {
  readonly #bytes = new Map<Oid, Uint8Array>()
  readonly #lines = new Map<Oid, readonly string[] | undefined>()
  readonly #diffs = new Map<string, readonly Hunk[]>()
  #size = 0
  #made = new Map<Oid, Uint8Array>();

  /** Fetches what is not here yet, in one batch. */
  *load(oids: Iterable<Oid>): Conversation<void> {
    const missing = [...new Set(oids)].filter((oid) => !this.#bytes.has(oid) && !this.#made.has(oid))
    for (const [oid, bytes] of yield* askBlobs(missing)) this.#keep(oid, bytes)
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
    const bytes = this.#made.get(oid) ?? this.#bytes.get(oid)
    if (!bytes) throw new Error(`no blob ${oid}: it was not asked for before it was needed`)
    return bytes
  }

  /** The changes between two texts that are here. */
  diff(a: Oid, b: Oid): readonly Hunk[] {
    const key = a + b
    let hunks = this.#diffs.get(key)
    if (!hunks) {
      hunks = diffLines(this.lines(a) ?? [], this.lines(b) ?? [])
      this.#diffs.set(key, hunks)
      if (this.#diffs.size > DIFFS_KEPT) this.#diffs.delete(this.#diffs.keys().next().value as string)
    }
    return hunks
  }

  /** Takes in a text that merging made; returns the id git will give it. */
  put(lines: readonly string[]): Oid {
    const bytes = encodeText(lines.join(''))
    const oid = blobOid(bytes)
    if (!this.#bytes.has(oid)) this.#made.set(oid, bytes)
    this.#lines.set(oid, lines)
    return oid
  }

  /** The blobs made since the last call, to be written; they stay readable. */
  takeMade(): ReadonlyMap<Oid, Uint8Array> {
    const made = this.#made
    this.#made = new Map()
    for (const [oid, bytes] of made) this.#keep(oid, bytes)
    return made
  }

  #keep(oid: Oid, bytes: Uint8Array): void {
    this.#bytes.set(oid, bytes)
    this.#size += bytes.length
    for (const [old, dropped] of this.#bytes) {
      if (this.#size <= BYTES_KEPT) break
      this.#bytes.delete(old)
      this.#lines.delete(old)
      this.#size -= dropped.length
    }
  }
}
