import { expect, test } from 'vitest'
import {
  refuseLayout,
  speaksOfKubespray,
  withoutReleases,
} from '../../../../src/core/explain/trouble/refuse-layout.ts'
import type { LayoutChoice, LayoutQuestion, NoLayout } from '../../../../src/core/layout/layout-choice.ts'
import type { Gitlink, LayoutPlaces, Pin, PinnedVersion } from '../../../../src/core/layout/layout.ts'
import { oid, release as tag } from '../../../support/pull-request.ts'

const release = tag('v2.28.0')
const EMPTY: LayoutPlaces = {
  isRoot: false,
  folders: [],
  gitlinks: [],
  missingGitlinks: [],
  pins: [],
  inventories: [],
}
const gitlink: Gitlink = {
  path: 'deps/kubespray',
  commit: oid('a'),
  url: 'https://example.org/kubespray.git',
  named: 'exact',
}
const pin = (value: string, says: PinnedVersion, file = 'ci.yml', line = 3): Pin => ({
  file,
  line,
  value,
  says,
  reaches: 'clone',
  start: 0,
  end: value.length,
})
const pinned = pin('v2.28.0', { kind: 'release', release })
const branch = (name: string): Pin => pin(name, { kind: 'branch', branch: name })

const said = (
  choice: Exclude<LayoutChoice, { kind: 'layout' }>,
  places: Partial<LayoutPlaces> = {},
): string => refuseLayout(choice, { ...EMPTY, ...places }).message

