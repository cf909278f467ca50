import { expect, test } from 'vitest'
import { byHand, job, onMerge, RUN } from '../../support/applied.ts'

/** Layers of two, each of which calls both of the next: a million million ways lead from the first to the last. */
const LAYERS = Array.from({ length: 40 }, (_, at) => at)

test('targets that need two of the next each', () => {
  const rules = LAYERS.map((at) => `a${at}: a${at + 1} b${at + 1}\nb${at}: a${at + 1} b${at + 1}\n`).join('')
  const last = 'a40:\n\tansible-playbook cluster.yml\nb40:\n\tansible-playbook upgrade-cluster.yml\n'
  const found = byHand({ Makefile: `${rules}${last}` })
  expect(found).toHaveLength(LAYERS.length * 4 + 2)
  expect(found.slice(0, 2)).toEqual(['Makefile:1 make a0 cluster', 'Makefile:1 make a0 upgrade-cluster'])
  expect(job('    steps:\n      - run: make a0\n', { Makefile: `${rules}${last}` })).toEqual([
    ':5 cluster|upgrade-cluster',
  ])
})

test('targets in a circle, and one that calls itself', () => {
  const text = 'a: b\n\tmake a\nb: a\n\tansible-playbook cluster.yml\n'
  expect(byHand({ Makefile: text })).toEqual(['Makefile:1 make a cluster', 'Makefile:4 make b cluster'])
})

test('a chain of ten thousand targets', () => {
  const rules = Array.from({ length: 10_000 }, (_, at) => `a${at}: a${at + 1}\n`).join('')
  const text = `${rules}a10000:\n\tansible-playbook cluster.yml\n`
  expect(job('    steps:\n      - run: make a0\n', { Makefile: text })).toEqual([':5 cluster'])
})

test('jobs that need two of the next each', () => {
  const jobs = LAYERS.flatMap((at) =>
    ['a', 'b'].map(
      (name) =>
        `  ${name}${at}:\n    if: inputs.x${at % 2}\n    needs: [a${at + 1}, b${at + 1}]\n    steps:\n      - run: ${name === 'a' && at === 0 ? 'ansible-playbook cluster.yml' : 'true'}\n`,
    ),
  ).join('')
  const workflow = `on: push\njobs:\n${jobs}  a40:\n    if: inputs.last\n  b40: {}\n`
  expect(onMerge({ '.github/workflows/apply.yml': workflow })).toEqual([
    expect.stringMatching(/cluster, if inputs\.last, if inputs\.x1, if inputs\.x0$/),
  ])
})

test('actions that use two of the next each, by the way on which least is asked', () => {
  const action = (steps: string) => `runs:\n  using: composite\n  steps:\n${steps}`
  const files = Object.fromEntries(
    LAYERS.flatMap((at) =>
      ['a', 'b'].map((name) => [
        `${name}${at}/action.yml`,
        action(`    - uses: ./a${at + 1}\n      if: inputs.a\n    - uses: ./b${at + 1}\n`),
      ]),
    ),
  )
  const last = action('    - run: ansible-playbook cluster.yml\n')
  const more = { ...files, 'a40/action.yml': last, 'b40/action.yml': last }
  expect(job('    steps:\n      - uses: ./a0\n', more)).toEqual([':5 cluster'])
})

test('workflows that call two of the next each', () => {
  const files = Object.fromEntries(
    LAYERS.flatMap((at) =>
      ['a', 'b'].map((name) => [
        `.github/workflows/${name}${at}.yml`,
        `on: workflow_call\njobs:\n  one:\n    uses: ./.github/workflows/a${at + 1}.yml\n  two:\n    uses: ./.github/workflows/b${at + 1}.yml\n`,
      ]),
    ),
  )
  const last = `on: workflow_call\n${RUN}`
  const more = { ...files, '.github/workflows/a40.yml': last, '.github/workflows/b40.yml': last }
  expect(job('    uses: ./.github/workflows/a0.yml\n', more)).toEqual([':4 upgrade-cluster'])
})
