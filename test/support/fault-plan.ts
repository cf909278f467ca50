import { SHAPES, type ShapeName } from '../github/shapes.ts'
import type { Counted } from '../github/server.ts'
import { MEANINGS } from './meanings.ts'
import type { Random } from './random.ts'

/** What meets a call: an answer that is none, the end of the process that asks, or replicas that have not heard of what it made. */
export type FaultKind = ShapeName | 'killed' | 'lag'

export interface PlannedFault {
  readonly shape: FaultKind
  /** Counted from 1, as the story is told without a fault. */
  readonly call: number
  readonly when: 'before' | 'after'
  /** What that call was, and how many of the kind came before it: what an earlier play left known is not asked for again, and shifts the rest. */
  readonly of?: { readonly kind: string; readonly before: number }
}

export const FAULT_KINDS = [...(Object.keys(SHAPES) as ShapeName[]), 'lag', 'killed'] as const

/** Faults with a path of their own through the adapter, though they may mean what another means. */
const OF_THEIR_OWN: readonly ShapeName[] = [
  ...(['server-error', 'bad-gateway', 'bad-credentials', 'cut-connection', 'cut-body'] as const),
  ...(['half-body', 'other-body', 'graphql-error-elsewhere', 'graphql-resource-limits'] as const),
]

/** One form for each thing a refusal can mean (a test of the adapter holds every form to what it means), those above, and the end. */
const ONE_EACH: Readonly<Record<'rest' | 'graphql', readonly FaultKind[]>> = {
  rest: oneEach('rest'),
  graphql: oneEach('graphql'),
}

function oneEach(api: 'rest' | 'graphql'): readonly FaultKind[] {
  const shapes = (Object.keys(MEANINGS) as ShapeName[]).filter((shape) => MEANINGS[shape][api] !== undefined)
  const ones = shapes.filter((shape) => {
    const isFirst = shapes.find((each) => MEANINGS[each][api] === MEANINGS[shape][api]) === shape
    // What never comes is waited for as long as it takes, and means what a cut connection means to whoever writes.
    return shape !== 'silence' && (isFirst || OF_THEIR_OWN.includes(shape))
  })
  return [...ones, 'lag', 'killed']
}

/** Each fault at each call that it can meet, one for each meaning where none are named; after its effect only where there is one. */
export function faultsAt(
  calls: readonly Pick<Counted, 'kind'>[],
  shapes?: readonly FaultKind[],
): readonly PlannedFault[] {
  return calls.flatMap(({ kind }, index) =>
    (shapes ?? ONE_EACH[apiOf(kind)])
      .filter((shape) => meets(shape, kind))
      .flatMap((shape) =>
        whens(shape, kind).map((when) => ({ shape, call: index + 1, when, ...ofKind(calls, index) })),
      ),
  )
}

/** Up to four faults of any form at any calls, those of trying again among them. */
export function randomFaults(
  random: Random,
  calls: readonly Pick<Counted, 'kind'>[],
): readonly PlannedFault[] {
  return Array.from({ length: 1 + random.below(4) }, (): PlannedFault => {
    const call = 1 + random.below(Math.ceil(calls.length * 1.5))
    const shapes = FAULT_KINDS.filter((shape) => shape !== 'silence' && shape !== 'killed' && shape !== 'lag')
    const kind = calls[call - 1]?.kind ?? 'apps/get'
    const fit = shapes.filter((shape) => meets(shape, kind))
    const shape = fit[random.below(fit.length)] ?? 'server-error'
    const when = whens(shape, kind)
    return { shape, call, when: when[random.below(when.length)] ?? 'before', ...ofKind(calls, call - 1) }
  })
}

function ofKind(calls: readonly Pick<Counted, 'kind'>[], index: number): Pick<PlannedFault, 'of'> {
  const kind = calls[index]?.kind
  if (kind === undefined) return {}
  return { of: { kind, before: calls.slice(0, index).filter((each) => each.kind === kind).length } }
}

function whens(shape: FaultKind, kind: string): readonly ('before' | 'after')[] {
  if (shape === 'lag') return ['after']
  return isWrite(kind) && mayComeAfter(shape) ? ['before', 'after'] : ['before']
}

/** Whoever is told that nobody knows them has had nothing done for them. */
export function mayComeAfter(shape: FaultKind): boolean {
  return shape !== 'bad-credentials'
}

function meets(shape: FaultKind, kind: string): boolean {
  if (shape === 'killed') return true
  if (shape === 'lag') return isWrite(kind)
  const { over } = SHAPES[shape]
  return (over === 'both' || over === apiOf(kind)) && (ONLY_AT[shape]?.test(kind) ?? true)
}

const OF_REFS = /^git\/(?:create|update)-ref$|^graphql mutation$/

/** What GitHub says to nothing else. */
const ONLY_AT: Partial<Record<ShapeName, RegExp>> = {
  'rest-issues-disabled': /^issues\/(?!create-comment|list-comments|update-comment)/,
  'rest-workflows-not-granted': OF_REFS,
  'rest-workflows-not-found': OF_REFS,
  'rest-workflows-said': OF_REFS,
  'rest-compare-too-long': /^repos\/compare/,
  'rest-lag': /^git\/create|^git\/update|^checks\/|^pulls\/create|^graphql mutation$/,
}

function apiOf(kind: string): 'rest' | 'graphql' {
  return kind.startsWith('graphql') ? 'graphql' : 'rest'
}

export function isWrite(kind: string): boolean {
  return /create|update|mutation|add-|remove|delete|request-reviewers|reactions/.test(kind)
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
