import { expect, test } from 'vitest'
import type { Claim } from '../../../src/core/layout/layout-choice.ts'
import type { Pin } from '../../../src/core/layout/layout.ts'
import { clustersFound } from '../../../src/core/layout/scope/clusters-found.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

/** `pin prod/Makefile 2.28.0`: a claim as it is found. */
function claim(words: string): Claim {
  const [kind, path = '', version = ''] = words.split(' ')
  const release = `v${version}` as ReleaseTag
  if (kind === 'folder') return { kind, path, release }
  if (kind === 'submodule') return { kind, release, gitlink: { path, commit: '1'.repeat(40) as Oid } }
  if (kind === 'pin') return { kind, release, pin: { file: path, line: 1 } as Pin }
  return { kind: 'root' }
}

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  [
    'a folder each',
    ['pin prod/Makefile 2.28.0', 'pin lab/Makefile 2.29.0'],
    ['prod/inventory', 'lab/hosts'],
    ['prod in prod', 'lab in lab'],
  ],
  [
    'folders below one',
    ['submodule clusters/a/kubespray 2.28.0', 'folder clusters/b/kubespray 2.28.0'],
    ['clusters/a/inventory', 'clusters/b/inventory/x', 'clusters/b/inventory/y'],
    ['a in clusters/a', 'b in clusters/b'],
  ],
  [
    'two files of one folder that agree',
    ['pin prod/Makefile 2.28.0', 'pin prod/Dockerfile 2.28.0', 'pin lab/Makefile 2.29.0'],
    ['prod/inventory', 'lab/inventory'],
    ['prod in prod', 'lab in lab'],
  ],
  [
    'submodules called after their inventories',
    ['submodule deps/kubespray-prod 2.28.0', 'submodule deps/kubespray-lab 2.29.0'],
    ['inventory/prod', 'inventory/lab'],
    [
      'prod at submodule:deps/kubespray-prod with inventory/prod',
      'lab at submodule:deps/kubespray-lab with inventory/lab',
    ],
  ],
  ['one inventory only', ['pin Dockerfile 2.28.0', 'pin up.sh 2.29.0'], ['inventory/home'], []],
  ['an inventory that may be of both', ['pin a/Makefile 2.28.0', 'pin b/Makefile 2.29.0'], ['inventory'], []],
  [
    'one of them without an inventory',
    ['pin a/Makefile 2.28.0', 'pin b/Makefile 2.29.0'],
    ['a/inventory'],
    [],
  ],
  ['a fork at the top', ['root', 'folder a/kubespray 2.29.0'], ['a/inventory', 'inventory/b'], []],
  ['one place alone', ['pin a/Makefile 2.28.0'], ['a/inventory'], []],
  [
    'two that would have one name',
    ['pin x/lab/Makefile 2.28.0', 'pin y/lab/Makefile 2.29.0'],
    ['x/lab/inventory', 'y/lab/inventory'],
    [],
  ],
  [
    'a name that no branch can have',
    ['pin a..b/Makefile 2.28.0', 'pin lab/Makefile 2.29.0'],
    ['a..b/inventory', 'lab/inventory'],
    [],
  ],
])('%s', (_, claims, inventories, expected) => {
  const found = clustersFound(claims.map(claim), { inventories })
  expect(
    found.map(({ name, folder, layout, inventories: own }) =>
      folder === undefined ? `${name} at ${layout} with ${own.join()}` : `${name} in ${folder}`,
    ),
  ).toEqual(expected)
})
