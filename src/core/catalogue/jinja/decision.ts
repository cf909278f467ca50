import { readExpression, type Expression } from './expression.ts'
import { evaluate, renderTemplate, type Scope } from './render-template.ts'
import { isTemplate } from './read-template.ts'
import { UnknownForm } from './tokens-of.ts'
import { isTrue, Missing, MissingUsed, printed, Unread, Unsure, type Value } from './value.ts'

/** Why a question has no answer before a host runs: it asks one, it names what nothing defines, or we do not read how it is written. */
export interface Undecided {
  readonly why: 'host' | 'undefined' | 'form'
  /** The fact, the variable or the form. */
  readonly what: string
}

/** What a condition comes to. */
export type Decision = boolean | Undecided

/**
 * Decides a condition as it is written in a task (`when`, `that`), in Kleene's logic: `and` with one side false is false, whatever
 * the other is. What a running host alone knows stays undecided; nothing is guessed.
 */
export function decideCondition(condition: unknown, scope: Scope): Decision {
  if (typeof condition === 'boolean') return condition
  if (typeof condition !== 'string') return isTrue(condition as Value)
  const written = condition.trim()
  if (written === '') return true
  if (!isTemplate(written)) return attempt(() => decide(readExpression(written), scope))
  // Templates inside of a condition are rendered first, and what comes out is the condition.
  const alone = /^\{\{(?<inner>(?:(?!\}\}|\{\{)[\s\S])*)\}\}$/.exec(written)?.groups?.['inner']
  if (alone !== undefined) return attempt(() => decide(readExpression(alone.trim()), scope))
  return attempt(() => {
    const rendered = renderTemplate(written, scope)
    return typeof rendered === 'string' ? decide(readExpression(rendered), scope) : isTrue(rendered)
  })
}

/** Whether all of some conditions hold. */
export function decideAll(conditions: readonly unknown[], scope: Scope): Decision {
  let open: Undecided | undefined
  for (const condition of conditions) {
    const decision = decideCondition(condition, scope)
    if (decision === false) return false
    if (decision !== true) open ??= decision
  }
  return open ?? true
}

function decide(expression: Expression, scope: Scope): Decision {
  if (expression.kind === 'not') {
    const inner = attempt(() => decide(expression.of, scope))
    return typeof inner === 'boolean' ? !inner : inner
  }
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const deciding = expression.operator === 'or'
    const left = attempt(() => decide(expression.left, scope))
    if (left === deciding) return deciding
    const right = attempt(() => decide(expression.right, scope))
    if (right === deciding) return deciding
    return typeof left === 'boolean' ? right : left
  }
  const value = evaluate(expression, scope)
  if (value instanceof Missing) throw new MissingUsed(value)
  // A text alone was worked out once more by Ansible up to 2.11, and is true in later ones.
  if (expression.kind === 'name' && typeof value === 'string' && LIKE_BOOLEAN.test(value))
    throw new UnknownForm(`the text ${printed(value)} as a condition`)
  return isTrue(value)
}

const LIKE_BOOLEAN = /^(?:true|false|yes|no|on|off|[01ytnf])$/i

/** Works something out; what cannot be is said why. */
export function attempt<T>(work: () => T): T | Undecided {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnknownForm) return { why: 'form', what: error.message }
    if (error instanceof MissingUsed) return undecidedBy(error.missing)
    throw error
  }
}

function undecidedBy(missing: Missing): Undecided {
  const { what } = missing
  if (missing instanceof Unsure) return { why: missing.why, what }
  return { why: missing instanceof Unread ? 'form' : 'undefined', what }
}

/** Whether a decision could not be made. */
export function isUndecided(decision: unknown): decision is Undecided {
  return typeof decision === 'object' && decision !== null && 'why' in decision && 'what' in decision
}
