import { splitSpans } from '../text/split-spans.ts'

/**
 * For each line of a template the conditions that it stands under, outermost first, as they would have to be true: of an `else` the
 * opposite of what stands before it. Loops are no conditions.
 */
export function conditionsOfLines(lines: readonly string[]): readonly (readonly string[])[] {
  const open: Block[] = []
  return statementsOfLines(lines).map((statements) => {
    const before = conditionsOf(open, [])
    for (const each of statements) turn(open, each)
    const after = conditionsOf(open, [])
    // A block that opens and closes in one line decides about a part of it alone.
    return before.length > after.length ? after : before
  })
}

/** The conditions of what stands in a line itself, in the block that its last statement opens; loops have those that are given. */
export function conditionsWithin(
  lines: readonly string[],
  index: number,
  ofLoop: readonly string[],
): readonly string[] {
  const open: Block[] = []
  for (const [at, statements] of statementsOfLines(lines.slice(0, index + 1)).entries())
    for (const each of statements) if (at < index || !/^end/.test(each)) turn(open, each)
  return conditionsOf(open, ofLoop)
}

/** One over several lines belongs to the one where it ends: from there on it holds. */
function statementsOfLines(lines: readonly string[]): readonly (readonly string[])[] {
  const found = lines.map((): string[] => [])
  let at = 0
  for (const [place, span] of splitSpans(lines.join('\n'), STATEMENTS).entries()) {
    at += span.split('\n').length - 1
    if (place % 2 === 1 && span.startsWith('{%'))
      found[at]?.push(
        span
          .slice(2, -2)
          .replace(/^[-+]|[-+]$/g, '')
          .trim(),
      )
  }
  return found
}

/** A statement in a comment is none. */
const STATEMENTS = [
  { open: '{%', close: '%}' },
  { open: '{#', close: '#}' },
]

interface Block {
  /** Of `if` and its branches alone; a loop and what else has an end is no condition. */
  readonly conditions?: readonly string[]
  /** The branches before this one, none of which was taken. */
  readonly passed: readonly string[]
}

function conditionsOf(open: readonly Block[], ofLoop: readonly string[]): readonly string[] {
  return open.flatMap(({ conditions = ofLoop }) => conditions)
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
