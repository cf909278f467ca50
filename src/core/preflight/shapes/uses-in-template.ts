import { readExpression, type Expression } from '../../catalogue/jinja/expression.ts'
import { UnknownForm } from '../../catalogue/jinja/tokens-of.ts'
import { UNREAD, type Bound, type Guard, type Use } from './use.ts'
import { boundInLoop, guardOf, loopGuard, subjectOf, usesInExpression } from './uses-in-expression.ts'

/** A text with templates in it, and where it begins. */
interface TemplateText {
  readonly text: string
  readonly path: string
  readonly line: number
  readonly bound: Bound
  readonly guards: readonly Guard[]
}

/** What a template does with variables, past its own loops and conditions. A form that is not read says nothing. */
export function usesInTemplate({ text, path, line, bound, guards }: TemplateText): readonly Use[] {
  const uses: Use[] = []
  const frames: Frame[] = [{ kind: 'root', bound, guards, failed: [] }]
  for (const mark of marksIn(text)) {
    const frame = frames.at(-1) as Frame
    const standing = { path, line: line + mark.line, bound: frame.bound, guards: frame.guards }
    uses.push(...(mark.kind === 'output' ? usesOf(mark.text, standing) : take(mark.text, frames, standing)))
  }
  return uses
}

interface Mark {
  readonly kind: 'output' | 'statement'
  readonly text: string
  /** Lines before it. */
  readonly line: number
}

/** What stands between marks, in order; what is raw, or a comment, is none. */
function marksIn(text: string): readonly Mark[] {
  const marks: Mark[] = []
  let [at, counted, line] = [0, 0, 0]
  for (;;) {
    const next = text.slice(at).search(/\{[{%#]/)
    if (next < 0) return marks
    const open = at + next
    const sign = text.charAt(open + 1)
    const end = text.indexOf(sign === '{' ? '}}' : `${sign}}`, open + 2)
    if (end < 0) return marks
    line += linesIn(text.slice(counted, open))
    counted = open
    at = end + 2
    const inner = text
      .slice(open + 2, end)
      .replace(/^[-+]/, '')
      .replace(/[-+]$/, '')
      .trim()
    if (sign === '{') marks.push({ kind: 'output', text: inner, line })
    else if (sign === '%' && inner === 'raw') {
      const raw = text.slice(at).search(/\{%[-+]?\s*endraw/)
      at = raw < 0 ? text.length : at + raw
    } else if (sign === '%') marks.push({ kind: 'statement', text: inner, line })
  }
}

type Standing = Omit<TemplateText, 'text'>

interface Frame {
  /** `own`: a macro, or what is set for a while. */
  readonly kind: 'root' | 'for' | 'if' | 'own'
  readonly bound: Bound
  readonly guards: readonly Guard[]
  /** Of an `if`: the branches before this one, which did not hold; of a loop that there is something to go over. */
  readonly failed: readonly Guard[]
}

function take(statement: string, frames: Frame[], standing: Standing): readonly Use[] {
  const word = /^[a-z]+/.exec(statement)?.[0]
  const rest = statement.slice(word?.length ?? 0).trim()
  const { bound } = standing
  switch (word) {
    case 'for':
      return takeFor(rest, frames, standing)
    case 'if':
      return takeBranch(rest, frames, { ...standing, failed: [] })
    case 'elif':
    case 'else': {
      const last = frames.at(-1)
      if (last?.kind !== 'if' && last?.kind !== 'for') return []
      frames.pop()
      const outer = frames.at(-1) as Frame
      const failed = last.failed.map(({ expression, ofItem }) => ({ expression, ofItem, holds: false }))
      const within = { ...standing, bound: outer.bound, guards: [...outer.guards, ...failed] }
      if (word === 'elif') return takeBranch(rest, frames, { ...within, failed: last.failed })
      frames.push({ kind: last.kind, bound: outer.bound, guards: within.guards, failed: last.failed })
      return []
    }
    case 'macro':
    case 'call':
    case 'with': {
      // A macro runs where somebody calls it.
      const guards = word === 'with' ? standing.guards : [...standing.guards, UNREAD]
      frames.push({ kind: 'own', bound: withNames(bound, namesIn(rest)), guards, failed: [] })
      return []
    }
    case 'endif':
    case 'endfor':
    case 'endmacro':
    case 'endcall':
    case 'endwith':
      if (frames.length > 1) frames.pop()
      return []
    case 'set': {
      const sign = rest.indexOf('=')
      bindAround(frames, namesIn(sign < 0 ? rest : rest.slice(0, sign)))
      return sign < 0 ? [] : usesOf(rest.slice(sign + 1), standing)
    }
    case 'import':
    case 'from':
      bindAround(frames, namesIn(rest))
      return []
    default:
      return []
  }
}

/** A branch shares its names with what is around it, so that what is set there may be so after it; a loop keeps its own. */
function bindAround(frames: Frame[], names: readonly string[]): void {
  for (let at = frames.length - 1; at >= 0; at--) {
    const frame = frames[at] as Frame
    frames[at] = { ...frame, bound: withNames(frame.bound, names) }
    if (frame.kind !== 'if') return
  }
}

function withNames(bound: Bound, names: readonly string[]): Bound {
  return new Map([...bound, ...names.map((name) => [name, 'other'] as const)])
}

function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? []
}

function takeFor(rest: string, frames: Frame[], standing: Standing): readonly Use[] {
  const { bound, guards } = standing
  const at = rest.search(/\sin\s/)
  const [over = '', filter] = at < 0 ? [] : rest.slice(at + 4).split(/\sif\s/)
  const names = at < 0 ? [] : (rest.slice(0, at).match(/\w+/g) ?? [])
  const expression = parsed(over)
  const subject = expression && subjectOf(expression, bound)
  const inner = boundInLoop(names, subject, bound)
  const guard = loopGuard(expression, bound)
  const own = filter === undefined ? [] : [filterGuard(filter, inner)]
  // What is left of something may be nothing.
  const failed = filter === undefined ? guard : UNREAD
  frames.push({ kind: 'for', bound: inner, guards: [...guards, guard, ...own], failed: [failed] })
  const uses = usesOf(over, standing)
  if (subject?.as !== 'value') return uses
  const { name, ways } = subject
  const { path, line } = standing
  return [...uses, { name, ways, want: { kind: 'many', how: 'for … in' }, path, line, guards }]
}

function filterGuard(filter: string, bound: Bound): Guard {
  const condition = parsed(filter)
  return condition ? guardOf(condition, true, bound) : UNREAD
}

function takeBranch(
  condition: string,
  frames: Frame[],
  { failed, ...standing }: Standing & { readonly failed: readonly Guard[] },
): readonly Use[] {
  const expression = parsed(condition)
  const guard = expression ? guardOf(expression, true, standing.bound) : UNREAD
  frames.push({
    kind: 'if',
    bound: standing.bound,
    guards: [...standing.guards, guard],
    failed: [...failed, guard],
  })
  return usesOf(condition, standing)
}

function usesOf(text: string, standing: Standing): readonly Use[] {
  const expression = parsed(text)
  return expression ? usesInExpression(expression, standing) : []
}

/** An expression as a tree; `undefined` for a form that is not read. */
export function parsed(text: string): Expression | undefined {
  try {
    return readExpression(text)
  } catch (error) {
    if (error instanceof UnknownForm) return undefined
    throw error
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}
