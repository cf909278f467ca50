/** A piece of a template; all pieces together are the text, character for character. */
interface JinjaToken {
  /** `text` stands outside of expressions; `open` and `close` are `{{`, `{%-` and their like. */
  readonly kind: 'text' | 'open' | 'close' | 'comment' | 'name' | 'number' | 'string' | 'operator' | 'space'
  readonly text: string
  readonly from: number
}

/** Cuts a text into template tokens, after https://jinja.palletsprojects.com/en/stable/templates/. It never fails. */
export function readJinja(text: string): readonly JinjaToken[] {
  const tokens: JinjaToken[] = []
  // Behind a quote that nothing closes there is none of its kind that something closes.
  const unclosed = new Set<string>()
  let at = 0
  const push = (kind: JinjaToken['kind'], to: number): void => {
    if (to > at) tokens.push({ kind, text: text.slice(at, to), from: at })
    at = Math.max(at, to)
  }
  while (at < text.length) {
    push('text', isRaw(tokens) ? endOfRaw(text, at) : nextOpen(text, at))
    const open = /^\{[{%#][-+]?/.exec(text.slice(at, at + 3))?.[0]
    if (open === undefined) continue
    if (text.startsWith('{#', at)) {
      push('comment', endOf(text, '#}', at))
      continue
    }
    push('open', at + open.length)
    const close = text.startsWith('{{', at - open.length) ? /[-+]?\}\}/y : /[-+]?%\}/y
    readExpression(text, at, { close, push, unclosed })
  }
  return tokens
}

/** Whether a text holds a template at all. */
export function hasJinja(text: string): boolean {
  return /\{[{%#]/.test(text)
}

/** Whether two templates say the same: white space inside of expressions, and comments, say nothing. */
export function sameJinja(a: string, b: string): boolean {
  return a === b || (hasJinja(a) && hasJinja(b) && meaningOf(a) === meaningOf(b))
}

function meaningOf(text: string): string {
  const telling = readJinja(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  return JSON.stringify(telling.map((token) => [token.kind, unquoted(token)]))
}

/** `'x'` and `"x"` are one string, unless escapes make it a matter for Jinja. */
function unquoted({ kind, text }: JinjaToken): string {
  return kind === 'string' && !text.includes('\\') ? text.slice(1, -1) : text
}

const PIECES: readonly (readonly [JinjaToken['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['string', /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy],
  ['number', /\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['operator', /\/\/|\*\*|[=!<>]=|./suy],
]

interface Expression {
  readonly close: RegExp
  readonly push: (kind: JinjaToken['kind'], to: number) => void
  readonly unclosed: Set<string>
}

/** Up to the closing sign, which does not count inside of brackets: `{{ {'a': {}} }}`. */
function readExpression(text: string, from: number, { close, push, unclosed }: Expression): void {
  let depth = 0
  for (let at = from; at < text.length;) {
    close.lastIndex = at
    if (depth === 0 && close.test(text)) {
      push('close', close.lastIndex)
      return
    }
    for (const [kind, piece] of PIECES) {
      if (kind === 'string' && unclosed.has(text.charAt(at))) continue
      piece.lastIndex = at
      if (!piece.test(text)) {
        if (kind === 'string' && /["']/.test(text.charAt(at))) unclosed.add(text.charAt(at))
        continue
      }
      if (kind === 'operator') depth = Math.max(0, depth + depthOf(text[at]))
      at = piece.lastIndex
      push(kind, at)
      break
    }
  }
}

function depthOf(char: string | undefined): number {
  if (char === '(' || char === '[' || char === '{') return 1
  return char === ')' || char === ']' || char === '}' ? -1 : 0
}

/** Whether the last statement was `{% raw %}`: what follows is text up to `{% endraw %}`. */
function isRaw(tokens: readonly JinjaToken[]): boolean {
  const statement = tokens.slice(-5).filter(({ kind }) => kind !== 'space')
  const [open, name, close] = statement.slice(-3)
  return open?.text.startsWith('{%') === true && name?.text === 'raw' && close?.kind === 'close'
}

function endOfRaw(text: string, at: number): number {
  const end = text.slice(at).search(/\{%[-+]?\s*endraw\s*[-+]?%\}/)
  return end < 0 ? text.length : at + end
}

function nextOpen(text: string, at: number): number {
  const next = text.slice(at).search(/\{[{%#]/)
  return next < 0 ? text.length : at + next
}

function endOf(text: string, sign: string, at: number): number {
  const end = text.indexOf(sign, at + 2)
  return end < 0 ? text.length : end + sign.length
}
