/** What is known when a workflow starts, by the names under which its conditions ask for it. */
export type KnownValues = ReadonlyMap<string, string | boolean>

/**
 * Whether a condition holds as far as it is known: what it asks beyond that is `unknown`. Read are comparisons, `&&`, `||`, `!`,
 * brackets and the functions that only look at what ran before, of GitHub's and of GitLab's expressions.
 */
export function holds(condition: string, known: KnownValues): boolean | 'unknown' {
  const text = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1')
  if (text.length > LONGEST) return 'unknown'
  const tokens = text.match(TOKEN) ?? []
  if (solid(tokens.join('')) !== solid(text)) return 'unknown'
  const isPipeline = tokens.some((token) => token.startsWith('$'))
  const reader = { tokens, at: 0, known, isPipeline }
  const result = either(reader)
  return reader.at < tokens.length ? 'unknown' : asTruth(result)
}

/** No person wrote a longer one. */
const LONGEST = 2000

function solid(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

const TOKEN =
  /'(?:[^']|'')*'|"[^"]*"|\/(?:[^/\\\s]|\\.)+\/i?|(?<![\w.*-])[A-Za-z_][\w.*-]*(?:\([^()]*\))?|\$[A-Za-z_]\w*|\d+|&&|\|\||==|!=|=~|!~|[!()]/g

interface Reader {
  readonly tokens: readonly string[]
  at: number
  readonly known: KnownValues
  /** Only GitLab's variables have a dollar before their names. */
  readonly isPipeline: boolean
}

const UNKNOWN = Symbol('unknown')
/** Some value, of which is known whether it counts as true. */
const TRUTHY = Symbol('truthy')
const FALSY = Symbol('falsy')
type Value = string | boolean | undefined
type Known = Value | RegExp | typeof UNKNOWN | typeof TRUTHY | typeof FALSY

function asTruth(value: Known): boolean | 'unknown' {
  if (value === UNKNOWN || value instanceof RegExp) return 'unknown'
  if (value === TRUTHY || value === FALSY) return value === TRUTHY
  return typeof value === 'string' ? value !== '' : value === true
}

/** The first of two that counts as true, else the second: `inputs.env || 'prod'` is compared with words. */
function either(reader: Reader): Known {
  let left = both(reader)
  while (reader.tokens[reader.at] === '||') {
    reader.at++
    const right = both(reader)
    const truth = asTruth(left)
    if (truth === false) left = right
    else if (truth === 'unknown') left = asTruth(right) === true ? TRUTHY : UNKNOWN
  }
  return left
}

function both(reader: Reader): Known {
  let left = compared(reader)
  while (reader.tokens[reader.at] === '&&') {
    reader.at++
    const right = compared(reader)
    const truth = asTruth(left)
    if (truth === true) left = right
    else if (truth === 'unknown') left = asTruth(right) === false ? FALSY : UNKNOWN
  }
  return left
}

function compared(reader: Reader): Known {
  const left = single(reader)
  const operator = reader.tokens[reader.at] ?? ''
  if (!/^(?:==|!=|=~|!~)$/.test(operator)) return left
  reader.at++
  const right = single(reader)
  if (!isValue(left)) return UNKNOWN
  if (operator.includes('~')) {
    if (!(right instanceof RegExp)) return UNKNOWN
    const isFound = typeof left === 'string' && right.test(left)
    return operator === '=~' ? isFound : !isFound
  }
  if (!isValue(right)) return UNKNOWN
  const isSame = reader.isPipeline ? left === right : isAlike(left, right)
  return operator === '==' ? isSame : !isSame
}

function isValue(value: Known): value is Value {
  return typeof value !== 'symbol' && !(value instanceof RegExp)
}

/** As GitHub compares: words in whatever case, and by number what is not of one type. */
function isAlike(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase()
  return typeof a === typeof b ? a === b : Number(a ?? 0) === Number(b ?? 0)
}

function single(reader: Reader): Known {
  const token = reader.tokens[reader.at++]
  if (token === undefined) return UNKNOWN
  if (token === '!') {
    const truth = asTruth(single(reader))
    return truth === 'unknown' ? UNKNOWN : !truth
  }
  if (token === '(') {
    const inner = either(reader)
    return reader.tokens[reader.at++] === ')' ? inner : UNKNOWN
  }
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
  if (token.startsWith('"')) return token.slice(1, -1)
  if (token.startsWith('/')) return readPattern(token) ?? UNKNOWN
  if (/^\d/.test(token)) return token
  if (token === 'true' || token === 'false') return token === 'true'
  if (token === 'null') return undefined
  return called(token, reader.known)
}

/** A pattern between slashes as somebody wrote it; `undefined` for one that is none, or that could take for ever. */
export function readPattern(written: string): RegExp | undefined {
  const [, pattern, flags] = /^\/(.*)\/(i?)$/s.exec(written) ?? []
  if (pattern === undefined || /\)[*+?{]|\\\d/.test(pattern)) return undefined
  if ((pattern.match(/[*+?{]/g) ?? []).length > 3) return undefined
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}

function called(token: string, known: KnownValues): Known {
  const [, name = '', inside = ''] = /^(\w+)\(([^()]*)\)$/.exec(token) ?? []
  if (name === 'success' || name === 'always') return true
  if (name === 'failure' || name === 'cancelled') return false
  if (name === 'startsWith' || name === 'endsWith' || name === 'contains') {
    const [whole, part] = inside
      .split(',')
      .map((word) => single({ tokens: word.match(TOKEN) ?? [], at: 0, known, isPipeline: false }))
    if (typeof whole !== 'string' || typeof part !== 'string') return UNKNOWN
    return FINDS[name](whole.toLowerCase(), part.toLowerCase())
  }
  return known.has(token) ? known.get(token) : UNKNOWN
}

/** None of them minds the case of letters. */
const FINDS = {
  contains: (whole: string, part: string): boolean => whole.includes(part),
  startsWith: (whole: string, part: string): boolean => whole.startsWith(part),
  endsWith: (whole: string, part: string): boolean => whole.endsWith(part),
}
