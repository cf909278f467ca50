import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Oid } from '../../../../src/core/model/oid.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import type { ShapeName } from '../../../github/shapes.ts'
import type { Repo } from '../../../github/world.ts'
import { comparer } from '../../../../src/adapters/github/objects/comparer.ts'
import { memoryCache } from '../../../../src/adapters/memory/memory-cache.ts'
import { historyIn } from '../../../support/history.ts'
import { apiOf, placeOf, seed } from '../../../support/github-workplace.ts'

let github: GitHub
let repo: Repo
beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** `base - a - b - d` and `base - c`, `d` has merged `c`; `apart` shares nothing with them. */
async function histories() {
  const installation = github.install([repo])
  const history = historyIn(placeOf(github, installation, repo).objects)
  const commit = (name: string, parents: readonly Oid[]) =>
    history.commit(name, { [name]: name }, { parents })
  const base = await commit('base', [])
  const a = await commit('a', [base])
  const b = await commit('b', [a])
  const c = await commit('c', [base])
  const d = await commit('d', [b, c])
  const apart = await commit('apart', [])
  return {
    base,
    a,
    b,
    c,
    d,
    apart,
    compare: () => comparer({ api: apiOf(github, installation, repo), cache: memoryCache() }),
  }
}

test.each<ShapeName>(['rest-compare-too-long', 'server-error', 'bad-gateway-page', 'gateway-timeout'])(
  'a comparison that GitHub never manages (%s): the same, found by the histories',
  async (shape) => {
    const { base, a, b, c, d, apart, compare } = await histories()
    const pairs: readonly (readonly [Oid, Oid])[] = [
      [base, d],
      [a, d],
      [c, b],
      [d, a],
      [c, d],
      [apart, d],
    ]
    const ahead = async () => {
      const found: unknown[] = []
      for (const [from, to] of pairs) {
        const oids = await compare().ahead(from, to)
        found.push(oids && [...oids].sort())
      }
      return found
    }
    const compared = await ahead()
    expect(compared).toEqual([
      [a, b, c, d].sort(),
      [b, c, d].sort(),
      [a, b].sort(),
      [],
      [a, b, d].sort(),
      undefined,
    ])
    github.fail({ shape, kind: /^repos\/compare/, times: Infinity })
    expect(await ahead()).toEqual(compared)
  },
)
