import { renderTemplate } from '../catalogue/jinja/render-template.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { computed, type Audited } from './audited.ts'
import { isOff } from './check-option.ts'
import type { CheckPlace } from './checks-in.ts'

/** Whether a place is known to be off; what cannot be worked out is not said of anybody. */
export function comesOff({ state, value, how, conditions }: CheckPlace, source: Audited): boolean {
  const asked = conditions.length > 0 ? `{{ 'yes' if ${conditions.join(' and ')} else 'no' }}` : 'yes'
  const render = (template: string): string | undefined =>
    computed(source, `check.${template}`, (scope) => printed(renderTemplate(template, scope)))
  if (render(asked) !== 'yes') return false
  if (state === 'off') return true
  const rendered = render(value.replace(/^(["'])([\s\S]*)\1$/, '$2'))
  return rendered !== undefined && how !== undefined && isOff(how, rendered)
}

/**
 * Whether a place checks nothing, without a variable that came to another value: with one that did, it is told where that is set. Under
 * a condition, or as a template, it is off where it comes out so with the release's values already.
 */
export function isOffAlready(place: CheckPlace, before: Audited, source: Audited): boolean {
  if (place.state === 'on') return false
  if (place.state === 'off' && place.conditions.length === 0) return true
  return comesOff(place, before) && comesOff(place, source)
}
