import { SHAPES, type ShapeName } from '../github/shapes.ts'
import type { Counted } from '../github/server.ts'
import { MEANINGS } from './meanings.ts'
import type { Random } from './random.ts'

/** What meets a call: an answer that is none, or the end of the process that asks. */
export type FaultKind = ShapeName | 'killed'

export interface PlannedFault {
  readonly shape: FaultKind
  /** Counted from 1. */
  readonly call: number
  readonly when: 'before' | 'after'
}

export const FAULT_KINDS = [...(Object.keys(SHAPES) as ShapeName[]), 'killed'] as const

/** Faults with a path of their own through the adapter, though they may mean what another means. */
const OF_THEIR_OWN: readonly ShapeName[] = [
  ...(['server-error', 'bad-gateway', 'bad-credentials', 'cut-connection', 'cut-body'] as const),
  ...(['half-body', 'other-body', 'graphql-error-elsewhere', 'graphql-resource-limits'] as const),
]

/** One form for each thing a refusal can mean (a test of the adapter holds every form to what it means), those above, and the end. */
export const ONE_EACH: readonly FaultKind[] = [
  ...(Object.keys(MEANINGS) as ShapeName[]).filter((shape, index, all) => {
    const meaning = JSON.stringify(MEANINGS[shape])
    const isFirst = all.findIndex((each) => JSON.stringify(MEANINGS[each]) === meaning) === index
    // What never comes is waited for as long as it takes, and means what a cut connection means to whoever writes.
    return shape !== 'silence' && (isFirst || OF_THEIR_OWN.includes(shape))
  }),
  'killed',
]

/** Each fault at each call that it can meet; after its effect only where there is one. */
export function faultsAt(
  calls: readonly Pick<Counted, 'kind'>[],
  shapes: readonly FaultKind[],
): readonly PlannedFault[] {
  return calls.flatMap(({ kind }, index) =>
    shapes
      .filter((shape) => meets(shape, kind))
      .flatMap((shape) => whens(shape, kind).map((when) => ({ shape, call: index + 1, when }))),
  )
}

/** Up to four faults of any form at any calls, those of trying again among them. */
export function randomFaults(
  random: Random,
  calls: readonly Pick<Counted, 'kind'>[],
): readonly PlannedFault[] {
  return Array.from({ length: 1 + random.below(4) }, (): PlannedFault => {
    const call = 1 + random.below(Math.ceil(calls.length * 1.5))
    const shapes = FAULT_KINDS.filter((shape) => shape !== 'silence' && shape !== 'killed')
    const kind = calls[call - 1]?.kind ?? 'apps/get'
    const fit = shapes.filter((shape) => meets(shape, kind))
    const shape = fit[random.below(fit.length)] ?? 'server-error'
    const when = whens(shape, kind)
    return { shape, call, when: when[random.below(when.length)] ?? 'before' }
  })
}

/** Whoever is told that nobody knows them has had nothing done for them. */
function whens(shape: FaultKind, kind: string): readonly ('before' | 'after')[] {
  return isWrite(kind) && shape !== 'bad-credentials' ? ['before', 'after'] : ['before']
}

function meets(shape: FaultKind, kind: string): boolean {
  if (shape === 'killed') return true
  const { over } = SHAPES[shape]
  return over === 'both' || (over === 'graphql') === kind.startsWith('graphql')
}

export function isWrite(kind: string): boolean {
  return /create|update|mutation|add-|remove|delete|request-reviewers|reactions/.test(kind)
}

/** One fault a shape, at calls that follow each other round and round: so each call that shapes can meet has its turn. */
export function walkedOnce(all: readonly PlannedFault[], calls: number): readonly PlannedFault[] {
  const byShape = new Map<FaultKind, PlannedFault[]>()
  for (const fault of all) byShape.set(fault.shape, [...(byShape.get(fault.shape) ?? []), fault])
  return [...byShape.values()].flatMap((faults, index) => {
    const from = (index % calls) + 1
    const next = [...faults].sort(
      (a, b) => ((a.call - from + calls) % calls) - ((b.call - from + calls) % calls),
    )
    const [first, second] = next
    // Where the call has an effect, the fault comes after it every other time.
    const isAfter = second !== undefined && second.call === first?.call && index % 4 > 1
    return (isAfter ? [second] : [first]).filter((each) => each !== undefined)
  })
}

/** So many, spread evenly over all there are. */
export function sampled<T>(all: readonly T[], most = Infinity): readonly T[] {
  if (all.length <= most) return all
  // A step that shares nothing with the length walks through all of it evenly, however the list is built.
  const step = Math.max(1, Math.round(all.length * 0.618))
  const found = new Set<number>()
  for (let at = 0; found.size < most; at = (at + step) % all.length) {
    while (found.has(at)) at = (at + 1) % all.length
    found.add(at)
  }
  return [...found].sort((a, b) => a - b).map((at) => all[at] as T)
}
