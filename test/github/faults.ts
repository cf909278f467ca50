import type { Reply } from './call.ts'
import type { Sent } from './shape.ts'
import { SHAPES, type ShapeName } from './shapes.ts'

/** A request that goes wrong on purpose: the first that fits, as often as `times` says. */
export interface Fault {
  /** An operation by GitHub's name; every request where there is none. */
  readonly kind?: string | RegExp
  /** So many requests that fit go right before. */
  skip: number
  times: number
  /** `after`: what was asked for is done, and the answer is lost or another one. */
  readonly when: 'before' | 'after'
  /** Nothing goes wrong but that so many looks miss what the request makes. */
  readonly lag?: number
  readonly send: (asked: { now: number; caller: string; kind: string; answer: Reply | undefined }) => Sent
}

/** How a test asks for one: by the name of a shape, or by status, body and headers of its own. */
export interface WantedFault {
  readonly kind?: string | RegExp
  readonly skip?: number
  readonly times?: number
  readonly when?: 'before' | 'after'
  readonly lag?: number
  readonly shape?: ShapeName
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export function faultOf({ kind, skip = 0, times = 1, when = 'before', lag, ...wanted }: WantedFault): Fault {
  const { shape, status = 500, headers = {}, body } = wanted
  const made: Sent = {
    ...{ how: 'reply', status, headers },
    body: body ?? { message: 'Made on purpose', status: String(status) },
  }
  const send: Fault['send'] = (asked) => {
    if (shape) return SHAPES[shape].send(asked)
    return lag !== undefined && asked.answer ? { how: 'reply', ...asked.answer } : made
  }
  return {
    ...{ skip, times, send, when: lag === undefined ? when : 'after' },
    ...(kind !== undefined && { kind }),
    ...(lag !== undefined && { lag }),
  }
}

/** The fault that a request of this kind meets, which is spent by that. */
export function takeFault(faults: readonly Fault[], asked: string): Fault | undefined {
  const fits = ({ kind, times }: Fault) =>
    times > 0 && (kind === undefined || (typeof kind === 'string' ? kind === asked : kind.test(asked)))
  for (const fault of faults.filter(fits)) {
    if (fault.skip > 0) fault.skip--
    else {
      fault.times--
      return fault
    }
  }
  return undefined
}
