import { describe, expect, test } from 'vitest'
import { chooseLayout } from '../../../src/core/layout/choose-layout.ts'
import { findPins } from '../../../src/core/layout/find-pins.ts'
import type { LayoutFacts, ReleaseAt } from '../../../src/core/layout/layout-choice.ts'
import type { Gitlink, LayoutPlaces } from '../../../src/core/layout/layout.ts'
import { readLayoutSetting } from '../../../src/core/model/layout-setting.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

const URL = 'https://github.com/kubernetes-sigs/kubespray'
const tag = (text: string): ReleaseTag => text as ReleaseTag
const oid = (digit: string): Oid => digit.repeat(40) as Oid

/** Commits of the tests: 1 and 2 are releases, 3 is after one, 4 nobody knows, the rest is somebody's own. */
const COMMITS = new Map<Oid, ReleaseAt | 'unknown'>([
  [oid('1'), { release: tag('v2.28.0'), exact: true }],
  [oid('2'), { release: tag('v2.29.0'), exact: true }],
  [oid('3'), { release: tag('v2.28.0'), exact: false }],
  [oid('4'), 'unknown'],
])

interface Scene {
  readonly files?: Readonly<Record<string, string>>
  readonly gitlinks?: readonly Gitlink[]
  readonly places?: Partial<LayoutPlaces>
  readonly facts?: Partial<LayoutFacts>
}

/** What is chosen, in a line. */
function chosen({ files = {}, gitlinks = [], places = {}, facts = {} }: Scene): string {
  const found: LayoutPlaces = {
    ...{ isRoot: false, folders: [], missingGitlinks: [], inventories: [] },
    ...{ gitlinks, pins: findPins(new Map(Object.entries(files))) },
    ...places,
  }
  const choice = chooseLayout(found, {
    releaseOf: (commit) => COMMITS.get(commit) ?? 'not-upstream',
    ...facts,
  })
  if (choice.kind === 'none') return `none ${choice.why.code}`
  if (choice.kind === 'question') {
    const { question } = choice
    const claims =
      'claims' in question
        ? question.claims.map((each) => `${each.kind}=${'release' in each ? each.release : '?'}`)
        : []
    const answers =
      'answers' in question
        ? question.answers.map((each) => ('path' in each ? `${each.kind}:${each.path}` : each.kind))
        : []
    return [question.code, ...claims, '|', ...answers].join(' ')
  }
  const { layout, base } = choice
  const others = 'others' in layout ? layout.others : []
  const beside = 'twins' in layout ? layout.twins : []
  const pins = 'pins' in layout ? layout.pins : beside
  return [
    layout.kind,
    ...(base ? [`${base.release}${base.exact ? '' : '+'}`] : []),
    ...pins.map(({ file, line }) => `${file}:${line}`),
    ...(others.length > 0 ? ['not', ...others.map(({ file }) => file)] : []),
  ].join(' ')
}

function submodule(digit: string, named: 'exact' | 'loose' | 'no' = 'exact', path = 'deps/ks'): Gitlink {
  return { path, commit: oid(digit), ...(named !== 'no' && { named }) }
}

const image = (version: string): string => `FROM quay.io/kubespray/kubespray:${version}\n`
const clone = (version: string): string => `git clone -b ${version} ${URL}\n`
const setting = (text: string): Partial<LayoutFacts> => ({ layout: readLayoutSetting(text) })

