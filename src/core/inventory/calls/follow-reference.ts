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
  const name = FORMS.map((form) => form.exec(reference)?.[1]).find((found) => found !== undefined)
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

/** A text with each reference put in that one line of the same file settles; the others stay as they are written. */
export function withReferences(text: string, written: string): string {
  return written.replace(ANY, (reference) => {
    const offsets = Array.from(reference, (_, index) => index)
    return followReference(text, reference, offsets)?.text ?? reference
  })
}

/** Any piece that is worked out when the command runs. */
export const ANY = /\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$?\$\{[^{}]*\}|\$?\$\([^()]*\)|\$?\$[A-Za-z_]\w*/g

/** As make, shells, `just`, Task and workflows write it. */
const FORMS = [
  /^\$?\$[({]([A-Za-z_]\w*)(?::?[-=][^})]*)?[)}]$/,
  /^\$?\$([A-Za-z_]\w*)$/,
  /^\{\{-?\s*\.?([A-Za-z_]\w*)\s*-?\}\}$/,
  /^\$\{\{\s*(?:env|inputs|vars)\.([A-Za-z_]\w*)\s*\}\}$/,
]

function definitionsOf(text: string, name: string): readonly WrittenValue[] {
  const line = new RegExp(
    `^[ \\t]*(?:(?:export|readonly|local|declare|ARG|ENV|-)[ \\t]+)*["']?${name}["']?[ \\t]*(?::{0,3}=|\\?=|:)[ \\t]*(["']?)([^"'#\\r\\n]*?)\\1[ \\t]*(?:[ \\t]#[^\\r\\n]*)?\\r?$`,
    'gm',
  )
  return [...text.matchAll(line)].flatMap((match): WrittenValue[] => {
    const value = (match[2] ?? '').trim()
    // `X="${X:-v1.2.3}"` gives it a value where it has none yet.
    const own = /^\$\{\w+:?[-=]([^${}\s"'`]+)\}$/.exec(value)?.[1] ?? value
    if (own === '' || own.replaceAll(ANY, '') !== own) return []
    const quoted = match[0].lastIndexOf(value)
    const from = match.index + quoted + value.lastIndexOf(own)
    return [{ text: own, from, to: from + own.length }]
  })
}
