import { expect, test } from 'vitest'
import { fold, list, paragraph, type Block } from '../../../../src/core/explain/blocks/block.ts'
import { fromTop } from '../../../../src/core/explain/blocks/from-top.ts'
import { code, link, say, type Inline } from '../../../../src/core/explain/blocks/text.ts'
import { folderView } from '../../../../src/core/layout/repository-view.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'

const FILE = { mode: '100644', oid: '1'.repeat(40) as Oid } as const

const REPOSITORY = new Map(
  [
    'README.md',
    'Makefile',
    'k/README.md',
    'k/cluster.yml',
    'k/roles/a b/main.yml',
    'k/inventory/prod/group_vars/all.yml',
    'own/hosts.ini',
  ].map((path) => [path, FILE] as const),
)
const { shownAt } = folderView(REPOSITORY, {
  path: 'k',
  own: { paths: new Set(['own/hosts.ini', 'Makefile']), callers: new Set(), folders: ['own'] },
})

test.each([
  ['roles/a b/main.yml', 'k/roles/a b/main.yml'],
  ['inventory/prod', 'k/inventory/prod'],
  ['cluster.yml', 'k/cluster.yml'],
  ['own/hosts.ini', 'own/hosts.ini'],
  ['Makefile', 'Makefile'],
  ['README.md', 'README.md'],
  ['roles', 'roles'],
  ['kube_version', 'kube_version'],
])('%s is found at %s', (seen, expected) => {
  expect(shownAt?.(seen)).toBe(expected)
})

function told(inline: Inline): Inline | undefined {
  const [block] = fromTop([paragraph([inline])], shownAt)
  return block?.kind === 'paragraph' ? block.text[0] : undefined
}

test('a place keeps its line and column, and what is no path stays', () => {
  expect(told(code('cluster.yml:7'))).toEqual(code('k/cluster.yml:7'))
  expect(told(code('cluster.yml:7:2'))).toEqual(code('k/cluster.yml:7:2'))
  expect(told(code('v2.28.0'))).toEqual(code('v2.28.0'))
  expect(told('cluster.yml')).toBe('cluster.yml')
})

test('a link to a file of the repository leads there; one to upstream stays', () => {
  const own = `https://github.com/somebody/infra/blob/${FILE.oid}/roles/a%20b/main.yml#L3`
  expect(told(link(own, code('roles/a b/main.yml:3')))).toEqual(
    link(own.replace('/roles/', '/k/roles/'), code('k/roles/a b/main.yml:3')),
  )
  const upstream = `https://redirect.github.com/kubernetes-sigs/kubespray/blob/${FILE.oid}/cluster.yml`
  expect(told(link(upstream, 'x'))).toEqual(link(upstream, 'x'))
})

test('every kind of block is gone through', () => {
  const at = code('cluster.yml')
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 2, text: [at] },
    list([{ text: [at], items: [{ text: [at] }] }]),
    { kind: 'table', head: [[at]], rows: [[[at]]] },
    fold([at], [paragraph(say`In ${at}.`)]),
    {
      kind: 'change',
      change: {
        words: [[at], [at], [at]],
        path: 'cluster.yml',
        to: 'cluster.yml',
        before: ['cluster.yml'],
        after: [],
      },
    },
  ]
  const shown = JSON.stringify(fromTop(blocks, shownAt))
  expect(shown.match(/"k\/cluster\.yml"/g)).toHaveLength(12)
  expect(shown.match(/"cluster\.yml"/g)).toHaveLength(1)
})
