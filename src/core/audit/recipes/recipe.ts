import type { Audited } from '../audited.ts'
import type { Found, RecipeName } from '../finding.ts'
import type { KnownChecksums } from './known-checksums.ts'

/** A patch that we can make ourselves: what it is for, and how it is made on a tree. */
export interface Recipe {
  readonly name: RecipeName
  /** The subject of its commit. */
  readonly title: string
  /** Why somebody would want it, for the commit's message. */
  readonly intent: string
  /** The part of the audit that finds what it mends: a whole audit for each recipe would cost four times as much. */
  readonly look: (source: Audited) => readonly Found[]
  /** The new texts of files; none where there is nothing to do, be it that the release does it itself or that it was done before. */
  readonly apply: (job: RecipeJob) => RecipeResult
}

export interface RecipeJob {
  readonly source: Audited
  /** Those that name this recipe. */
  readonly findings: readonly Found[]
  readonly checksums: KnownChecksums
}

export interface RecipeResult {
  readonly texts: ReadonlyMap<string, string>
  /** What a person has to add or know, one whole sentence each. */
  readonly notes: readonly string[]
}

export const NOTHING: RecipeResult = { texts: new Map(), notes: [] }

/** Texts in the making: read once, changed step by step, and given out where they differ in the end. */
export class Draft {
  readonly #read: (path: string) => string | undefined
  readonly #texts = new Map<string, string>()

  constructor(read: (path: string) => string | undefined) {
    this.#read = read
  }

  text(path: string): string {
    return this.#texts.get(path) ?? this.#read(path) ?? ''
  }

  /** Changes the lines of a file; each keeps its line break. */
  change(path: string, work: (lines: readonly string[]) => readonly string[]): void {
    const before = this.text(path)
    const after = work(before.split('\n')).join('\n')
    if (after !== before) this.#texts.set(path, after)
  }

  changed(): ReadonlyMap<string, string> {
    return new Map([...this.#texts].filter(([path, text]) => this.#read(path) !== text))
  }
}
