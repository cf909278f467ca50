import type { Edit } from '../text/edit.ts'
import { lineEnd, lineStart } from '../yaml/tree/line-start.ts'
import type { NewValue } from './change.ts'
import { writeIniValue } from './resolve-ini-value.ts'
import type { Setting } from './setting.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/** Another value in the quotes of the old one. */
export function iniReplacement(text: string, { from, to }: Range, value: NewValue): Edit {
  return { from, to, text: writeIniValue(value, text.slice(from, to)) }
}

/** Another name in front of the `=`. */
export function iniRename(text: string, { name, source }: Setting, to: string): Edit {
  if (source.kind !== 'ini') throw new Error('this setting stands in no INI file')
  // Before the sign, since a value may be the very name: `a=a`.
  const from = text.slice(0, source.from - 1).lastIndexOf(name)
  return { from, to: from + name.length, text: to }
}

/** A line of a `vars` section goes as a whole, a word behind a host's name with the blanks before it. */
export function iniRemoval(text: string, { from, to }: Range): Edit {
  const start = lineStart(text, from)
  const before = text.slice(start, from)
  const word = wordBehind(before)
  const isWholeLine = before.length === word
  return isWholeLine ? { from: start, to: lineEnd(text, to), text: '' } : { from: from - word, to, text: '' }
}

/** How long the name and its sign are that a line ends with, the blanks around them counted. */
function wordBehind(before: string): number {
  const sign = before.trimEnd()
  const name = sign.endsWith('=') ? sign.slice(0, -1).trimEnd() : ''
  const own = name.split(/[\s=]/).at(-1) ?? ''
  return own === '' ? 0 : before.length - name.slice(0, -own.length).trimEnd().length
}
