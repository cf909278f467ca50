import { visible } from '../../core/explain/blocks/inert.ts'

/*
 * The one door to the terminal. Titles, names, paths and refusals hold other people's text, and a terminal obeys what it is sent:
 * escape sequences move the cursor and rename the window, controls of the second row do the same without an escape, and marks
 * of writing direction show a line as another one. A test holds that nothing else of the command line writes.
 */

/** Writes a text of ours for people. */
export function say(text: string): void {
  process.stdout.write(terminalText(text))
}

/** Writes a text of ours beside the answer. */
export function sayAside(text: string): void {
  process.stderr.write(terminalText(text))
}

/** Writes a value for programs. */
export function sayJson(value: unknown): void {
  process.stdout.write(jsonText(value, 2) + '\n')
}

/** A text in which nothing is obeyed. A carriage return would write over what stands before it. */
export function terminalText(text: string): string {
  return visible(text.replace(/\r\n/g, '\n')).replace(/\r/g, '⟨U+000D⟩')
}

/** JSON whose text can be shown as it is: what JSON leaves raw and a terminal obeys is escaped, and reads back the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g,
    (part) =>
      [...Array(part.length).keys()]
        .map((at) => `\\u${part.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
  )
}
