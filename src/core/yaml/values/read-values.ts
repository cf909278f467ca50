import { isScalar, parseDocument } from 'yaml'
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
  return tooMuch(text) === undefined ? parse(text).value : undefined
}

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
  for (const piece of pieces) {
    const read = scanBlock(piece.lines) ?? parsePiece(piece)
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

function parsePiece(piece: Piece): { value: PlainValue; duplicates: readonly string[] } | undefined {
  const { value, problems, duplicates } = parse(piece.lines.join('\n'))
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
  const document = parseDocument(text, {
    schema: 'failsafe',
    // Twice in one mapping is what reads as the same key: `1.10` and `1.1`, but not `1.10` and `'1.10'`.
    uniqueKeys: (a, b) => !isMergeKey(a) && isScalar(a) && isScalar(b) && printedKey(a) === printedKey(b),
    prettyErrors: false,
    logLevel: 'silent',
  })
  const duplicates = document.errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos }) => text.slice(...pos).split(':')[0] ?? '')
  const problems = document.errors
    .filter(({ code }) => code !== 'DUPLICATE_KEY')
    .map(({ message }) => message)
  try {
    return { value: plainOfNode(document.contents), problems, duplicates }
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error
    return { value: undefined, problems: [...problems, error.message], duplicates }
  }
}
