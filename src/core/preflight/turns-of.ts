import { renderTemplate, type Scope } from '../catalogue/jinja/render-template.ts'
import { isList, Unsure, type Missing } from '../catalogue/jinja/value.ts'
import { renderedDeep } from '../catalogue/variables-of.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { attempt, isUndecided } from '../catalogue/jinja/decision.ts'
import type { Place } from './place.ts'
import { mapIn, type Task } from '../catalogue/task.ts'

/** A loop over more is thought through once, with an item that is not known. */
const LONGEST_LOOP = 30

/** Where a task comes by once for each item of a loop that is written out or known. */
export function turnsOf(task: Task, place: Place, scope: Scope): readonly Place[] {
  const loop = task.get('loop') ?? task.get('with_items') ?? task.get('with_list')
  const other = [...task.keys()].some((key) => /^with_(?!items$|list$)/.test(key))
  if (loop === undefined && !other) return [place]
  const name = mapIn(task.get('loop_control')).get('loop_var')
  const variable = typeof name === 'string' ? name : 'item'
  const withItem = (value: PlainValue | Missing): Place => {
    return { ...place, locals: new Map([...place.locals, [variable, value]]) }
  }
  const unknown = withItem(new Unsure(variable, { why: 'form', isThere: true }))
  const items = typeof loop === 'string' ? attempt(() => renderTemplate(loop, scope)) : loop
  if (other || isUndecided(items) || !isList(items)) return [unknown]
  const list = items as readonly PlainValue[]
  if (list.length > LONGEST_LOOP) return [unknown]
  return list.map((item) => {
    const known = attempt(() => renderedDeep(item, scope))
    return isUndecided(known) ? unknown : withItem(known as PlainValue)
  })
}
