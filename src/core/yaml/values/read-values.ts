import { isMap, isScalar, isSeq, parseDocument, type Pair } from 'yaml'
import { withLineBreaks } from '../../text/with-line-breaks.ts'
import { LruMap } from '../../model/collections/lru-map.ts'
import { DEEPEST, depthOf } from '../node/depth-of.ts'
import { isMergeKey, NotReadable, plainOfNode, printedKey } from './plain-of-node.ts'
import type { PlainMap, PlainValue } from './plain-value.ts'
import { scanBlock } from './scan-block.ts'

/** The entries of a file whose root is a mapping, with the lines they start on (counted from 1). */
export interface FileValues {
  readonly values: PlainMap
  readonly lines: ReadonlyMap<string, number>
  /** Keys written twice in one mapping. */
  readonly duplicates: readonly string[]
  /** What the file gets wrong, in the parser's words; what could be read is still there. */
  readonly problems: readonly string[]
}

/**
 * Reads a file of variables to plain values, as PyYAML (YAML 1.1) would. A file is cut at the lines that
 * start in the first column: inside a block mapping only a key can stand there, since quotes and flow
 * collections that go on must be indented. Each piece is scanned, or parsed where scanning does not suffice,
 * or the whole file is parsed where a piece alone makes no sense (an alias).
 */
export function readValues(text: string): FileValues {
  return files.of(text, readFile)
}

function readFile(text: string): FileValues {
  const problem = tooMuch(text)
  if (problem !== undefined)
    return { values: new Map(), lines: new Map(), duplicates: [], problems: [problem] }
  const pieces = piecesOf(text)
  return (pieces && readPieces(pieces)) ?? readWhole(text)
}

/**
 * Reads a whole file of any shape (a list of tasks, for example); `undefined` for an empty or hopeless one.
 */
export function readDocument(text: string): PlainValue {
  return documents.of(text, readWholeDocument)
}

function readWholeDocument(text: string): PlainValue {
  if (tooMuch(text) !== undefined) return undefined
  return (ODD.test(text) ? undefined : (readList(text) ?? readMapping(text))) ?? parse(text).value
}

/** Blanks and line breaks that the parser takes otherwise than a reader of lines would. */
const ODD = /\r(?!\n)|[^\S \t\r\n]|^ *\t/m

