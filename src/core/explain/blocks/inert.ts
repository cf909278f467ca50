/**
 * Takes the life out of words that GitHub acts on wherever it finds them: mentions, references to issues and commits of other
 * repositories, words that close an issue, addresses, names of emoji. A zero-width space inside of each is enough, and a reader does not see it.
 */
export function inert(text: string): string {
  return (
    text
      .replace(/@/g, `@${BREAK}`)
      .replace(/\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?=:?\s)/gi, `$1${BREAK}`)
      .replace(/#(?=\d)/g, `#${BREAK}`)
      .replace(/\bGH-(?=\d)/gi, (word) => `${word}${BREAK}`)
      .replace(/:\/\//g, `:${BREAK}//`)
      .replace(/\bwww\./gi, (word) => `${word.slice(0, -1)}${BREAK}.`)
      .replace(/^\//, `${BREAK}/`)
      // A word between colons is a picture on GitHub.
      .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`)
  )
}

const BREAK = '\u200b'

/** Characters that hide or turn text about, spelt out: what a reader sees has to be what is there. Tabs and line breaks stay. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (char) => `⟨U+${codeOf(char)}⟩`)
}

/**
 * Controls, marks and overrides of writing direction with their deprecated sisters, the byte order mark, line and paragraph separators,
 * annotations between lines, and tag characters.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

function codeOf(char: string): string {
  return (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
}
