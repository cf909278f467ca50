import { describe, expect, test } from 'vitest'
import { withoutKubespray } from '../../../src/core/explain/trouble/without-kubespray.ts'
import { filesThatMayTell } from '../../../src/core/layout/files-that-may-tell.ts'
import { findPlaces } from '../../../src/core/layout/find-places.ts'
import { holdsKubespray } from '../../../src/core/layout/holds-kubespray.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { SMALL, treeToAudit, type Files } from '../../support/audited.ts'

const INVENTORY = {
  'inventory/home/hosts.ini': '[all]\nnode1\n',
  'inventory/home/group_vars/all/all.yml': 'a: 1\n',
}

function told(files: Files, gitlink?: string): string {
  const { tree } = treeToAudit(files)
  const all = new Map([
    ...tree,
    ...(gitlink === undefined
      ? []
      : [[gitlink, { mode: '160000' as const, oid: 'a'.repeat(40) as Oid }] as const]),
  ])
  expect(holdsKubespray(all)).toBe(false)
  const texts = new Map(
    filesThatMayTell(all).flatMap((path) =>
      files[path] === undefined ? [] : [[path, files[path] ?? ''] as const],
    ),
  )
  const { code, message } = withoutKubespray(findPlaces(all, texts))
  expect(code).toBe('no-kubespray')
  expect(message).toMatch(/multiarch route|as the repository/)
  return message
}

test('a release is told by two of its places, wherever a fork cut it short', () => {
  expect(holdsKubespray(treeToAudit(SMALL).tree)).toBe(true)
  expect(holdsKubespray(treeToAudit({ 'roles/download/tasks/main.yml': '', 'site.yml': '' }).tree)).toBe(
    false,
  )
})

describe('what was found instead', () => {
  test.each([
    [
      'a submodule',
      {
        '.gitmodules':
          '[submodule "k"]\n  path = deps/ks\n  url = https://github.com/kubernetes-sigs/kubespray\n',
        ...INVENTORY,
      },
      'deps/ks',
      'it is a submodule at `deps/ks`, pinned to aaaaaaaaa',
    ],
    [
      'a gitlink without `.gitmodules`',
      { 'README.md': '# Home\n' },
      'kubespray',
      '`.gitmodules` does not say',
    ],
    [
      'an image',
      { Makefile: 'run:\n\tdocker run quay.io/kubespray/kubespray:v2.28.1\n', ...INVENTORY },
      undefined,
      'it is run from an image, at `v2.28.1` (`Makefile:2`)',
    ],
    [
      'a collection',
      {
        'requirements.yml':
          'collections:\n  - name: https://github.com/kubernetes-sigs/kubespray\n    type: git\n    version: v2.28.0\n',
      },
      undefined,
      'it is installed as a collection, at `v2.28.0` (`requirements.yml:4`)',
    ],
    [
      'a clone in a script',
      { 'up.sh': 'git clone https://github.com/kubernetes-sigs/kubespray.git\n' },
      undefined,
      'it is cloned, without a version (`up.sh:1`)',
    ],
    [
      'a copy in a folder',
      Object.fromEntries(Object.entries(SMALL).map(([path, text]) => [`vendor/kubespray/${path}`, text])),
      undefined,
      'a copy of it stands in the folder `vendor/kubespray`',
    ],
    ['an inventory alone', INVENTORY, undefined, 'there is the inventory `inventory/home` alone'],
    ['nothing', { LICENSE: 'MIT\n' }, undefined, 'no submodule, image, collection or inventory'],
  ] as [string, Files, string | undefined, string][])('%s', (_title, files, gitlink, expected) => {
    expect(told(files, gitlink)).toContain(expected)
  })
})