describe('one layout, or a question', () => {
  test.each<[string, Scene, string]>([
    [
      'a fork',
      { places: { isRoot: true }, gitlinks: [submodule('9', 'loose', 'roles/kubespray-extra')] },
      'root',
    ],
    [
      'a fork and a copy',
      { places: { isRoot: true, folders: ['old'] } },
      'disagree root=? folder=? | root folder:old',
    ],
    ['a submodule', { gitlinks: [submodule('1'), submodule('9', 'no', 'secrets')] }, 'submodule v2.28.0'],
    ['a submodule after a release', { gitlinks: [submodule('3')] }, 'submodule v2.28.0+'],
    [
      'a submodule that nobody calls so, at a commit of upstream',
      { gitlinks: [submodule('1', 'no')] },
      'submodule v2.28.0',
    ],
    [
      'a submodule with twins',
      { gitlinks: [submodule('1')], files: { Dockerfile: image('v2.28.0'), 'README.md': clone('v2.20.0') } },
      'submodule v2.28.0 Dockerfile:1 not README.md',
    ],
    [
      'a submodule against a pin',
      { gitlinks: [submodule('1')], files: { Dockerfile: image('v2.29.0') } },
      'disagree submodule=v2.28.0 pin=v2.29.0 | submodule:deps/ks pin:Dockerfile',
    ],
    [
      'the same, answered',
      {
        gitlinks: [submodule('1')],
        files: { Dockerfile: image('v2.29.0') },
        facts: setting('submodule:deps/ks'),
      },
      'submodule v2.28.0 not Dockerfile',
    ],
    [
      'the same, answered the other way',
      {
        gitlinks: [submodule('1')],
        files: { Dockerfile: image('v2.29.0') },
        facts: setting('pin:Dockerfile'),
      },
      'pin v2.29.0 Dockerfile:1',
    ],
    [
      'two submodules',
      { gitlinks: [submodule('1'), submodule('2', 'exact', 'b')] },
      'disagree submodule=v2.28.0 submodule=v2.29.0 | submodule:deps/ks submodule:b',
    ],
    ['an own fork', { gitlinks: [submodule('9')] }, 'none own-fork'],
    ['a commit that could not be looked up', { gitlinks: [submodule('4')] }, 'unknown-commit |'],
    ['something of another name', { gitlinks: [submodule('9', 'no')] }, 'none nothing'],
    [
      'pins that agree, in several forms',
      {
        files: {
          Dockerfile: image('v2.28.0'),
          'up.sh': `git clone ${URL} k && git -C k checkout ${oid('1')}\n`,
        },
      },
      'pin v2.28.0 Dockerfile:1 up.sh:1',
    ],
    [
      'pins that disagree',
      { files: { Dockerfile: image('v2.28.0'), 'up.sh': clone('v2.27.0') } },
      'disagree pin=v2.28.0 pin=v2.27.0 | pin:Dockerfile pin:up.sh',
    ],
    [
      'a pin and a branch',
      { files: { Dockerfile: image('v2.28.0'), 'up.sh': clone('master') } },
      'disagree pin=v2.28.0 pin=? | pin:Dockerfile pin:up.sh',
    ],
    [
      'a pin and what Terraform says',
      { files: { Dockerfile: image('v2.28.0'), 'main.tf': `x = "git clone -b v2.27.0 ${URL}"\n` } },
      'disagree pin=v2.28.0 pin=v2.27.0 | pin:Dockerfile',
    ],
    ['Terraform alone', { files: { 'main.tf': `x = "git clone -b v2.27.0 ${URL}"\n` } }, 'none only-told'],
    [
      'a pin at somebody’s commit',
      { files: { 'up.sh': `git clone ${URL} k && git -C k checkout ${oid('9')}\n` } },
      'none own-fork',
    ],
    ['a branch', { files: { 'up.sh': clone('master') } }, 'which-release |'],
    [
      'a branch, answered',
      { files: { 'up.sh': clone('master') }, facts: { base: tag('v2.28.0') } },
      'pin v2.28.0 up.sh:1',
    ],
    [
      'a pin against `base`',
      { files: { 'up.sh': clone('v2.27.0') }, facts: { base: tag('v2.28.0') } },
      'disagree pin=v2.27.0 settings=v2.28.0 |',
    ],
    [
      'a variable that nothing sets',
      { files: { 'up.sh': clone('$V') }, places: { inventories: ['i'] } },
      'which-release |',
    ],
    ['an inventory alone', { places: { inventories: ['i'] } }, 'which-release |'],
    [
      'an inventory, answered',
      { places: { inventories: ['i'] }, facts: { base: tag('v2.28.0') } },
      'inventory v2.28.0',
    ],
    [
      'an inventory and a README',
      { files: { 'README.md': clone('v2.28.0') }, places: { inventories: ['i'] } },
      'inventory v2.28.0 README.md:1',
    ],
    [
      'READMEs that disagree',
      {
        files: { 'README.md': clone('v2.28.0'), 'a/README.md': clone('v2.27.0') },
        places: { inventories: ['i'] },
      },
      'disagree pin=v2.28.0 pin=v2.27.0 |',
    ],
    [
      'a copy whose release is known',
      {
        places: { folders: ['k'] },
        files: { Dockerfile: image('v2.28.0') },
        facts: { releaseOfFolder: () => tag('v2.28.0') },
      },
      'folder Dockerfile:1',
    ],
    [
      'a copy whose release is not known',
      { places: { folders: ['k'] }, files: { Dockerfile: image('v2.28.0') } },
      'folder not Dockerfile',
    ],
    ['two copies', { places: { folders: ['a', 'b'] } }, 'disagree folder=? folder=? | folder:a folder:b'],
    [
      '`layout` that names what is not there',
      { gitlinks: [submodule('1')], facts: setting('submodule:kubespray') },
      'not-there | submodule:deps/ks',
    ],
    [
      'a section of `.gitmodules` without an entry',
      { places: { missingGitlinks: [{ path: 'k', url: URL, line: 1 }] } },
      'none missing-gitlink',
    ],
    [
      'an inventory beside a role of somebody that has the word in its name',
      { gitlinks: [submodule('9', 'loose', 'roles/kubespray-extra')], places: { inventories: ['i'] } },
      'which-release |',
    ],
    ['only a submodule with the word in its name', { gitlinks: [submodule('9', 'loose')] }, 'none own-fork'],
    [
      'a clone of an own fork',
      { files: { 'up.sh': 'git clone https://github.com/me/kubespray\n' }, places: { inventories: ['i'] } },
      'none own-fork',
    ],
    ['nothing', {}, 'none nothing'],
  ])('%s', (_title, scene, expected) => {
    expect(chosen(scene)).toBe(expected)
  })
})

