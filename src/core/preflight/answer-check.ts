import { renderTemplate } from '../catalogue/jinja/render-template.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { defined } from '../model/defined.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import type { Answer, Failure } from './check.ts'
import {
  attempt,
  decideAll,
  decideCondition,
  isUndecided,
  type Decision,
  type Undecided,
} from '../catalogue/jinja/decision.ts'
import type { TracedScope } from './host-variables.ts'
import { argumentsOf, listed, mapIn, type Task } from '../catalogue/task.ts'

/** A check with what holds where it stands. */
export interface Asked {
  readonly task: Task
  readonly kind: 'assert' | 'fail'
  readonly open?: Undecided
  /** Conditions on the way to it that are true. */
  readonly conditions: readonly string[]
  readonly isCaught: boolean
  /** The variables as the task sees them. */
  readonly scope: () => TracedScope
}

/** Whether a check stops the play, and if so for what. */
export function answerCheck(asked: Asked): Answer {
  const { task, kind, isCaught } = asked
  const scope = asked.scope()
  const when = listed(task.get('when'))
  const isAsked: Decision = decideAll(when, scope)
  if (isAsked === false) return { kind: 'not-asked' }
  const open = asked.open ?? (isUndecided(isAsked) ? isAsked : undefined)
  if (kind === 'fail') {
    // Without a condition it stands behind something that only a run can tell.
    if (open) return { kind: 'left', ...open }
    const conditions = [...asked.conditions, ...when.map(printed)]
    if (conditions.length === 0 || isForgiven(asked)) return { kind: 'not-asked' }
    return failure(asked, conditions, conditions)
  }
  const that = thatOf(task)
  if (!that) return { kind: 'left', why: 'form', what: 'assert' }
  const answers = that.map((condition) => ({ condition, decision: decideCondition(condition, scope) }))
  const untrue = answers.filter(({ decision }) => decision === false)
  const left = answers.map(({ decision }) => decision).find(isUndecided)
  if (untrue.length === 0) return left ? { kind: 'left', ...left } : { kind: 'passes' }
  if (open) return { kind: 'left', ...open }
  if (isCaught || isForgiven(asked)) return { kind: 'not-asked' }
  const conditions = untrue.map(({ condition }) => printed(condition))
  return failure(asked, conditions, [...conditions, ...when.map(printed), ...asked.conditions])
}

/** What is asserted; `undefined` where it is not written as a mapping, which is not read. */
function thatOf(task: Task): readonly PlainValue[] | undefined {
  const that = mapIn(argumentsOf(task, 'assert')).get('that')
  return that === undefined ? undefined : listed(that)
}

/** A failure that is ignored stops nothing. */
function isForgiven({ task, isCaught, scope }: Asked): boolean {
  const ignores = task.get('ignore_errors')
  if (isCaught || task.get('failed_when') === false) return true
  return ignores !== undefined && decideCondition(ignores, scope()) !== false
}

function failure(asked: Asked, conditions: readonly string[], deciding: readonly string[]): Failure {
  const message = messageOf(asked)
  return {
    kind: 'fails',
    conditions,
    ...defined({ message }),
    reads: readsOf(asked, deciding),
  }
}

/** The release's own words, with their templates worked out where that can be done and shows no secret. */
function messageOf({ task, kind, scope }: Asked): string | undefined {
  const given = mapIn(argumentsOf(task, kind))
  const written = kind === 'fail' ? given.get('msg') : (given.get('fail_msg') ?? given.get('msg'))
  if (written === undefined) return undefined
  const text = listed(written).map(printed).join(' ').replaceAll(/\s+/g, ' ').trim()
  if (text === '') return undefined
  if (SECRET.test(text)) return text
  const rendered = attempt(() => printed(renderTemplate(text, scope())))
  return isUndecided(rendered) ? text : rendered
}

const SECRET = /pass|secret|token|key|credential/i

/** Names in the order in which the conditions ask for them, then those that the names lead to. */
function readsOf({ scope }: Asked, conditions: readonly string[]): readonly string[] {
  const traced = scope()
  const named = conditions.flatMap((condition) =>
    [...condition.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name),
  )
  for (const condition of conditions) decideCondition(condition, traced)
  return [...new Set([...named.filter((name) => traced.asked.has(name)), ...traced.asked])]
}
