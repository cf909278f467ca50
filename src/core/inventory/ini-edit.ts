import type { Edit } from '../text/edit.ts'
import { writeIniValue } from './ini-value.ts'
import type { Setting } from './setting.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/** Another value in the quotes of the old one. */
export function iniReplacement(text: string, { from, to }: Range, value: string | number | boolean): Edit {
  return { from, to, text: writeIniValue(value, text.slice(from, to)) }
}

/** Another name in front of the `=`. */
export function iniRename(text: string, { name, source }: Setting, to: string): Edit {
  if (source.kind !== 'ini') throw new Error('this setting stands in no INI file')
  const from = text.lastIndexOf(name, source.from)
  return { from, to: from + name.length, text: to }
}

/** A line of a `vars` section goes as a whole, a word behind a host's name with the blanks before it. */
export function iniRemoval(text: string, { from, to }: Range): Edit {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  const lineEnd = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to) + 1
  const before = text.slice(lineStart, from)
  const word = /\s*[^\s=]+\s*=\s*$/.exec(before)?.[0] ?? ''
  const isWholeLine = before.length === word.length
  return isWholeLine ? { from: lineStart, to: lineEnd, text: '' } : { from: from - word.length, to, text: '' }
}
