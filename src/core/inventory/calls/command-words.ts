/** A word of a command, without the quotes around it. */
export interface Word {
  readonly text: string
  /** Where each of its characters stands in the file. */
  readonly offsets: readonly number[]
}

/**
 * The words of a command that begins at an offset, to the end of the command: as a shell cuts them, in whatever file it stands. A line
 * that begins with an option goes on with the one before it, as in a folded text of YAML; a list in brackets or of lines with dashes
 * is one command as well.
 */
export function commandWords(text: string, from: number): readonly Word[] {
  const start = text.lastIndexOf('\n', from - 1) + 1
  if (
    /^[ \t]*-[ \t]+["']?$/.test(text.slice(start, from)) &&
    /^[\w/.-]+["']?[ \t]*(?:#.*)?\r?\n/.test(text.slice(from))
  )
    return listWords(text, start)
  const outer = openQuote(text.slice(start, from))
  if (outer !== undefined && /^[\w/.-]+["'][ \t]*,/.test(text.slice(from))) return arrayWords(text, from - 1)
  return shellWords(text, from, outer)
}

/** No person wrote a longer command; what follows in a file without end is not looked at. */
const LONGEST = 8000

function shellWords(text: string, from: number, outer: string | undefined): readonly Word[] {
  const words: Word[] = []
  let word: { text: string; offsets: number[] } | undefined
  let quote = ''
  const end = Math.min(text.length, from + LONGEST)
  const add = (at: number): void => {
    word ??= { text: '', offsets: [] }
    word.text += text.charAt(at)
    word.offsets.push(at)
  }
  const close = (): void => {
    if (word) words.push(word)
    word = undefined
  }
  for (let at = from; at < end; at++) {
    const char = text.charAt(at)
    const next = text.charAt(at + 1)
    if (outer !== undefined && quote === '' && char === outer) break
    if (char === '\\' && quote !== "'") {
      const lineBreak = /^\\[ \t]*\r?\n[ \t]*/.exec(text.slice(at, at + 200))?.[0]
      if (lineBreak !== undefined) {
        if (quote === '') close()
        at += lineBreak.length - 1
      } else if (next === '"' && outer === '"') {
        quote = afterEscaped(quote)
        word ??= { text: '', offsets: [] }
        at++
      } else if (next !== '') add(++at)
    } else if (quote !== '') {
      if (char === quote) quote = ''
      else add(at)
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= { text: '', offsets: [] }
    } else if (char === '$' && (next === '(' || next === '{')) {
      at = addReference(text, at, add)
    } else if (char === '{' && next === '{') {
      at = addReference(text, at, add)
    } else if (char === '\n') {
      close()
      const goesOn = CONTINUES.exec(text.slice(at + 1, at + 300))?.[0]
      if (goesOn === undefined) break
    } else if (/\s/.test(char)) close()
    else if (/[;|&`)]/.test(char)) break
    else if (char === '#' && !word) break
    else add(at)
  }
  close()
  return words
}

/** Inside of a text in quotes the same quotes, escaped, hold a word. */
function afterEscaped(quote: string): string {
  const escaped = '\\"'
  if (quote === escaped) return ''
  return quote === '' ? escaped : quote
}

/** What stands in brackets is one piece, blanks included; returns where it ends. */
function addReference(text: string, from: number, add: (at: number) => void): number {
  const whole = /^(?:\$\{\{[^}\n]*\}\}|\{\{[^}\n]*\}\}|\$\{[^}\n]*\}|\$\([^()\n]*\))/.exec(
    text.slice(from, from + 300),
  )?.[0]
  const length = whole?.length ?? 1
  for (let at = from; at < from + length; at++) add(at)
  return from + length - 1
}

/** A line that is nothing but options, or names a playbook. */
const CONTINUES = /^[ \t]*(?:--?[A-Za-z]|[\w./-]+\.ya?ml[ \t]*(?:\r?\n|$))/

/** Which quote is open at the end of a line's beginning. */
function openQuote(before: string): string | undefined {
  let open: string | undefined
  for (let at = 0; at < before.length; at++) {
    const char = before.charAt(at)
    if (char === '\\' && open !== "'") at++
    else if (open === undefined && (char === '"' || (char === "'" && !/\w/.test(before.charAt(at - 1)))))
      open = char
    else if (char === open) open = undefined
  }
  return open
}

/** `"ansible-playbook", "-i", "x"`, from the first quote on. */
function arrayWords(text: string, from: number): readonly Word[] {
  const words: Word[] = []
  const item = /\s*("(?:[^"\\\n]|\\.)*"|'[^'\n]*')\s*(,?)/y
  item.lastIndex = from
  for (let match = item.exec(text); match && item.lastIndex < from + LONGEST; match = item.exec(text)) {
    const [whole, quoted = '', comma] = match
    words.push(wordAt(quoted.slice(1, -1), match.index + whole.indexOf(quoted) + 1, quoted.charAt(0)))
    if (comma !== ',') break
  }
  return words
}

/** Lines of one list of YAML, an item each; what is blank or a remark ends none. */
function listWords(text: string, from: number): readonly Word[] {
  const words: Word[] = []
  let indent: string | undefined
  let begins = from
  for (const line of text.slice(from, from + LONGEST).split('\n')) {
    const [lead, blanks] = /^([ \t]*)-[ \t]+/.exec(line) ?? []
    if (lead !== undefined && blanks === (indent ??= blanks))
      words.push(itemWord(line.slice(lead.length), begins + lead.length))
    else if (!/^\s*(?:#|$)/.test(line)) break
    begins += line.length + 1
  }
  return words
}

function itemWord(item: string, from: number): Word {
  const [quoted] = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(item) ?? []
  if (quoted !== undefined) return wordAt(quoted.slice(1, -1), from + 1, quoted.charAt(0))
  const [plain = ''] = item.split(/[ \t]#/, 1)
  return wordAt(plain.trimEnd(), from)
}

/** In quotes an escape stands for what follows it: a backslash in double ones, the quote itself in single ones. */
function wordAt(inner: string, from: number, quote = ''): Word {
  const escape = quote === '"' ? '\\' : quote
  const offsets: number[] = []
  for (let at = 0; at < inner.length; at++) {
    if (inner.charAt(at) === escape) at++
    offsets.push(from + at)
  }
  return { text: offsets.map((at) => inner.charAt(at - from)).join(''), offsets }
}
