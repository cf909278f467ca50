import { parseYaml } from '../../yaml/tree/parse-yaml.ts'
import type { Word } from './command-words.ts'
import { ANY, followReference, isAsked } from './follow-reference.ts'

/** What a command hands to a playbook on top of all inventories: a variable, or a file of them. */
export type ExtraVariables = ExtraValue | { readonly kind: 'file'; readonly path: string }

export interface ExtraValue {
  readonly kind: 'value'
  readonly name: string
  readonly value: string
  /** The value's place in the file, without quotes; of a variable of the file the place where that gets its value. */
  readonly from: number
  readonly to: number
  /** Whether the bytes at the place are the value; otherwise it is put together when the command runs. */
  readonly isPlain: boolean
  /** Whether whoever runs the command is asked for it, or hands it to the script. */
  readonly isAsked: boolean
}

/** Reads what stands behind `-e`: `@file`, a mapping as JSON or YAML, or `name=value` as often as one likes. */
export function extraVariables(text: string, word: Word): readonly ExtraVariables[] {
  if (word.text.startsWith('@')) return [{ kind: 'file', path: word.text.slice(1) }]
  if (/^\s*\{(?!\{)/.test(word.text)) return inMapping(text, word)
  return pairsOf(word).map(({ name, value }) => extraValue(text, name, value))
}

function extraValue(text: string, name: string, written: Word): ExtraValue {
  const from = written.offsets[0] ?? 0
  const to = from + written.text.length
  const isReference = written.text !== '' && written.text.replace(ANY, '') === ''
  const followed = isReference ? followReference(text, written.text, written.offsets) : undefined
  if (followed)
    return {
      kind: 'value',
      name,
      value: followed.text,
      from: followed.from,
      to: followed.to,
      isPlain: true,
      isAsked: false,
    }
  const isPlain =
    written.text !== '' && text.slice(from, to) === written.text && !/[$`\\<>%]|\{\{/.test(written.text)
  return { kind: 'value', name, value: written.text, from, to, isPlain, isAsked: isAsked(text, written.text) }
}

/** `a=1 b="x y"`: blanks divide, quotes hold them. */
function pairsOf(word: Word): readonly { readonly name: string; readonly value: Word }[] {
  const pairs: { name: string; value: Word }[] = []
  for (let at = 0; at < word.text.length;) {
    const end = endOfPair(word.text, at)
    const [, name, quote = ''] = /^([A-Za-z_]\w*)=(["']?)/.exec(word.text.slice(at, end)) ?? []
    if (name !== undefined) {
      const from = at + name.length + 1 + quote.length
      const to = quote !== '' && word.text.charAt(end - 1) === quote ? end - 1 : end
      pairs.push({ name, value: { text: word.text.slice(from, to), offsets: word.offsets.slice(from, to) } })
    }
    at = end + 1
  }
  return pairs
}

/** The next blank that neither quotes nor a reference's brackets hold. */
function endOfPair(text: string, from: number): number {
  let open = ''
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at)
    if (open !== '') {
      if (char === open) open = ''
    } else if (char === '"' || char === "'") open = char
    else if (char === '{') open = '}'
    else if (char === '(') open = ')'
    else if (/\s/.test(char)) return at
  }
  return text.length
}

function inMapping(text: string, { text: written, offsets }: Word): readonly ExtraVariables[] {
  const parsed = parseYaml(written)
  const root = parsed.kind === 'parsed' ? parsed.source.documents[0]?.root : undefined
  if (root?.kind !== 'mapping') return []
  return root.entries.flatMap(({ name, value }): ExtraVariables[] => {
    if (value.kind !== 'scalar') return []
    const quotes = value.style === 'double' || value.style === 'single' ? 1 : 0
    const begins = value.contentFrom + quotes
    const inner = { text: value.content, offsets: offsets.slice(begins, begins + value.content.length) }
    return [extraValue(text, name, inner)]
  })
}
