import { expect, test } from 'vitest'
import { groupDepths } from '../../../src/core/inventory/cluster-groups.ts'

function depthsOf(children: Record<string, readonly string[]>): Record<string, number> {
  const groups = Object.entries(children).map(([name, list]) => [name, new Set(list)] as const)
  return Object.fromEntries(groupDepths(new Map(groups)))
}

test('a group stands as deep as the longest way to it', () => {
  expect(depthsOf({ all: ['a'], a: ['b', 'c'], b: ['c'] })).toMatchObject({ all: 0, a: 1, b: 2, c: 3 })
  expect(depthsOf({})).toMatchObject({ all: 0, k8s_cluster: 1, kube_node: 2 })
})

test('neither circles nor endless nesting take long', () => {
  expect(depthsOf({ a: ['b'], b: ['a'], c: ['c'] })).toMatchObject({ a: 1, b: 1, c: 1, kube_node: 2 })
  const nested = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`g${n}`, [`g${n + 1}`]]))
  expect(depthsOf(nested)).toMatchObject({ g0: 1, g2: 3, g100000: 100_001 })
})
