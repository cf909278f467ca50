import { addTo } from '../../model/collections/grouped.ts'
import type { Oid } from '../../model/oid.ts'
import type { LeftOutReason } from '../../model/verdict.ts'

/** A line that the report names as one that the result does not have so: in a list of what is left out, or in a conflict. */
export interface ToldLine {
  readonly side: 'added' | 'removed'
  /** The paths at which the report has it. */
  readonly files: readonly string[]
  readonly text: string
  /** `dropped`: its patch is left out at a person's word. */
  readonly why: LeftOutReason | 'dropped'
  readonly upstream?: Oid
  /** The title of its patch. */
  readonly patch: string
}

/** What the report names, by what it says; each stands for one line. */
export class ToldLines {
  readonly #byText = new Map<string, ToldLine[]>()

  constructor(lines: readonly ToldLine[]) {
    for (const line of lines.toReversed()) {
      const key = keyOf(line.side, line.text)
      addTo(this.#byText, key, line)
    }
  }

  /** How many of these are left to take. */
  count(side: ToldLine['side'], text: string, files: ReadonlySet<string>): number {
    const known = this.#byText.get(keyOf(side, text)) ?? []
    return known.filter((line) => line.files.some((file) => files.has(file))).length
  }

  /** Takes the one of a file of these, if there is one. */
  take(side: ToldLine['side'], text: string, files: ReadonlySet<string>): ToldLine | undefined {
    return this.#takeWhere(side, text, (line) => line.files.some((file) => files.has(file)))
  }

  /** One that waits for a person: what it was to take away stands on until then. */
  takeOpen(side: ToldLine['side'], text: string, files: ReadonlySet<string>): ToldLine | undefined {
    return this.#takeWhere(
      side,
      text,
      ({ why, files: of }) => why === 'open' && of.some((file) => files.has(file)),
    )
  }

  #takeWhere(side: ToldLine['side'], text: string, fits: (line: ToldLine) => boolean): ToldLine | undefined {
    const known = this.#byText.get(keyOf(side, text)) ?? []
    const at = known.findLastIndex(fits)
    return at < 0 ? undefined : known.splice(at, 1)[0]
  }
}

function keyOf(side: ToldLine['side'], text: string): string {
  return `${side}\0${text.trim()}`
}
