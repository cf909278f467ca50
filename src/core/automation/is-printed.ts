import { lineAround } from '../layout/command-around.ts'

/**
 * Whether a place of a text is told to people and not run: what `echo` and `printf` say, and what `cat` shows of a here-document. What is
 * written to a file or handed to a shell may be run, and counts as run.
 */
export function isPrinted(text: string, at: number): boolean {
  return isEchoed(text, at) || isShown(text, at)
}

const ECHO = /(^|[\s"'&;|@:(-])(?:echo|printf)(?=\s)/g

function isEchoed(text: string, at: number): boolean {
  const from = Math.max(0, at - FARTHEST)
  const last = [...text.slice(from, at).matchAll(ECHO)].at(-1)
  if (!last) return false
  const start = from + last.index + last[0].length
  const line = lineAround(text, { start, end: start })
  const before = text.slice(line.start, start)
  if (/^\s*(?:#|\/\/)/.test(before)) return false
  // Over several lines only what stands alone on its own: a word in a sentence opens nothing.
  const end = endOfEcho(text, start, {
    around: /["']/.test(last[1] ?? '') ? last[1] : undefined,
    isOverLines: /^\s*(?:-\s+)?[@-]*(?:echo|printf)$/.test(before),
  })
  if (at >= end) return false
  const opened = text.slice(start, at).replaceAll(/\$\([^()]*\)|`[^`]*`/g, '')
  return (
    !/\$\(|`/.test(opened) &&
    !/^\s*(?:\|\s*(?:sudo\s+)?(?:\S*\/)?(?:(?:ba|z|da)?sh|ssh|xargs)\b|>)/.test(text.slice(end))
  )
}

/** Where the words that are printed end: at what joins commands, outside of quotes, or with the line. */
function endOfEcho(
  text: string,
  start: number,
  { around, isOverLines }: { readonly around: string | undefined; readonly isOverLines: boolean },
): number {
  let quote: string | undefined
  for (let index = start; index < text.length; index++) {
    const character = text[index] ?? ''
    if (character === '\\') index++
    else if (character === '\n' && (quote === undefined || !isOverLines)) return index
    else if (character === around) return index
    else if (quote !== undefined) quote = character === quote ? undefined : quote
    else if (/["']/.test(character)) quote = character
    else if (/[;&|>]/.test(character)) return index
  }
  return text.length
}

const SHOWN = /^[ \t]*(?:-[ \t]+)?[@-]*cat[ \t]+<<-?[ \t]*(["']?)(\w+)\1(?:[ \t]*1?>&2)?[ \t\r]*$/gm

function isShown(text: string, at: number): boolean {
  const from = Math.max(0, at - FARTHEST)
  return [...text.slice(from, at).matchAll(SHOWN)].some(({ index, 0: head, 2: word = '' }) => {
    const body = text.slice(from + index + head.length, at)
    return !new RegExp(String.raw`^[ \t]*${word}[ \t]*\r?$`, 'm').test(body)
  })
}

/** No help of a script is longer. */
const FARTHEST = 4000
