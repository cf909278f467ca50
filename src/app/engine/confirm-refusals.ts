import { Refusal } from '../../core/model/problem.ts'
import type { Workplace } from '../../ports/host.ts'

/**
 * A workplace that believes a refusal once it was given twice in turn. What GitHub says once may be a moment's (a server that has not heard of
 * a permission yet), and people would be told of something that nobody can find any more.
 */
export function confirmRefusals(place: Workplace): Workplace {
  const { repository, objects, forge } = place
  return { repository, objects: confirmed(objects), forge: confirmed(forge) }
}

/** What would be there twice if only its answer was wrong. The next look does it where it is not there. */
const ONCE = new Set(['comments.add', 'issues.open', 'lineComments.add'])

function confirmed<T extends object>(port: T, path = ''): T {
  const known = new Map<PropertyKey, unknown>()
  return new Proxy(port, {
    get(target, name) {
      const found = known.get(name) ?? wrapped(target, name, path)
      known.set(name, found)
      return found
    },
  })
}

function wrapped(target: object, name: PropertyKey, path: string): unknown {
  const member: unknown = Reflect.get(target, name)
  const full = `${path}${String(name)}`
  if (typeof member === 'object' && member !== null) return confirmed(member, `${full}.`)
  if (typeof member !== 'function') return member
  return (...given: unknown[]): unknown => {
    const answer: unknown = Reflect.apply(member, target, given)
    if (!(answer instanceof Promise) || ONCE.has(full)) return answer
    return confirmRefusal(() => Reflect.apply(member, target, given) as Promise<unknown>, answer)
  }
}

/** The same of one question. Another refusal than the one before confirms nothing: it is to be given twice itself. */
export async function confirmRefusal<T>(ask: () => Promise<T>, first = ask()): Promise<T> {
  let answer = first
  let before: string | undefined
  for (let asked = 1; ; asked++, answer = ask())
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const codes = error.problems.map(({ code }) => code).join(' ')
      if (codes === before || asked === MOST_ASKED) throw error
      before = codes
    }
}

/** Two that take turns for ever are refusals all the same. */
const MOST_ASKED = 4