test.each<[question: LayoutQuestion, words: readonly string[]]>([
  [
    {
      code: 'disagree',
      claims: [{ kind: 'root' }, { kind: 'folder', path: 'k', release }, { kind: 'folder', path: 'l' }],
      answers: [{ kind: 'root' }, { kind: 'folder', path: 'k' }],
    },
    [
      'its files stand at the top, its files stand in `k` (v2.28.0) and its files stand in `l`',
      'say which one is run with `layout: root` or `layout: folder:k` in `.github/multiarch.yml`',
    ],
  ],
  [
    {
      code: 'disagree',
      claims: [
        { kind: 'submodule', gitlink, release },
        { kind: 'submodule', gitlink },
        { kind: 'pin', pin: pinned },
        { kind: 'pin', pin: branch('') },
        { kind: 'settings', release },
      ],
      answers: [],
    },
    [
      'the submodule `deps/kubespray` is at v2.28.0',
      `the submodule \`deps/kubespray\` is at ${oid('a').slice(0, 7)}`,
      '`ci.yml:3` says `v2.28.0`',
      '`ci.yml:3` says no release',
      '`base` in the settings says `v2.28.0`',
      'Make them agree, and I go on from there.',
    ],
  ],
  [
    { code: 'which-release', pins: [branch('master')], inventories: [] },
    ['Kubespray is taken from the branch `master` (`ci.yml:3`)', 'My first step then pins it.'],
  ],
  [
    { code: 'which-release', pins: [branch('')], inventories: [''] },
    ['from no release in particular (`ci.yml:3`)', 'I found 1 inventory: `.`.'],
  ],
  [
    { code: 'which-release', pins: [{ ...pinned, only: 'readme' }], inventories: [] },
    [
      'Nothing that I read here says which release',
      '`ci.yml:3` tells of `v2.28.0`, and I know of nothing that runs that.',
    ],
  ],
  [
    { code: 'which-release', pins: [pin('$V', { kind: 'variable', name: 'V' })], inventories: [] },
    ['Nothing that I read here says which release of Kubespray is run (`ci.yml:3`).'],
  ],
  [
    { code: 'which-release', pins: [], inventories: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    [
      'I found nothing here that names Kubespray: no files of it, and no submodule, image,',
      'I found 7 inventories: `a`, `b`, `c`, `d`, `e` and 2 more.',
      'If that is run with Kubespray, say which release with `base: vX.Y.Z` in `.github/multiarch.yml`.',
      'in another way (kubeadm itself, k3s), there is nothing for me to do here.',
    ],
  ],
  [
    { code: 'unknown-commit', at: gitlink },
    [
      'whose commit this is: the submodule `deps/kubespray`',
      '(from `https://example.org/kubespray.git`)',
      '`--upstream`',
    ],
  ],
  [{ code: 'unknown-commit', at: pinned }, ['whose commit this is: `ci.yml:3` says `v2.28.0`.']],
  [
    { code: 'not-there', setting: { kind: 'folder', path: 'k' }, answers: [] },
    ['`layout: folder:k`, and there is no such thing', 'I found nothing that it could be.'],
  ],
  [
    { code: 'not-there', setting: { kind: 'root' }, answers: [{ kind: 'pin', path: 'ci.yml' }] },
    ['I found `layout: pin:ci.yml`.'],
  ],
])('a question says what was found and what would answer it: %j', (question, words) => {
  const problem = refuseLayout({ kind: 'question', question }, EMPTY)
  expect(problem.code).toBe('layout-unclear')
  for (const each of words) expect(problem.message).toContain(each)
})

test.each<[why: NoLayout, places: Partial<LayoutPlaces>, words: readonly string[]]>([
  [
    { code: 'own-fork', at: gitlink },
    {},
    ['This repository runs a fork of Kubespray: the submodule `deps/kubespray`', 'Run me on the fork'],
  ],
  [{ code: 'only-told', pins: [pinned] }, {}, ['named in `ci.yml:3`, which I read and do not write']],
  [
    { code: 'missing-gitlink', path: 'k', url: 'https://example.org/k.git', line: 2 },
    {},
    ['`.gitmodules` (line 2)', '`git submodule add https://example.org/k.git k`'],
  ],
  [
    { code: 'nothing' },
    {},
    ['I found no Kubespray in this repository: no files of it, and no submodule,', 'nor an inventory.'],
  ],
  [{ code: 'nothing' }, { read: 3, unread: [] }, ['I read 3 files that might say so.']],
  [
    { code: 'nothing' },
    { read: 200, unread: ['a.sh', 'b.sh'] },
    ['I read 200 files that might say so, and not `a.sh` and `b.sh`: too large,'],
  ],
  [
    { code: 'own-fork', at: { ...pin('', { kind: 'branch', branch: '' }), only: 'own-fork' } },
    {},
    ['`ci.yml:3` says no release'],
  ],
  [
    { code: 'nothing' },
    { folders: ['k'], inventories: ['', 'b', 'c', 'd', 'e', 'f'] },
    [
      'I found a copy in `k`, the inventory `.`',
      'the inventory `e` and 1 more, and nothing that says which Kubespray is run',
    ],
  ],
])('where there is nothing to work on it is said why: %j', (why, places, words) => {
  for (const each of words) expect(said({ kind: 'none', why }, places)).toContain(each)
})

test('what speaks of several clusters is asked to be named by them', () => {
  const problem = refuseLayout({ kind: 'none', why: { code: 'nothing' } }, EMPTY, [
    { name: 'north', folder: 'north', inventories: ['north/inventory'] },
    { name: 'south', folder: 'south', inventories: ['south/inventory'] },
  ])
  expect(problem.code).toBe('no-kubespray')
  expect(problem.message).toContain('If they are 2 clusters, as their inventories look (`north` and `south`)')
  expect(problem.settings).toBeDefined()
})

test('without upstream’s releases everything that was found is named or counted', () => {
  const { message } = withoutReleases({
    ...EMPTY,
    folders: ['k'],
    gitlinks: [gitlink, { path: 'other', commit: oid('b') }],
    pins: [pinned],
    inventories: ['', 'b', 'c', 'd', 'e'],
  })
  expect(message).toContain('a copy of Kubespray in `k`, the submodule `deps/kubespray`')
  expect(message).toContain(
    'its release named at `ci.yml:3`, the inventory `.`, the inventory `b`, the inventory `c` and 2 more.',
  )
  expect(message).not.toContain('`other`')
})

test.each<[places: Partial<LayoutPlaces>, speaks: boolean]>([
  [{}, false],
  [{ gitlinks: [{ path: 'other', commit: oid('b') }] }, false],
  [{ gitlinks: [gitlink] }, true],
  [{ inventories: ['a'] }, true],
  [{ missingGitlinks: [{ path: 'k', url: 'u', line: 1 }] }, true],
])('%j speaks of Kubespray: %s', (places, speaks) => {
  expect(speaksOfKubespray({ ...EMPTY, ...places })).toBe(speaks)
})
