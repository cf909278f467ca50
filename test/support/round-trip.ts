import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type Edit } from '../../src/core/text/edit.ts'
import { printKeyPath, type KeyPath } from '../../src/core/yaml/key-path.ts'
import type { YamlDocument, YamlNode, YamlScalar } from '../../src/core/yaml/node.ts'
import { setScalar } from '../../src/core/yaml/set.ts'
import { parseYaml } from '../../src/core/yaml/source.ts'
import { isTagged, isYamlMap, valueOf, type YamlValue } from '../../src/core/yaml/value.ts'
import type { ScalarValue } from '../../src/core/yaml/write-scalar.ts'

/** One of each kind that needs care: a version, a number that must stay text, a template, a boolean, nothing. */
const NEW_VALUES: readonly ScalarValue[] = ['v1.33.1', '1.30', '{{ a }}: "b" # c', true, null]

/** How many scalars were set, and what went wrong, each in a line. */
export interface RoundTrip {
  readonly scalars: number
  readonly failures: readonly string[]
}

/**
 * Takes a YAML text apart and sets every scalar in it: with no edits it must come back byte for byte, and each edit must
 * change nothing outside of the value's own characters and mean exactly one value's change. `undefined`: no YAML.
 */
export function roundTrip(text: string): RoundTrip | undefined {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') return undefined
  const failures: string[] = []
  let scalars = 0
  if (applyEdits(text, []) !== text) failures.push('the text does not come back')
  for (const [index, document] of parsed.source.documents.entries()) {
    for (const { path, node } of scalarsOf(document)) {
      scalars++
      for (const value of NEW_VALUES) {
        const wrong = setOne({ text, document, index }, { path, node }, value)
        if (wrong) failures.push(`${printKeyPath(path)} to ${JSON.stringify(value)}: ${wrong}`)
      }
    }
  }
  return { scalars, failures }
}

interface Place {
  readonly path: KeyPath
  readonly node: YamlScalar
}

/** Scalars that one path leads to: not those under a key that stands twice, and no merge keys. */
function scalarsOf(document: YamlDocument): readonly Place[] {
  const places: Place[] = []
  const visit = (node: YamlNode, path: KeyPath): void => {
    if (node.kind === 'scalar') places.push({ path, node })
    if (node.kind === 'sequence') node.items.forEach((item, index) => visit(item.value, [...path, index]))
    if (node.kind !== 'mapping') return
    for (const { key, value } of new Map(node.entries.map((entry) => [entry.key, entry])).values()) {
      if (key !== '<<') visit(value, [...path, key])
    }
  }
  if (document.root) visit(document.root, [])
  return places
}

interface Whole {
  readonly text: string
  readonly document: YamlDocument
  readonly index: number
}

function setOne(
  { text, document, index }: Whole,
  { path, node }: Place,
  value: ScalarValue,
): string | undefined {
  const edits = setScalar(document, path, value)
  if (!edits) return 'nothing was found'
  const outside = edits.find((edit) => !isInValue(text, edit, node))
  if (outside) return `the edit ${outside.from}..${outside.to} lies outside of ${node.from}..${node.to}`
  const after = parseYaml(applyEdits(text, edits))
  if (after.kind === 'refused') return after.faults[0]?.message
  const root = after.source.documents[index]?.root
  const before = document.root
  // What an anchor gives to others changes with it, rightly: then the value itself is all there is to compare.
  if (/[&*]\w/.test(text)) return undefined
  const wanted = before && withValue(valueOf(before), path, value)
  return isDeepStrictEqual(root && valueOf(root), wanted) ? undefined : 'something else changed too'
}

/** An edit may reach back to the colon before an empty value or one that stands on a line of its own. */
function isInValue(text: string, edit: Edit, node: YamlScalar): boolean {
  const before = text.slice(edit.from, Math.max(edit.from, node.from))
  const after = text.slice(Math.min(edit.to, node.to), edit.to)
  return edit.from <= node.to && before.replace(/#.*/g, '').trim() === '' && after.trim() === ''
}

function withValue(value: YamlValue, path: KeyPath, to: YamlValue): YamlValue {
  const [head, ...rest] = path
  if (head === undefined) return to
  if (isTagged(value)) return { ...value, value: withValue(value.value, path, to) }
  if (isYamlMap(value))
    return new Map(value).set(String(head), withValue(value.get(String(head)) ?? null, rest, to))
  if (!Array.isArray(value)) throw new Error('the path leads into a scalar')
  return (value as readonly YamlValue[]).map((item, index) =>
    index === head ? withValue(item, rest, to) : item,
  )
}
