import { oncePer } from '../../model/collections/once-per.ts'
import { lineWeight } from '../../text/line-weight.ts'
import { readOutline, type Block } from '../../yaml/outline/read-outline.ts'
import { hasOutline } from '../file-merge.ts'
import { namesIn, spelled, spelledLines } from '../spelled.ts'
import type { OwnFile, Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import { bagOf } from '../line-bag.ts'

/** So many lines that say something are found by themselves. */
const TELLING_LINES = 3

/**
 * Whether what upstream has of these lines can be what the patch puts here. Several lines, or one with a name that the file had
 * not, are found by themselves. A line that could stand anywhere (`become: true`) must stand under the same settings, or
 * beside the same neighbour.
 */
export function isAtItsPlace(
  { file, unit }: { readonly file: OwnFile; readonly unit: Unit },
  needs: readonly string[],
  texts: FileLines['texts'],
): boolean {
  const isYaml = hasOutline(file.change.to)
  const weight = needs.reduce((sum, line) => sum + lineWeight(line), 0)
  if (weight >= TELLING_LINES) return true
  if (!isYaml || isTopLevel(file.after, unit)) {
    const had = new Set(spelledLines(file.before).flatMap(namesIn))
    if (needs.some((line) => namesIn(line).some((name) => !had.has(name)))) return true
  }
  const wanted = isYaml ? pathsIn(file.after) : neighboursIn(file.after)
  const here = file.after.slice(unit.start, unit.end).map((_line, at) => wanted.get(unit.start + at) ?? '')
  return (texts.get(file.change.path) ?? []).some((text) => {
    const there = isYaml ? placesIn(text) : edgesIn(text)
    return here.every(
      (place, at) =>
        !needs.includes(unit.lines[at] as string) || sidesOf(place).some((each) => there.has(each)),
    )
  })
}

/** Beside how many of its two neighbours upstream has a piece: what the patch has above and below it. */
export function neighboursThere(
  { file, unit }: { readonly file: OwnFile; readonly unit: Unit },
  texts: FileLines['texts'],
): number {
  const wanted = neighboursIn(file.after)
  const inside: string[] = []
  for (let at = unit.start; at < unit.end; at++) {
    const place = wanted.get(at)
    if (place !== undefined) inside.push(place)
  }
  const edges = [sidesOf(inside[0] ?? '')[0], sidesOf(inside.at(-1) ?? '')[1]]
  const there = (texts.get(file.change.path) ?? []).map(edgesIn)
  return edges.filter((edge) => edge !== undefined && there.some((text) => text.has(edge))).length
}

/**
 * Whether the patch's own base has each of these lines at the same place, in what the patch keeps: a diff shows it as put in, and it only
 * went down. Its being there then says nothing of upstream.
 */
export function stoodThere({ file, unit }: { readonly file: OwnFile; readonly unit: Unit }): boolean {
  if (!hasOutline(file.change.to) || file.before.length === 0) return false
  // Most lines that are put in stood nowhere, and need no places read to know it.
  const [said, had] = [spelledLines(file.after), spellingsIn(file.before)]
  if (unit.lines.some((line, at) => lineWeight(line) > 0 && !had.has(said[unit.start + at] ?? '')))
    return false
  const wanted = pathsIn(file.after)
  const places = unit.lines.flatMap((line, at) => {
    const place = lineWeight(line) > 0 ? wanted.get(unit.start + at) : undefined
    return place === undefined ? [] : [place]
  })
  if (places.length === 0) return false
  const { kept, times } = standingIn(file)
  return places.every((place) => kept.has(place) && times.get(place) === 1)
}

/** The places of what a patch keeps of its base, and how often its own text has each. */
interface Standing {
  readonly kept: ReadonlySet<string>
  readonly times: ReadonlyMap<string, number>
}

/** Made once for all pieces of a file: of a file that one puts in as a whole there are hundreds. */
const standingIn = oncePer((file: OwnFile): Standing => {
  const gone = new Set<number>()
  for (const { from, to } of file.hunks) for (let at = from; at < to; at++) gone.add(at)
  const kept = new Set<string>()
  for (const [at, place] of pathsIn(file.before)) if (!gone.has(at)) kept.add(place)
  return { kept, times: bagOf([...pathsIn(file.after).values()]) }
})

/** One neighbour is enough: at the other side upstream may have put something in as well. */
function sidesOf(place: string): readonly string[] {
  const [before = '', line = '', after] = place.split('\0')
  return after === undefined ? [place] : [`${before}\0${line}`, `\0${line}\0${after}`]
}

/** A setting without parents stands at its place wherever in the file it is. */
function isTopLevel(lines: readonly string[], { start, end }: Unit): boolean {
  return lines.slice(start, end).every((line) => line.trim() === '' || !/^\s/.test(line))
}

/** Each line of a YAML text, by its number, under the names of all it stands in. */
const pathsIn = oncePer((lines: readonly string[]): ReadonlyMap<number, string> => {
  const found = new Map<number, string>()
  const said = spelledLines(lines)
  const visit = (block: Block, path: string): void => {
    const own = block.kind === 'key' || block.kind === 'item' ? `${path}/${spelled(block.id)}` : path
    block.lines.forEach((_line, at) => found.set(block.at + at, `${path}\0${said[block.at + at] ?? ''}`))
    for (const child of block.children) visit(child, own)
  }
  visit(readOutline(lines), '')
  return found
})

/** Each line of a text, by its number, with the line that says something before it and after it. */
const neighboursIn = oncePer((lines: readonly string[]): ReadonlyMap<number, string> => {
  const telling = spelledLines(lines).flatMap((line, at) => (lineWeight(line) > 0 ? [{ line, at }] : []))
  return new Map(
    telling.map(({ line, at }, index) => [
      at,
      `${telling[index - 1]?.line ?? ''}\0${line}\0${telling[index + 1]?.line ?? ''}`,
    ]),
  )
})

const spellingsIn = oncePer((lines: readonly string[]): ReadonlySet<string> => new Set(spelledLines(lines)))

/** The places of all lines of a YAML text: every piece of a patch asks for its own among them. */
const placesIn = oncePer((lines: readonly string[]): ReadonlySet<string> => new Set(pathsIn(lines).values()))

/** The lines of a text that say something, each with the neighbour above it and with the one below it. */
const edgesIn = oncePer(
  (lines: readonly string[]): ReadonlySet<string> =>
    new Set([...neighboursIn(lines).values()].flatMap(sidesOf)),
)
