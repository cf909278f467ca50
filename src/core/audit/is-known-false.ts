import { readExpression } from '../catalogue/jinja/expression.ts'
import { holds } from '../catalogue/jinja/render-template.ts'
import { computed, type Audited } from './audited.ts'

/** Whether a condition of a task or a template is false for certain; one that only a running host can answer is not. */
export function isKnownFalse(condition: string, source: Audited): boolean {
  if (/^(?:true|false)$/i.test(condition)) return /^false$/i.test(condition)
  return computed(source, `when ${condition}`, (scope) => holds(readExpression(condition), scope)) === false
}

/** Whether it is true for certain. */
export function isKnownTrue(condition: string, source: Audited): boolean {
  if (/^(?:true|false)$/i.test(condition)) return /^true$/i.test(condition)
  return computed(source, `when ${condition}`, (scope) => holds(readExpression(condition), scope)) === true
}
