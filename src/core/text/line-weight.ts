import { isAlphanumeric } from './is-alphanumeric.ts'

/** How much a line says, of 0 to 1: closing brackets, `---`, `else` and blanks stand everywhere and prove nothing. */
export function lineWeight(line: string): number {
  let letters = 0
  for (let at = 0; at < line.length && letters < TELLING; at++) {
    const code = line.charCodeAt(at)
    if (isAlphanumeric(code))
      letters += code >= WORDS_WITHOUT_BLANKS && IN_SYLLABLES.test(line.charAt(at)) ? 2 : 1
  }
  if (letters === 0) return 0
  return letters < TELLING ? 0.2 : 1
}

/** Whether a line says something by itself. */
export function isTelling(line: string): boolean {
  return lineWeight(line) === 1
}

/** Letters and digits of a line that says something. */
const TELLING = 6

/** Where a sign is an idea or a syllable, three say as much as six letters do; Unicode has all of them from here on. */
const IN_SYLLABLES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u
const WORDS_WITHOUT_BLANKS = 0x1100
