import { addTo } from '../model/collections/grouped.ts'
import { compareReleases, compareVersions } from '../model/release-tag.ts'
import { byPreference, movesFrom, type MovesRequest } from './moves-from.ts'
import type { State } from './preconditions-of.ts'

interface Search {
  /** The states after the start, in order: the fewest steps, and among those the preferred ones. */
  readonly path: readonly State[]
  /** Whether the goal was reached; otherwise the path leads as far up as one can get. */
  readonly arrived: boolean
}

/**
 * Looks for the way from a state to a goal, or else to the highest release (and the highest Kubernetes in it)
 * within reach.
 */
export function search(start: State, goal: State | undefined, request: MovesRequest): Search {
  const moves = exploreFrom(start, request)
  const reached = [...moves.values()].map(({ state }) => state)
  const arrived = goal !== undefined && moves.has(nameOf(goal))
  const end = arrived ? goal : reached.reduce(furthest)
  return { path: shortest(start, end, moves), arrived }
}

interface Explored {
  readonly state: State
  readonly next: readonly State[]
}

function exploreFrom(start: State, request: MovesRequest): ReadonlyMap<string, Explored> {
  const explored = new Map<string, Explored>()
  const open = [start]
  for (let state = open.pop(); state; state = open.pop()) {
    if (explored.has(nameOf(state))) continue
    const next = movesFrom(state, request)
    explored.set(nameOf(state), { state, next })
    open.push(...next)
  }
  return explored
}

/**
 * Counts the steps to the end backwards, then walks forwards, taking the preferred one of the moves that come
 * nearer.
 */
function shortest(start: State, end: State, moves: ReadonlyMap<string, Explored>): readonly State[] {
  const distances = distancesTo(end, moves)
  const path: State[] = []
  let state = start
  while (nameOf(state) !== nameOf(end)) {
    const left = distances.get(nameOf(state)) as number
    const { next } = moves.get(nameOf(state)) as Explored
    const nearer = next.filter((each) => distances.get(nameOf(each)) === left - 1)
    state = nearer.toSorted(byPreference)[0] as State
    path.push(state)
  }
  return path
}

function distancesTo(end: State, moves: ReadonlyMap<string, Explored>): ReadonlyMap<string, number> {
  const before = new Map<string, string[]>()
  for (const [name, { next }] of moves) {
    for (const each of next) {
      addTo(before, nameOf(each), name)
    }
  }
  const distances = new Map([[nameOf(end), 0]])
  // A map is walked in the order of insertion, what is added on the way included: breadth first.
  for (const [name, distance] of distances) {
    for (const each of before.get(name) ?? []) if (!distances.has(each)) distances.set(each, distance + 1)
  }
  return distances
}

function furthest(a: State, b: State): State {
  const order = compareReleases(a.release.tag, b.release.tag) || compareVersions(a.kubernetes, b.kubernetes)
  return order >= 0 ? a : b
}

function nameOf({ release, kubernetes }: State): string {
  return `${release.tag} ${kubernetes}`
}
