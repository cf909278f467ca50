import { splitSpans } from '../text/split-spans.ts'

/**
 * For each line of a template the conditions that it stands under, outermost first, as they would have to be true: of an `else` the
 * opposite of what stands before it. Loops are no conditions.
 */
export function conditionsOfLines(lines: readonly string[]): readonly (readonly string[])[] {
  const open: Block[] = []
  return lines.map((line) => {
    const before = conditionsOf(open)
    for (const span of splitSpans(line, [{ open: '{%', close: '%}' }]))
      if (span.startsWith('{%')) turn(open, span.slice(2, -2).replace(/^-|-$/g, '').trim())
    const after = conditionsOf(open)
    // A block that opens and closes in one line decides about a part of it alone.
    return before.length > after.length ? after : before
  })
}

interface Block {
  /** Absent for a loop, and for what else has an end. */
  readonly conditions?: readonly string[]
  /** The branches before this one, none of which was taken. */
  readonly passed: readonly string[]
}

function conditionsOf(open: readonly Block[]): readonly string[] {
  return open.flatMap(({ conditions = [] }) => conditions)
}

function turn(open: Block[], statement: string): void {
  const [word = ''] = /^\w+/.exec(statement) ?? []
  const rest = statement.slice(word.length).trim()
  if (word === 'if') open.push({ conditions: [rest], passed: [rest] })
  else if (word === 'for') open.push({ passed: [] })
  else if (word === 'endif' || word === 'endfor') open.pop()
  else if (word === 'elif' || word === 'else') {
    const last = open.pop()
    if (!last) return
    // The `else` of a loop is taken where the loop has nothing to go over.
    if (!last.conditions) return void open.push(last)
    const not = last.passed.map((each) => `not (${each})`)
    const own = word === 'elif' ? [rest] : []
    open.push({ conditions: [...not, ...own], passed: [...last.passed, ...own] })
  }
}
