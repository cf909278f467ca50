import { isTelling } from '../../text/line-weight.ts'

/**
 * A line without what can be spelt in more than one way: blanks and indentation, quotes, blanks around signs (Jinja's among them),
 * the `v` of a version and the `sha256:` of a checksum. Lines of one form say the same. Linear in the line's length.
 */
export function formOf(line: string): string {
  return line
    .replace(/['"\r]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w .-]) ?/g, '$1')
    .replace(/sha256:(?=[0-9a-f]{64}(?![0-9a-f]))/g, '')
    .replace(/(^|[^\w.-])v(?=\d)/g, '$1')
    .trim()
}

/** What a line may be known by though its value is another: the key it sets, or all but the version in it. */
export function settingsOf(line: string): readonly string[] {
  const key = keyOf(line)
  if (key !== undefined) return [`key ${key}`]
  const form = formOf(line)
  const masked = form.replace(/(^|[^\w.-])\d+\.[\w.-]*/g, '$1#')
  return masked === form || !isTelling(masked) ? [] : [`but its version ${masked}`]
}

/** The key that a line sets, in YAML, INI, shell and the like; `undefined` where it sets none. */
export function keyOf(line: string): string | undefined {
  return /^\s{0,200}(?:- {1,20}|# ?|export )?["']?([\w.-]+)["']?\s?[:=]/.exec(line)?.[1]
}
