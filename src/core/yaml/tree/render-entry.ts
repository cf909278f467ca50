import type { IndentStyle } from './indent-style.ts'
import { isTagged, isYamlMap, type YamlMap, type YamlValue } from '../values/yaml-value.ts'
import { withoutEnd } from '../../text/split-spans.ts'
import { isScalarValue, writeScalar } from './write-scalar.ts'

/** Where new lines will stand. */
interface RenderPlace {
  /** The column of the key or dash. */
  readonly indent: number
  readonly style: IndentStyle
}

/** A new entry as block lines, each with its line feed, the first one at the given column too. */
export function renderEntry(key: string, value: YamlValue, place: RenderPlace): string {
  const head = `${' '.repeat(place.indent)}${renderKey(key)}:`
  return head + renderBehind(value, place)
}

/** A new list item as block lines. */
export function renderItem(value: YamlValue, place: RenderPlace): string {
  const { indent } = place
  const dash = `${' '.repeat(indent)}-`
  if (!isFilledMap(value))
    return dash + renderBehind(value, { ...place, style: { ...place.style, sequence: 2 } })
  const lines = renderEntries(value, { ...place, indent: indent + 2 })
  return `${dash} ${lines.slice(indent + 2)}`
}

/** What follows a colon or a dash, up to its line feed: a scalar in its line, a collection on the lines below. */
export function renderBehind(value: YamlValue, place: RenderPlace): string {
  const { indent, style } = place
  if (isFilledMap(value)) return `\n${renderEntries(value, { ...place, indent: indent + style.mapping })}`
  if (isFilledList(value)) {
    const lines = value.map((item) => renderItem(item, { ...place, indent: indent + style.sequence }))
    return `\n${lines.join('')}`
  }
  if (typeof value === 'string' && isParagraph(value)) return renderLiteral(value, indent + style.mapping)
  if (isTagged(value)) return ` ${value.tag}${renderBehind(value.value, place)}`
  const written = isScalarValue(value) ? writeScalar(value, { flow: 'block' }) : renderFlow(value)
  return ` ${written}\n`
}

/** A value in one line, with brackets: `{a: 1, b: [x, y]}`. */
export function renderFlow(value: YamlValue): string {
  if (isYamlMap(value)) {
    return `{${[...value].map(([key, each]) => `${renderKey(key)}: ${renderFlow(each)}`).join(', ')}}`
  }
  if (isTagged(value)) return `${value.tag} ${renderFlow(value.value)}`
  if (isScalarValue(value)) return writeScalar(value, { flow: 'flow' })
  return `[${value.map(renderFlow).join(', ')}]`
}

export function renderKey(key: string): string {
  return writeScalar(key, { flow: 'flow' })
}

function renderEntries(map: YamlMap, place: RenderPlace): string {
  return [...map].map(([key, value]) => renderEntry(key, value, place)).join('')
}

function isFilledMap(value: YamlValue): value is YamlMap {
  return isYamlMap(value) && value.size > 0
}

function isFilledList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value) && value.length > 0
}

/** Several lines that a literal block scalar can hold without an indentation sign or escapes; lines of blanks alone it might lose. */
function isParagraph(text: string): boolean {
  return (
    /^[^\s].*\n/.test(text) &&
    !/^[ \t]+$|[\u2028\u2029]/m.test(text) &&
    !/[^\n\t\x20-\x7E\u00A0-\uD7FF\uE000-\uFEFE]/.test(text)
  )
}

function renderLiteral(text: string, indent: number): string {
  const body = withoutEnd(text, '\n')
  const extra = text.length - body.length
  const chomping = ['-', ''][extra] ?? '+'
  const lines = body.replace(/^(?=[^\n])/gm, ' '.repeat(indent))
  return ` |${chomping}\n${lines}\n${'\n'.repeat(Math.max(0, extra - 1))}`
}
