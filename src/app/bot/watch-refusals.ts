import { Refusal } from '../../core/model/problem.ts'
import type { Workplace } from '../../ports/host.ts'

/** A workplace that remembers whether it refused anything, however a use case told its people of it. */
export function watchRefusals(place: Workplace): {
  readonly place: Workplace
  readonly refused: () => boolean
} {
  let refused = false
  const note = (error: unknown): never => {
    if (error instanceof Refusal && error.problems.some(({ code }) => code !== SHOWN)) refused = true
    throw error
  }
  const watch = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'object' && member !== null) return watch(member)
        if (typeof member !== 'function') return member
        return (...given: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(member, target, given)
          return answer instanceof Promise ? answer.catch(note) : answer
        }
      },
    })
  const { repository, objects, forge } = place
  return { place: { repository, objects: watch(objects), forge: watch(forge) }, refused: () => refused }
}

/** Forks have issues switched off unless somebody switches them on, and that is a setting everybody sees. */
const SHOWN = 'issues-disabled'