/** The items of a file that is one plain list, as files of tasks and plays are, cut as `piecesOf` cuts a mapping. */
function itemsOf(text: string): readonly (readonly string[])[] | undefined {
  const items: string[][] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^-(?:\s|$)/.test(line)) items.push([line])
    else if (/^(?:[ #]|$)/.test(line) && (items.length > 0 || /^\s*(?:#|$)/.test(line)))
      items.at(-1)?.push(line)
    else if (line !== '---' || items.length > 0) return undefined
  }
  return items.length > 0 ? items : undefined
}

function readList(text: string): readonly PlainValue[] | undefined {
  const items = itemsOf(text)
  if (!items) return undefined
  const all: PlainValue[] = []
  for (const [index, lines] of items.entries()) {
    const read = scanBlock(lines) ?? parsePiece(lines, index === items.length - 1)
    if (!Array.isArray(read?.value) || read.value.length !== 1) return undefined
    all.push((read.value as readonly PlainValue[])[0])
  }
  return all
}

/** The values of a file that is one plain mapping; an empty one may be anything. */
function readMapping(text: string): PlainMap | undefined {
  const pieces = piecesOf(text)
  return pieces && pieces.length > 0 ? readPieces(pieces)?.values : undefined
}

/**
 * What texts were found to say. A plan, its look ahead, the audit and each weighing of a fix read the same thousand files of releases,
 * which differ in few; nobody changes what was read.
 */
class Read<T> {
  readonly #known = new LruMap<string, { readonly said: T; readonly size: number }>(KEPT, ({ size }) => size)

  of(text: string, read: (text: string) => T): T {
    const known = this.#known.get(text)
    if (known) return known.said
    const said = read(text)
    this.#known.set(text, { said, size: text.length + 1 })
    return said
  }
}

/** Characters: all that plays, roles and settings of one release come to is some 1.5 million. */
const KEPT = 4_000_000
const documents = new Read<PlainValue>()
const files = new Read<FileValues>()

/** The largest file of variables in 67 releases has 134,000 characters. */
const LARGEST_FILE = 4_000_000

/** Why a file is not even looked into. */
function tooMuch(text: string): string | undefined {
  if (text.length > LARGEST_FILE)
    return `The file has ${text.length} characters, and I read ${LARGEST_FILE} at most.`
  return depthOf(text) > DEEPEST ? `The file is nested more than ${DEEPEST} levels deep.` : undefined
}

interface Piece {
  readonly line: number
  readonly lines: readonly string[]
}

/** `undefined` where the file is no plain block mapping. */
function piecesOf(text: string): readonly Piece[] | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const pieces: { line: number; lines: string[] }[] = []
  for (const [index, line] of lines.entries()) {
    const first = line[0]
    const inside =
      first === undefined || first === ' ' || first === '#' || (first === '-' && /^-(?:\s|$)/.test(line))
    if (inside) pieces.at(-1)?.lines.push(line)
    else if (line === '---' && pieces.length === 0) continue
    else if (/^[A-Za-z_]\w*:(?:\s|$)/.test(line)) pieces.push({ line: index + 1, lines: [line] })
    else return undefined
    if (inside && pieces.length === 0 && /^\s*[^\s#]/.test(line)) return undefined
  }
  return pieces
}

function readPieces(pieces: readonly Piece[]): FileValues | undefined {
  const values = new Map<string, PlainValue>()
  const lines = new Map<string, number>()
  const duplicates: string[] = []
  for (const [index, piece] of pieces.entries()) {
    const read = scanBlock(piece.lines) ?? parsePiece(piece.lines, index === pieces.length - 1)
    if (!read || !(read.value instanceof Map)) return undefined
    const [entry] = read.value as PlainMap
    if (!entry) return undefined
    if (values.has(entry[0])) duplicates.push(entry[0])
    duplicates.push(...read.duplicates)
    values.set(entry[0], entry[1])
    lines.set(entry[0], piece.line)
  }
  return { values, lines, duplicates, problems: [] }
}

/** The last piece ends as the file does. */
function parsePiece(
  lines: readonly string[],
  isLast: boolean,
): { value: PlainValue; duplicates: readonly string[] } | undefined {
  const { value, problems, duplicates } = parse(lines.join('\n') + (isLast ? '' : '\n'))
  return problems.length > 0 ? undefined : { value, duplicates }
}

function readWhole(text: string): FileValues {
  const { value, problems, duplicates } = parse(text)
  const values: PlainMap = value instanceof Map ? (value as PlainMap) : new Map<string, PlainValue>()
  const lines = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const key = /^["']?([\w.-]+)["']?\s*:/.exec(line)?.[1]
    if (key !== undefined && values.has(key)) lines.set(key, index + 1)
  }
  return { values, lines, duplicates, problems }
}

interface Parsed {
  readonly value: PlainValue
  readonly problems: readonly string[]
  readonly duplicates: readonly string[]
}

function parse(text: string): Parsed {
  // `uniqueKeys` compares each key with each other; a set does it here.
  const document = parseDocument(withLineBreaks(text), {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const duplicates = writtenTwice(document.contents)
  const problems = document.errors.map(({ message }) => message)
  try {
    return { value: plainOfNode(document.contents), problems, duplicates }
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error
    return { value: undefined, problems: [...problems, error.message], duplicates }
  }
}

/** Twice in one mapping is what reads as the same key: `1.10` and `1.1`, but not `1.10` and `'1.10'`. */
function writtenTwice(node: unknown): readonly string[] {
  if (isSeq(node)) return node.items.flatMap(writtenTwice)
  if (!isMap(node)) return []
  const seen = new Set<string>()
  return (node.items as readonly Pair[]).flatMap(({ key, value }) => {
    const name = isScalar(key) && !isMergeKey(key) ? printedKey(key) : undefined
    const isAgain = name !== undefined && seen.has(name)
    if (name !== undefined) seen.add(name)
    return [...(isAgain ? [name] : []), ...writtenTwice(value)]
  })
}
