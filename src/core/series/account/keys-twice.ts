import { indentOf } from '../../text/indent-of.ts'
import { addTo } from '../../model/collections/grouped.ts'
import { sectionHead } from '../../text/section-head.ts'
import type { ChangedLine, ReadFile } from './changed-runs.ts'
import { isDistinct, type GroupState } from './group-state.ts'
import { keyOf } from './form-of.ts'

/**
 * Upstream's line of a setting that stands beside the fork's of the same setting, at one place: each side has the setting once, and a
 * result that has it twice says two things at once.
 */
export function keysTwice(state: GroupState): readonly ChangedLine[] {
  const { fork, upstream, group } = state
  const theirs = upstream.flatMap(({ added }) => added).filter((line) => isDistinct(state, line))
  const own = new Set(fork.flatMap(({ added }) => keysOf(added)))
  const both = new Set(keysOf(theirs).filter((key) => own.has(key)))
  if (both.size === 0) return []
  const [result, base, head, release] = [group.result, group.base, group.head, group.release].map((files) =>
    placesOf(files, both),
  ) as [Places, Places, Places, Places]
  const found = new Set<string>()
  for (const [place, texts] of result) {
    // Of a setting that the base has, upstream's line is asked about as what the fork took away.
    if (base.has(place) || (release.get(place)?.length ?? 0) > 1) continue
    const [ofFork, ...others] = head.get(place) ?? []
    if (ofFork === undefined || others.length > 0 || !texts.includes(ofFork)) continue
    for (const text of texts) if (text !== ofFork) found.add(text)
  }
  return theirs.flatMap((line) => (found.has(line.text) ? standingAt(line, group.result) : []))
}

function keysOf(lines: readonly ChangedLine[]): readonly string[] {
  return lines.flatMap(({ text }) => setBy(text) ?? [])
}

/** The setting of a line; one that is commented out sets none. */
function setBy(line: string): string | undefined {
  return line.trimStart().startsWith('#') ? undefined : keyOf(line)
}

/** Upstream's line with the place at which the result has it. */
function standingAt(line: ChangedLine, result: readonly ReadFile[]): readonly ChangedLine[] {
  return result.flatMap(({ path, lines }) => {
    const at = lines.indexOf(line.text)
    return at < 0 ? [] : [{ ...line, file: path, line: at + 1 }]
  })
}

/** The lines that set one of these keys, by where they stand: below which settings, items and sections, in which template statements. */
type Places = ReadonlyMap<string, readonly string[]>

function placesOf(files: readonly ReadFile[], keys: ReadonlySet<string | undefined>): Places {
  const found = new Map<string, string[]>()
  for (const { path, lines } of files) {
    const above = new Above(path)
    for (const text of lines) {
      above.pass(text)
      const key = setBy(text)
      if (keys.has(key)) addTo(found, `${above.place()}\0${key}`, text)
    }
  }
  return found
}

/** What the lines stand below, as far as it was read. */
class Above {
  readonly #path: string
  readonly #statements: string[] = []
  #section = ''
  #settings: { readonly indent: number; readonly text: string }[] = []

  constructor(path: string) {
    this.#path = path
  }

  place(): string {
    const settings = this.#settings.slice(0, -1).map(({ text }) => text)
    return [this.#path, this.#section, ...this.#statements, ...settings].join('\0')
  }

  pass(line: string): void {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) return
    if (text.startsWith('{%')) return this.#follow(text)
    this.#section = sectionHead(text) ?? this.#section
    const dash = line.length - line.replace(/^\s*(?:- +)?/, '').length
    const indent = indentOf(line)
    this.#settings = this.#settings.filter((each) => each.indent < indent)
    // A key on the line of an item's dash stands in the item, among the keys below it.
    if (dash > indent) this.#settings.push({ indent, text })
    this.#settings.push({ indent: dash, text })
  }

  #follow(text: string): void {
    const statement = /^\{%[-+]?\s*(\w+)/.exec(text)?.[1] ?? ''
    if (statement.startsWith('end')) this.#statements.pop()
    else if (statement === 'else' || statement === 'elif') this.#statements.splice(-1, 1, text)
    else if (statement === 'if' || statement === 'for') this.#statements.push(text)
  }
}
