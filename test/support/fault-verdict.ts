import { isDeepStrictEqual } from 'node:util'
import { COMMITTER_EMAIL } from '../../src/app/repository/committer-at.ts'
import { gitText } from '../github/git.ts'
import type { Repo } from '../github/world.ts'
import type { Seen } from './fault-world.ts'

/** The commits of people that a ref of these repositories reaches. */
export function commitsOf(repos: readonly Repo[]): ReadonlySet<string> {
  const all = repos.flatMap(({ gitDir }) =>
    gitText(gitDir, ['log', '--all', '--format=%H %ce']).split('\n').filter(Boolean),
  )
  return new Set(all.filter((each) => !each.endsWith(` ${COMMITTER_EMAIL}`)).map((each) => each.slice(0, 40)))
}

/** How many pull requests, issues, comments and checks there are more than expected. */
export function doubledIn(expected: Seen, seen: Seen): number {
  const counted = Object.keys(expected).filter((part) => /threads|omments|checks/.test(part))
  return counted.reduce((sum, part) => {
    const more = (seen[part]?.length ?? 0) - (expected[part]?.length ?? 0)
    return sum + Math.max(0, more)
  }, 0)
}

/** The parts that are not the same, shortly. */
export function differenceOf(expected: Seen, seen: Seen): string {
  const parts = Object.keys(expected).filter((part) => !isDeepStrictEqual(expected[part], seen[part]))
  return parts
    .map((part) => {
      const [a, b] = [expected[part], seen[part]].map((list) =>
        (list ?? []).map((each) => JSON.stringify(each)),
      )
      const lacks = (a ?? []).filter((each, at, all) => timesIn(all, each, at) >= timesIn(b ?? [], each))
      const more = (b ?? []).filter((each, at, all) => timesIn(all, each, at) >= timesIn(a ?? [], each))
      const pairs = lacks.map((each, index) => around(each, more[index] ?? ''))
      return `${part}: lacks ${lacks.length}, has ${more.length} others; ${pairs.join(' | ')}${lacks.length === 0 ? more.map(cut).join(' | ') : ''}`
    })
    .join('\n')
}

/** How often a row stands there, or stands there before this place. */
function timesIn(rows: readonly string[], row: string, before = Infinity): number {
  return rows.filter((each, at) => each === row && at < before).length
}

/** Where two rows begin to differ. */
function around(a: string, b: string): string {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const from = Math.max(0, at - 60)
  return `${cut(a.slice(from))} ≠ ${cut(b.slice(from))}`
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
