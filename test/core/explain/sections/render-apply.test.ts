import { describe, expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import type { HowApplied } from '../../../../src/core/automation/how-applied.ts'
import type { InventoryFacts, PlaceFacts } from '../../../../src/core/explain/pull-request-facts.ts'
import { renderApply } from '../../../../src/core/explain/sections/render-apply.ts'
import type { Pin } from '../../../../src/core/layout/layout.ts'
import { fullStep } from '../../../support/pull-request.ts'

interface Asked {
  readonly inventory?: Partial<InventoryFacts>
  readonly others?: readonly Partial<InventoryFacts>[]
  readonly pin?: Partial<Pin>
  readonly kind?: 'pin' | 'inventory'
  readonly own?: HowApplied['own']
}

function told({ inventory = {}, others = [], pin, kind = 'pin', own }: Asked): string {
  const known = { path: 'inventory/home', changed: [], problems: [], addons: [] }
  const facts = {
    ...fullStep(),
    surface: 'pull-request' as const,
    inventories: [inventory, ...others].map((each) => ({ ...known, ...each })),
  }
  const applied = { branch: 'main', onMerge: [], byHand: [], ...(own && { own }) }
  const place = pin && ({ layout: { kind, pins: [pin] }, applied } as unknown as PlaceFacts)
  return markdown(renderApply(place ? { ...facts, place } : facts))
}

describe('the command that applies a step names', () => {
  const run = { extra: [], commands: [] }
  test.each<[string, Partial<InventoryFacts>, string]>([
    ['a folder where nobody knows its hosts', {}, '-i inventory/home/<hosts file> upgrade-cluster.yml'],
    ['no folder at the top', { path: '', run }, '-i <hosts file> upgrade-cluster.yml'],
    ['the one file of hosts', { path: '', run: { ...run, hosts: 'a.ini' } }, '-i a.ini upgrade-cluster.yml'],
    ['the inventory that is a file', { path: 'x/b.yml', run }, '-i x/b.yml upgrade-cluster.yml'],
    [
      'what is handed in on top, since versions may stand there',
      { path: 'x', run: { ...run, hosts: 'x/a.ini', extra: ['x/more.yml'] } },
      '-i x/a.ini -e @x/more.yml upgrade-cluster.yml',
    ],
    [
      'who hands in values',
      { path: 'x', run: { ...run, hosts: 'x/a.ini', commands: ['up.sh'] } },
      '-i x/a.ini upgrade-cluster.yml`, with what `up.sh` hands in by `-e`',
    ],
  ])('%s', (_title, inventory, expected) => {
    expect(told({ inventory })).toContain(`ansible-playbook -b ${expected}`)
  })
})

describe('Ansible', () => {
  test.each<[string, Partial<Pin>, boolean]>([
    ['comes in an image', { reaches: 'image', file: 'run.sh' }, true],
    ['comes in an image that a clone is built into', { reaches: 'clone', file: 'ci/Dockerfile' }, true],
    ['is installed for a clone', { reaches: 'clone', file: 'up.sh' }, false],
    ['is installed for a collection', { reaches: 'collection', file: 'requirements.yml' }, false],
  ])('%s', (_title, pin, isInImage) => {
    const text = told({ pin })
    expect(text.includes('requirements.txt')).toBe(!isInImage)
    expect(text.includes('in it.')).toBe(isInImage)
  })
})

test('an image that a document tells to run has Ansible in it', () => {
  const text = told({ pin: { reaches: 'image', file: 'README.md' }, kind: 'inventory' })
  expect(text).toContain('Pull the new image')
  expect(text).toMatch(/run `ansible-playbook [^`]*` in it\./)
})

test('of several inventories one that the step changes is first, and the others are named', () => {
  const run = { extra: [], commands: [] }
  const changed = [{}] as unknown as InventoryFacts['changed']
  const inventory = { path: 'a', run: { ...run, hosts: 'a/hosts.yml' } }
  const others = ['b', 'c', 'd', 'e', 'f', 'g'].map((path, at) => ({
    path,
    changed: at === 1 ? changed : [],
    run: { ...run, hosts: `${path}/hosts.yml` },
  }))
  expect(told({ inventory, others: others.slice(0, 2) })).toContain(
    'run `ansible-playbook -b -i c/hosts.yml upgrade-cluster.yml`; then the same with `-i a/hosts.yml` and `-i b/hosts.yml`.',
  )
  expect(told({ inventory, others })).toContain('`-i e/hosts.yml` and 2 more.')
})

test.each([
  [true, ' and hands it variables that this command leaves out: run that playbook in its place.'],
  [false, ': run that playbook in its place.'],
])('a playbook of their own that imports it is named (variables: %s)', (handsVariables, expected) => {
  const own = [{ file: 'up.yml', line: 9, playbook: 'upgrade-cluster' as const, handsVariables }]
  const text = told({ pin: { reaches: 'collection', file: 'requirements.yml' }, own })
  expect(text).toContain(`In this repository, \`up.yml:9\` imports it${expected}`)
})
