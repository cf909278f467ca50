import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type Edit } from '../../src/core/text/edit.ts'
import { commentOut } from '../../src/core/yaml/tree/comment-out.ts'
import { isFlow } from '../../src/core/yaml/tree/find-node.ts'
import { insertKey } from '../../src/core/yaml/tree/insert-key.ts'
import { printKeyPath } from '../../src/core/yaml/tree/key-path.ts'
import type { YamlDocument, YamlNode } from '../../src/core/yaml/node/yaml-node.ts'
import { removeAt } from '../../src/core/yaml/tree/remove-at.ts'
import { renameKey } from '../../src/core/yaml/tree/rename-key.ts'
import { setScalar } from '../../src/core/yaml/tree/set-value.ts'
import { parseYaml } from '../../src/core/yaml/tree/parse-yaml.ts'
import { isYamlMap, valueOf, type YamlValue } from '../../src/core/yaml/values/yaml-value.ts'
import type { ScalarValue } from '../../src/core/yaml/tree/write-scalar.ts'
import { placesOf, valueWith, type Place } from './values.ts'

/** One of each kind that needs care: a version, a number that must stay text, a template, a boolean, nothing. */
const NEW_VALUES: readonly ScalarValue[] = ['v1.33.1', '1.30', '{{ a }}: "b" # c', true, null]

/** How many places were edited, and what went wrong, each in a line. */
interface RoundTrip {
  readonly scalars: number
  readonly keys: number
  readonly failures: readonly string[]
}

/**
 * Takes a YAML text apart and edits it at every place: with no edits it comes back byte for byte; setting a scalar changes
 * nothing outside of the value's own characters; setting, removing, commenting out, renaming and inserting each mean that
 * one change and nothing else. `undefined`: no YAML.
 */
export function roundTrip(text: string): RoundTrip | undefined {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') return undefined
  const failures: string[] = []
  let [scalars, keys] = [0, 0]
  if (applyEdits(text, []) !== text) failures.push('the text does not come back')
  for (const [index, document] of parsed.source.documents.entries()) {
    const whole = { text, document, index, isUnique: parsed.source.duplicates.length === 0 }
    for (const place of placesOf(document)) {
      if (place.node.kind === 'scalar') scalars++
      if (typeof place.path.at(-1) === 'string') keys++
      for (const wrong of [...setEach(whole, place), ...changeStructure(whole, place)]) {
        failures.push(`${printKeyPath(place.path)}: ${wrong}`)
      }
    }
  }
  return { scalars, keys, failures }
}

interface Whole {
  readonly text: string
  readonly document: YamlDocument
  readonly index: number
  /** Whether no key stands twice: else another one comes to light when one is taken away. */
  readonly isUnique: boolean
}

function setEach(whole: Whole, { path, node }: Place): readonly string[] {
  if (node.kind !== 'scalar') return []
  return NEW_VALUES.flatMap((value) => {
    const edits = setScalar(whole.document, path, value)
    const outside = edits?.find((edit) => !isInValue(whole.text, edit, node))
    const wrong = outside
      ? `the edit ${outside.from}..${outside.to} lies outside of ${node.from}..${node.to}`
      : difference(whole, edits, (before) => valueWith(before, path, () => value))
    return wrong === undefined ? [] : [`set to ${JSON.stringify(value)}: ${wrong}`]
  })
}

/** An edit may reach back to the colon before an empty value or one that stands on a line of its own. */
function isInValue(text: string, edit: Edit, node: YamlNode): boolean {
  const before = text.slice(edit.from, Math.max(edit.from, node.from))
  const after = text.slice(Math.min(edit.to, node.to), edit.to)
  return edit.from <= node.to && before.replace(/#.*/g, '').trim() === '' && after.trim() === ''
}

function changeStructure(whole: Whole, { path, node }: Place): readonly string[] {
  const { document, isUnique } = whole
  const wrong: (string | undefined)[] = []
  const check = (
    what: string,
    edits: readonly Edit[] | undefined,
    wanted: (before: YamlValue) => YamlValue,
  ): void => {
    const found = difference(whole, edits, wanted)
    if (found !== undefined) wrong.push(`${what}: ${found}`)
  }
  const key = path.at(-1)
  if (key !== undefined && isUnique) {
    const gone = (before: YamlValue): YamlValue =>
      orNothing(
        path.length,
        valueWith(before, path, () => undefined),
      )
    check('remove', removeAt(document, path), gone)
    const commented = commentOut(document, path)
    if (commented) check('comment out', commented, gone)
  }
  if (typeof key === 'string' && isUnique) {
    check('rename', renameKey(document, path, 'new: name'), (before) =>
      valueWith(before, path.slice(0, -1), (old) => renamed(old, key, 'new: name')),
    )
  }
  if (node.kind === 'mapping' && (!isFlow(node) || node.entries.length > 0)) {
    check('insert', insertKey(document, [...path, 'new_key'], ['x']), (before) =>
      valueWith(before, [...path, 'new_key'], () => ['x']),
    )
  }
  return wrong.filter((each) => each !== undefined)
}

/** A document that loses its only key is empty, which Ansible takes for no variables at all. */
function orNothing(depth: number, value: YamlValue): YamlValue {
  const size = isYamlMap(value) ? value.size : (value as readonly YamlValue[]).length
  return depth === 1 && size === 0 ? null : value
}

function renamed(value: YamlValue | undefined, from: string, to: string): YamlValue {
  if (!isYamlMap(value)) throw new Error('a key stands in a mapping')
  return new Map([...value].map(([key, each]) => [key === from ? to : key, each]))
}

/**
 * What is wrong after an edit. What an anchor gives to others changes with it, so there it only has to parse, and what
 * aliases need may be refused.
 */
function difference(
  { text, document, index }: Whole,
  edits: readonly Edit[] | undefined,
  wanted: (before: YamlValue) => YamlValue,
): string | undefined {
  const hasAnchors = /[&*]\w/.test(text)
  if (!edits || !document.root) return hasAnchors ? undefined : 'nothing was found'
  const after = parseYaml(applyEdits(text, edits))
  if (after.kind === 'refused') return after.faults[0]?.message
  const root = after.source.documents[index]?.root
  if (hasAnchors || isDeepStrictEqual(root ? valueOf(root) : null, wanted(valueOf(document.root))))
    return undefined
  return 'something else changed too'
}
