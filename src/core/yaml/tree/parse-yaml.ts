import { Composer, Lexer, Parser, type ErrorCode } from 'yaml'
import { withLineBreaks } from '../../text/with-line-breaks.ts'
import { buildDocument } from './build-document.ts'
import { tightenQuotes } from './tighten-quotes.ts'
import type { YamlDocument, YamlFault, YamlSource } from '../node/yaml-node.ts'
import { lineStartsOf, positionAt } from './position-at.ts'

type ParsedYaml =
  | { readonly kind: 'parsed'; readonly source: YamlSource }
  | { readonly kind: 'refused'; readonly faults: readonly YamlFault[] }

/** The largest YAML file of any Kubespray release has 134 thousand characters, a dashboard's JSON in YAML some 500. */
const MOST_CHARACTERS = 4_000_000
/** Kubespray's own files hold none; the limit bounds the work, not what people write. */
const MOST_ALIASES = 10_000
/** How many nodes a document may come to with its aliases written out: a file of the largest size has about as many. */
const MOST_NODES = 1_000_000
/** Kubernetes' resource definitions nest about 40 deep. */
const DEEPEST = 200
const MOST_FAULTS = 10

/**
 * Reads a text as YAML 1.2 without reading values: ranges, keys, styles, comments. It never throws for what is written in
 * the text. Keys that stand twice are told in the source and are no reason to refuse it.
 */
export function parseYaml(text: string): ParsedYaml {
  const lineStarts = lineStartsOf(text)
  const faultAt: FaultAt = (code, offset, message) => ({
    code,
    message,
    offset,
    ...positionAt(lineStarts, offset),
  })
  if (text.length > MOST_CHARACTERS) {
    const size = Math.ceil(text.length / 1_000_000)
    const message = `I do not read YAML of ${size} million characters; the most I take is ${MOST_CHARACTERS / 1_000_000} million.`
    return { kind: 'refused', faults: [faultAt('yaml-too-large', 0, message)] }
  }
  const broken = withLineBreaks(text)
  const parsed = parseAs(broken, { text, lineStarts, faultAt })
  if (parsed.kind === 'parsed') return parsed
  const loose = parsed.faults[0]?.code === 'yaml-syntax' ? tightenQuotes(broken) : undefined
  if (!loose) return parsed
  const tightened = parseAs(loose.text, { text, lineStarts, faultAt, ends: loose.ends })
  return tightened.kind === 'parsed' ? tightened : parsed
}

interface Parsing {
  /** The text as it is. */
  readonly text: string
  readonly lineStarts: readonly number[]
  readonly faultAt: FaultAt
  /** Where values end in it that the text to be parsed has shorter. */
  readonly ends?: ReadonlyMap<number, number>
}

/** Parses a text that has the same offsets as the original. */
function parseAs(readable: string, parsing: Parsing): ParsedYaml {
  const tokens = readTokens(readable, parsing.faultAt)
  return 'code' in tokens ? { kind: 'refused', faults: [tokens] } : compose(tokens, parsing)
}

type FaultAt = (code: YamlFault['code'], offset: number, message: string) => YamlFault
type Tokens = ReturnType<Parser['parse']> extends Iterable<infer T> ? readonly T[] : never

/** Lexing and parsing are loops, composing is not: what is too deep or too much must be seen here. */
function readTokens(text: string, faultAt: FaultAt): Tokens | YamlFault {
  const parser = new Parser()
  const tokens: Tokens[number][] = []
  let aliases = 0
  let isScalar = false
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && lexeme.startsWith('*') && ++aliases > MOST_ALIASES) {
      return faultAt(
        'yaml-alias',
        parser.offset,
        `I stop reading here: this file has more than ${MOST_ALIASES} aliases (\`*name\`).`,
      )
    }
    isScalar = lexeme === '\u001F' // the lexer's mark that a plain scalar follows
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > DEEPEST) {
      return faultAt(
        'yaml-too-deep',
        parser.offset,
        `I stop reading here: the values are nested more than ${DEEPEST} deep.`,
      )
    }
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

function compose(tokens: Tokens, { text, lineStarts, faultAt, ends = new Map() }: Parsing): ParsedYaml {
  // Failsafe: scalars stay text, read when asked for. `uniqueKeys` compares each key with each other; a set does it here.
  const composer = new Composer({
    keepSourceTokens: true,
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const start = lineStarts[0] as number
  const documents: YamlDocument[] = []
  const duplicates: YamlFault[] = []
  const faults: YamlFault[] = []
  const report = {
    duplicateKey: (key: string, offset: number) =>
      duplicates.push(
        faultAt(
          'yaml-duplicate-key',
          offset,
          `The key \`${key}\` stands twice in one mapping; Ansible takes the last one. Remove one of them.`,
        ),
      ),
    unknownAlias: (name: string, offset: number) =>
      faults.push(
        faultAt(
          'yaml-alias',
          offset,
          `The alias \`*${name}\` has no anchor before it: expected \`&${name}\` further up in this document.`,
        ),
      ),
  }
  for (const document of composer.compose(tokens, false, text.length)) {
    for (const { code, message, pos } of document.errors)
      faults.push(faultAt('yaml-syntax', pos[0], syntaxMessage(code, message)))
    if (faults.length > 0) continue
    const from = documents.at(-1)?.to ?? start
    const { root, size } = buildDocument({ text, lineStarts, document, from, ends }, report)
    documents.push({ text, root, from, to: document.range[2] })
    if (size > MOST_NODES) {
      faults.push(
        faultAt(
          'yaml-alias',
          document.range[0],
          `Written out, the aliases of this document come to more than ${MOST_NODES} values; I do not read that.`,
        ),
      )
    }
  }
  if (faults.length > 0) return { kind: 'refused', faults: faults.slice(0, MOST_FAULTS) }
  if (documents.length === 0) documents.push({ text, root: undefined, from: start, to: text.length })
  return { kind: 'parsed', source: { text, documents, duplicates, lineStarts } }
}

/** What was expected, where the parser's own words do not say it. */
const EXPECTED: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'expected this line in the column of its siblings',
  BLOCK_AS_IMPLICIT_KEY: 'expected one `key: value` a line, or quotes around a value that holds `: `',
  MISSING_CHAR: 'expected a space, a comma, a colon or a closing bracket or quote here',
  MULTILINE_IMPLICIT_KEY: 'expected a key and its `:` on one line',
  TAB_AS_INDENT: 'expected spaces, since YAML does not take tabs as indentation',
  UNEXPECTED_TOKEN: 'expected the end of the value, or quotes around all of it',
  BAD_SCALAR_START: 'expected quotes around a value that begins with a reserved character',
}

/** In the parser's words, without what it quotes from the file: that may be a secret. */
function syntaxMessage(code: ErrorCode, message: string): string {
  const own = message.replace(/(characters|token|stream|document): [\s\S]*$/, '$1').replace(/[.:]$/, '')
  const reason = own.charAt(0).toLowerCase() + own.slice(1)
  const expected = EXPECTED[code]
  return `This is no YAML that I can read: ${reason}${expected ? ` (${expected})` : ''}.`
}
