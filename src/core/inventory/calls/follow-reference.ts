/** Where a value is written that a command uses. */
interface WrittenValue {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** What a reference to a variable comes to by the one line of the same file that gives it a value; `undefined` where that is not plain. */
export function followReference(
  text: string,
  reference: string,
  at: readonly number[],
): WrittenValue | undefined {
  const name = nameIn(reference)
  const written = name === undefined ? [] : definitionsOf(text, name)
  const [only] = written
  if (only && written.length === 1) return only
  if (written.length > 1) return undefined
  const fallback = /^\$\{\w+:?[-=]([^${}\s"'`]+)\}$/.exec(reference)?.[1]
  const from = at[reference.length - 1 - (fallback?.length ?? 0)]
  return fallback === undefined || from === undefined
    ? undefined
    : { text: fallback, from, to: from + fallback.length }
}

/**
 * A text with each reference put in that one line of the same file settles, by way of others where that line has some; the others stay as
 * they are written.
 */
export function withReferences(text: string, written: string): string {
  return putIn(text, written, { hops: MOST_HOPS, left: { followed: MOST_FOLLOWED } })
}

interface Bounds {
  readonly hops: number
  /** For all hops together: each reference may have as many others. */
  readonly left: { followed: number }
}

function putIn(text: string, written: string, { hops, left }: Bounds): string {
  return written.replace(ANY, (reference) => {
    if (left.followed-- <= 0) return reference
    const offsets = Array.from(reference, (_, index) => index)
    const plain = followReference(text, reference, offsets)?.text
    if (plain !== undefined || hops === 0) return plain ?? reference
    const name = nameIn(reference)
    const [only, ...more] = name === undefined ? [] : assignmentsOf(text, name)
    const isPutTogether = only !== undefined && more.length === 0 && !NOT_WRITTEN.test(only.text)
    return isPutTogether ? putIn(text, only.text, { hops: hops - 1, left }) : reference
  })
}

/** Whether a value comes from whoever runs the file: what a script is called with or reads, or the input of a workflow. */
export function isAsked(text: string, written: string): boolean {
  if (/\$\{?[1-9@*]|\$\{\{\s*(?:github\.event\.)?inputs\./.test(written)) return true
  return [...written.matchAll(ANY)].slice(0, MOST_FOLLOWED).some(([reference]) => {
    const name = nameIn(reference)
    if (name === undefined) return false
    const isRead = new RegExp(`\\bread\\b[^\\n;|&]{0,200}\\s${name}\\b`).test(text)
    return isRead || assignmentsOf(text, name).some(({ text: own }) => /^\$\{?[1-9@*]/.test(own))
  })
}

/** A path is put together over no more variables than these. */
const MOST_HOPS = 3
/** Nor has a value more of them; each is looked for in the whole file. */
const MOST_FOLLOWED = 100

/** What is given from outside, or by another command: `$1`, `$@`, `$(…)`. */
const NOT_WRITTEN = /\$(?:\d|[@*#?])|\$\([^()\s]*\s|`/

/** Any piece that is worked out when the command runs. */
export const ANY = /\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$?\$\{[^{}]*\}|\$?\$\([^()]*\)|\$?\$[A-Za-z_]\w*/g

/** As make, shells, `just`, Task and workflows write it. */
const FORMS = [
  /^\$?\$[({]([A-Za-z_]\w*)(?::?[-=][^})]*)?[)}]$/,
  /^\$?\$([A-Za-z_]\w*)$/,
  /^\{\{-?\s*\.?([A-Za-z_]\w*)\s*-?\}\}$/,
  /^\$\{\{\s*(?:env|inputs|vars)\.([A-Za-z_]\w*)\s*\}\}$/,
]

function nameIn(reference: string): string | undefined {
  return FORMS.map((form) => form.exec(reference)?.[1]).find((found) => found !== undefined)
}

/** Those whose value is written there and not worked out when the file is run. */
function definitionsOf(text: string, name: string): readonly WrittenValue[] {
  return assignmentsOf(text, name).filter(
    ({ text: own }) => own.replaceAll(ANY, '') === own && !NOT_WRITTEN.test(own),
  )
}

/** Every line that gives a variable a value, each with that. */
export function assignmentsOf(text: string, name: string): readonly WrittenValue[] {
  const line = new RegExp(
    `^[ \\t]*(?:(?:export|readonly|local|declare|ARG|ENV|-)[ \\t]+)*["']?${name}["']?[ \\t]*(?::{0,3}=|\\?=|:)[ \\t]*(["']?)([^"'#\\r\\n]*?)\\1[ \\t]*(?:[ \\t]#[^\\r\\n]*)?\\r?$`,
    'gm',
  )
  return [...text.matchAll(line)].flatMap((match): WrittenValue[] => {
    const value = (match[2] ?? '').trim()
    // `X="${X:-v1.2.3}"` gives it a value where it has none yet.
    const own = /^\$\{\w+:?[-=]([^${}\s"'`]+)\}$/.exec(value)?.[1] ?? value
    if (own === '') return []
    const quoted = match[0].lastIndexOf(value)
    const from = match.index + quoted + value.lastIndexOf(own)
    return [{ text: own, from, to: from + own.length }]
  })
}
