import type { Workplace } from '../../src/ports/host.ts'

/** Thrown in place of the death of a process: nothing after it runs. */
export class Killed extends Error {}

export interface Death {
  /** At which port call, counted from 1. */
  readonly call: number
  /** Before the call had its effect, or after it and before anybody heard of it. */
  readonly when: 'before' | 'after'
}

/** A workplace whose every port call is counted, and one of which kills the process. Dead is dead: later calls die, too. */
export function mortal(
  place: Workplace,
  death: Death | undefined,
): { readonly place: Workplace; readonly calls: () => number } {
  let calls = 0
  let dead = false
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'object' && member !== null) return wrap(member)
        if (typeof member !== 'function') return member
        return async (...given: unknown[]): Promise<unknown> => {
          const now = ++calls === death?.call
          if (dead || (now && death.when === 'before')) {
            dead = true
            throw new Killed()
          }
          const answer: unknown = await (member as (...all: readonly unknown[]) => unknown).apply(
            target,
            given,
          )
          if (!now) return answer
          dead = true
          throw new Killed()
        }
      },
    })
  const { repository, objects, forge } = place
  return { place: { repository, objects: wrap(objects), forge: wrap(forge) }, calls: () => calls }
}
