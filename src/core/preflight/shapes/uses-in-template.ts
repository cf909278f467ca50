import { readExpression, type Expression } from '../../catalogue/jinja/expression.ts'
import { UnknownForm } from '../../catalogue/jinja/tokens-of.ts'
import type { Bound, Guard, Use } from './use.ts'
import { boundInLoop, guardOf, subjectOf, usesInExpression } from './uses-in-expression.ts'

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
  readonly kind: 'root' | 'for' | 'if'
  readonly bound: Bound
  readonly guards: readonly Guard[]
  /** Of an `if`: the branches before this one, which did not hold. */
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
      if (last?.kind !== 'if') return []
      frames.pop()
      const outer = frames.at(-1) as Frame
      const failed = last.failed.map((each) => ({ ...each, holds: false }))
      const within = { ...standing, bound: outer.bound, guards: [...outer.guards, ...failed] }
      if (word === 'elif') return takeBranch(rest, frames, { ...within, failed: last.failed })
      frames.push({ kind: 'if', bound: outer.bound, guards: within.guards, failed: last.failed })
      return []
    }
    case 'endif':
    case 'endfor':
      if (frames.length > 1) frames.pop()
      return []
    case 'set': {
      const name = /^([A-Za-z_]\w*)/.exec(rest)?.[1]
      const sign = rest.indexOf('=')
      const uses = sign < 0 ? [] : usesOf(rest.slice(sign + 1), standing)
      const frame = frames.pop()
      if (frame)
        frames.push(name === undefined ? frame : { ...frame, bound: new Map([...bound, [name, 'other']]) })
      return uses
    }
    default:
      return []
  }
}

function takeFor(rest: string, frames: Frame[], standing: Standing): readonly Use[] {
  const { bound, guards } = standing
  const at = rest.search(/\sin\s/)
  const [over = '', filter] = at < 0 ? [] : rest.slice(at + 4).split(/\sif\s/)
  const names = at < 0 ? [] : (rest.slice(0, at).match(/\w+/g) ?? [])
  const expression = parsed(over)
  const subject = expression && subjectOf(expression, bound)
  const inner = boundInLoop(names, subject, bound)
  const condition = filter === undefined ? undefined : parsed(filter)
  const own = condition ? [guardOf(condition, true, inner)] : []
  frames.push({ kind: 'for', bound: inner, guards: [...guards, ...own], failed: [] })
  const uses = usesOf(over, standing)
  if (subject?.as !== 'value') return uses
  const { name, ways } = subject
  const { path, line } = standing
  return [...uses, { name, ways, want: { kind: 'many', how: 'for … in' }, path, line, guards }]
}

function takeBranch(
  condition: string,
  frames: Frame[],
  { failed, ...standing }: Standing & { readonly failed: readonly Guard[] },
): readonly Use[] {
  const expression = parsed(condition)
  // A condition that is not read holds for some and not for others.
  const guard: Guard = expression
    ? guardOf(expression, true, standing.bound)
    : { expression: { kind: 'name', name: '(unread)' }, holds: true, ofItem: true }
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
