import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Pair,
} from 'yaml'
import { DEEPEST, depthOf } from '../node/depth-of.ts'

/** A key path into a document: names of mappings, indexes of lists. */
export type ConfigPath = readonly (string | number)[]

/** Line and column, both counted from 1. */
interface SourcePlace {
  readonly line: number
  readonly column: number
}

interface SourceProblem extends SourcePlace {
  /** `yaml`'s error code, or ours: `SEVERAL_DOCUMENTS`, `TOO_MANY_ALIASES`. */
  readonly code: string
  readonly message: string
}

/** YAML read for its values, and where each of them stands. */
export interface ConfigSource {
  /** Plain values; `undefined` where the text holds none. Not to be trusted where there are problems. */
  readonly value: unknown
  readonly problems: readonly SourceProblem[]
  /** Where the key (or list item) of a path stands; the nearest one above it where the path is not there. */
  placeOfKey(path: ConfigPath): SourcePlace
  /** Where the value of a path stands. */
  placeOfValue(path: ConfigPath): SourcePlace
}

/** Reads YAML for its values. For files we edit there is the lossless reader; this one is for settings. */
export function readConfigSource(text: string): ConfigSource {
  const lineCounter = new LineCounter()
  // The parser recurses, and would tell Node's log what it thinks of foreign text.
  if (depthOf(text) > DEEPEST) return TOO_DEEP
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' })
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems: SourceProblem[] = document.errors.map((error) => ({
    code: error.code === 'MULTIPLE_DOCS' ? 'SEVERAL_DOCUMENTS' : error.code,
    message: error.message,
    ...placeAt(error.pos[0]),
  }))
  const offsets = (path: ConfigPath) => find(document.contents, path)
  return {
    ...values(() => document.toJS(), problems),
    placeOfKey: (path) => placeAt(offsets(path).key),
    placeOfValue: (path) => placeAt(offsets(path).value),
  }
}

const START: SourcePlace = { line: 1, column: 1 }

const TOO_DEEP: ConfigSource = {
  value: undefined,
  problems: [
    { code: 'TOO_DEEP', message: `The values in this file are nested more than ${DEEPEST} deep`, ...START },
  ],
  placeOfKey: () => START,
  placeOfValue: () => START,
}

/** `toJS` throws on aliases that unfold into more than it is willing to build. */
function values(
  read: () => unknown,
  problems: readonly SourceProblem[],
): Pick<ConfigSource, 'value' | 'problems'> {
  if (problems.length > 0) return { value: undefined, problems }
  try {
    return { value: read() ?? undefined, problems }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const message = 'Aliases in this file unfold into too many values'
    return { value: undefined, problems: [{ code: 'TOO_MANY_ALIASES', message, line: 1, column: 1 }] }
  }
}

interface Offsets {
  readonly key: number
  readonly value: number
}

function find(root: Node | null, path: ConfigPath): Offsets {
  let node: unknown = root
  let found: Offsets = { key: startOf(root) ?? 0, value: startOf(root) ?? 0 }
  for (const part of path) {
    const next = child(node, part)
    if (!next) break
    found = next.offsets
    node = next.node
  }
  return found
}

function child(node: unknown, part: string | number): { node: unknown; offsets: Offsets } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isPair(each) && keyOf(each) === String(part))
    if (!pair) return undefined
    const key = startOf(pair.key) ?? startOf(node) ?? 0
    return { node: pair.value, offsets: { key, value: startOf(pair.value) ?? key } }
  }
  if (isSeq(node) && typeof part === 'number') {
    const item = node.items[part]
    const at = startOf(item) ?? startOf(node) ?? 0
    return item === undefined ? undefined : { node: item, offsets: { key: at, value: at } }
  }
  return undefined
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key)
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
