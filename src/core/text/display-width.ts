/**
 * Columns that a text takes in a terminal: what a reader sees as one sign takes two where it is Chinese, Japanese or Korean, or a
 * picture, and none where it is a mark on another or is not seen at all.
 */
export function displayWidth(text: string): number {
  // Plain text is most of it, and needs no look at each sign.
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  return [...SIGNS.segment(text)].reduce((sum, { segment }) => sum + widthOfSign(segment), 0)
}

const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' })

function widthOfSign(sign: string): number {
  if (UNSEEN.test(sign)) return 0
  return WIDE.test(sign) || sign.includes(AS_PICTURE) ? 2 : 1
}

/** Behind a sign it asks for its picture. */
const AS_PICTURE = '\ufe0f'

const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** Unicode's East Asian Width W and F, as far as scripts and blocks name them, and what is shown as a picture. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
