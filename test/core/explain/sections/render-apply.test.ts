import { describe, expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import type { InventoryFacts, PlaceFacts } from '../../../../src/core/explain/pull-request-facts.ts'
import { renderApply } from '../../../../src/core/explain/sections/render-apply.ts'
import type { Pin } from '../../../../src/core/layout/layout.ts'
import { fullStep } from '../../../support/pull-request.ts'

type Asked = { readonly inventory?: Partial<InventoryFacts>; readonly pin?: Partial<Pin> }

function told({ inventory = {}, pin }: Asked): string {
  const known = { path: 'inventory/home', changed: [], problems: [], addons: [] }
  const facts = { ...fullStep(), surface: 'pull-request' as const, inventories: [{ ...known, ...inventory }] }
  const applied = { branch: 'main', onMerge: [], byHand: [] }
  const place = pin && ({ layout: { kind: 'pin', pins: [pin] }, applied } as unknown as PlaceFacts)
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
