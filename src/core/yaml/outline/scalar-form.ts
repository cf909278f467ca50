import { resolvePlain } from '../values/resolve-scalar.ts'

/** A scalar in the parts in which forms differ: quotes, a leading `v` of a version, the algorithm of a digest. */
export interface ScalarForm {
  readonly quote: string
  readonly lead: string
  readonly algorithm: string
  readonly core: string
  readonly kind: 'version' | 'digest' | 'other'
}

export type FormPart = 'quote' | 'lead' | 'algorithm'
export const FORM_PARTS: readonly FormPart[] = ['quote', 'lead', 'algorithm']

export function scalarForm(text: string): ScalarForm {
  const quote = /^["']/.exec(text)?.[0] ?? ''
  const inner = quote === '' ? text : text.slice(1, -1)
  const [, lead = '', version] = /^(v?)(\d+(?:\.\d+)+(?:[-+][\w.-]+)?)$/.exec(inner) ?? []
  if (version !== undefined) return { quote, lead, algorithm: '', core: version, kind: 'version' }
  const [, algorithm = '', digest] = /^([a-z][a-z0-9]*:)?([0-9a-fA-F]{32,})$/.exec(inner) ?? []
  if (digest !== undefined) return { quote, lead: '', algorithm, core: digest, kind: 'digest' }
  return { quote, lead: '', algorithm: '', core: inner, kind: 'other' }
}

/** Whether a scalar can differ in this part. */
export function hasPart({ kind }: ScalarForm, part: FormPart): boolean {
  return part === 'quote' || (part === 'lead' ? kind === 'version' : kind === 'digest')
}

/** Whether a scalar is the same text with quotes and without. */
export function isText({ lead, algorithm, core }: ScalarForm): boolean {
  const plain = lead + algorithm + core
  return (
    resolvePlain(plain).type === 'str' && !/^[&*!|>%@`{}[\],?:-]|:(?:\s|$)|\s#/.test(plain) && plain !== ''
  )
}

export function writtenAs(scalar: ScalarForm | undefined): string {
  return scalar ? scalar.quote + scalar.lead + scalar.algorithm + scalar.core + scalar.quote : ''
}

/** A line that is one entry of a map or list: a key with a value of one word or with none, or an item of one word. */
export interface EntryLine {
  readonly line: string
  readonly pieces: readonly [before: string, between: string, after: string]
  readonly key: ScalarForm | undefined
  readonly value: ScalarForm | undefined
}

const KEY = /^(\s*)("[^"\\]*"|'[^']*'|[^\s:#"'-][^\s:#"']*)(\s*:)(?=\s|$)/
const ITEM = /^\s*-\s+/
const WORD = /^(?:"[^"\\]*"|'[^']*'|[^\s#"']+)/

export function entryLine(line: string): EntryLine | undefined {
  const [dash] = ITEM.exec(line) ?? []
  if (dash !== undefined) {
    const item = behind(line.slice(dash.length))
    if (!item?.word || item.word.endsWith(':')) return undefined
    const value = scalarForm(item.word)
    return { line, pieces: [dash, item.before, item.after], key: undefined, value }
  }
  const [head, before = '', key, colon = ''] = KEY.exec(line) ?? []
  const rest = head === undefined ? undefined : behind(line.slice(head.length))
  if (key === undefined || !rest) return undefined
  const value = rest.word === undefined ? undefined : scalarForm(rest.word)
  return { line, pieces: [before, colon + rest.before, rest.after], key: scalarForm(key), value }
}

interface Behind {
  readonly before: string
  readonly word: string | undefined
  /** Blanks, and a comment. */
  readonly after: string
}

/** What stands behind a key or a dash: one word or none; `undefined` where it is more than that. */
function behind(text: string): Behind | undefined {
  const bare = text.trimStart()
  const before = text.slice(0, text.length - bare.length)
  if (bare === '') return { before: '', word: undefined, after: text }
  if (bare.startsWith('#')) return { before, word: undefined, after: bare }
  const word = WORD.exec(bare)?.[0]
  if (word === undefined || /^[|>&*!{[]/.test(word)) return undefined
  const after = bare.slice(word.length)
  return after.trim() === '' || /^\s+#/.test(after) ? { before, word, after } : undefined
}