const BOTH: Scene = {
  ...{ places: { isRoot: true, folders: ['k'], inventories: ['i'] }, gitlinks: [submodule('1')] },
  files: { 'up.sh': clone('v2.28.0'), 'a.sh': clone('v2.28.0'), 'b.sh': clone('v2.29.0') },
}

describe('`layout` and `base` of the settings decide, of what is there', () => {
  test.each<[string, Scene, string]>([
    ['root', { ...BOTH, facts: setting('root') }, 'root'],
    ['folder:k', { ...BOTH, facts: setting('folder:k') }, 'folder not a.sh b.sh up.sh'],
    [
      'submodule:deps/ks',
      { ...BOTH, facts: setting('submodule:deps/ks') },
      'submodule v2.28.0 a.sh:1 up.sh:1 not b.sh',
    ],
    ['pin:b.sh', { ...BOTH, facts: setting('pin:b.sh') }, 'pin v2.29.0 b.sh:1 not a.sh up.sh'],
    [
      'pin:a.sh, with its twin',
      { ...BOTH, facts: setting('pin:a.sh') },
      'pin v2.28.0 a.sh:1 up.sh:1 not b.sh',
    ],
    [
      'inventory',
      { ...BOTH, facts: { ...setting('inventory'), base: tag('v2.28.0') } },
      'inventory v2.28.0 not a.sh b.sh up.sh',
    ],
    [
      'root, where it is not',
      { places: { inventories: ['i'] }, facts: setting('root') },
      'not-there | inventory',
    ],
    [
      'folder:x',
      { ...BOTH, facts: setting('folder:x') },
      'not-there | root folder:k submodule:deps/ks pin:a.sh pin:b.sh pin:up.sh inventory',
    ],
    ['pin:x', { gitlinks: [submodule('9', 'no')], facts: setting('pin:x') }, 'not-there |'],
    [
      'a submodule that nobody knows',
      { gitlinks: [submodule('4')], facts: setting('submodule:deps/ks') },
      'unknown-commit |',
    ],
    [
      'a submodule of an own fork',
      { gitlinks: [submodule('9')], facts: setting('submodule:deps/ks') },
      'none own-fork',
    ],
    [
      'a submodule and another base',
      { gitlinks: [submodule('1')], facts: { base: tag('v2.29.0') } },
      'disagree submodule=v2.28.0 settings=v2.29.0 |',
    ],
    ['a pin at a commit that nobody knows', { files: { 'up.sh': clone(oid('4')) } }, 'unknown-commit |'],
    ['a pin at a commit of somebody’s own', { files: { 'up.sh': clone(oid('9')) } }, 'none own-fork'],
    [
      'a README that agrees with `base`',
      {
        files: { 'README.md': clone('v2.28.0'), 'a/README.md': clone('v2.27.0') },
        facts: { base: tag('v2.28.0') },
      },
      'inventory v2.28.0 README.md:1 not a/README.md',
    ],
  ])('%s', (_title, scene, expected) => {
    expect(chosen(scene)).toBe(expected)
  })
})
