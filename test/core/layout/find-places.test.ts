import { describe, expect, test } from 'vitest'
import { filesThatMayTell } from '../../../src/core/layout/files-that-may-tell.ts'
import { findPlaces } from '../../../src/core/layout/find-places.ts'
import type { LayoutPlaces } from '../../../src/core/layout/layout.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Entry } from '../../../src/core/model/tree.ts'
import { SMALL, treeToAudit, type Files } from '../../support/audited.ts'

const COMMIT = 'a'.repeat(40) as Oid
const URL = 'https://github.com/kubernetes-sigs/kubespray'
const FETCH = { 'up.sh': `git clone -b v2.28.0 ${URL}\n` }

function placesOf(files: Files, ...gitlinks: readonly string[]): LayoutPlaces {
  const links = gitlinks.map((path): [string, Entry] => [path, { mode: '160000', oid: COMMIT }])
  const tree = new Map([...treeToAudit(files).tree, ...links])
  const texts = filesThatMayTell(tree).map((path): [string, string] => [path, files[path] ?? ''])
  return findPlaces(tree, new Map(texts))
}

function below(folder: string, files: Files = SMALL): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}

describe('copies are known by what is in them', () => {
  test('at the top, with what is copied into it', () => {
    const found = placesOf({ ...SMALL, ...below('contrib/x'), ...FETCH })
    expect(found).toMatchObject({ isRoot: true, folders: [] })
  })
  test('in folders of any name, the outer of two', () => {
    const found = placesOf({ ...below('deps/ks'), ...below('deps/ks/contrib/inner'), ...below('old/2.27.0') })
    expect(found).toMatchObject({ isRoot: false, folders: ['deps/ks', 'old/2.27.0'] })
  })
  test('a folder that is only called so is none', () => {
    expect(
      placesOf({
        'kubespray/roles/kubernetes/my-app/tasks/main.yml': '',
        'kubespray/cluster.yml': '',
        'roles/kubernetes/x/a.yml': '',
        'cluster.yml': '',
      }),
    ).toMatchObject({ isRoot: false, folders: [] })
  })
})

test('what a copy says of itself is upstream’s, and so is what stands in other people’s folders', () => {
  const files = {
    ...below('kubespray'),
    'kubespray/.gitlab-ci.yml': `variables:\n  KUBESPRAY_VERSION: v2.27.0\nx:\n  image: quay.io/kubespray/kubespray:$KUBESPRAY_VERSION\n`,
    'kubespray/inventory/mine/hosts.ini': '[all]\n',
    'node_modules/x/up.sh': FETCH['up.sh'],
    'tests/up.sh': FETCH['up.sh'],
    'CHANGELOG.md': FETCH['up.sh'],
    'infra/terraform.tfstate': `git clone -b v2.20.0 ${URL}`,
    'sbom.yaml': FETCH['up.sh'],
    'inventory/home/hosts.ini': '[all]\n',
  }
  const { pins, inventories } = placesOf(files)
  expect(pins).toEqual([])
  expect(inventories).toEqual(['inventory/home'])
})

test('a state of Terraform, which may hold keys, is not even read', () => {
  const { tree } = treeToAudit({
    'a.tfstate': '',
    'a.tfstate.backup': '',
    'x/terraform.tfstate.d/y.tf': '',
    'a.tf': '',
  })
  expect(filesThatMayTell(tree)).toEqual(['a.tf'])
})

test('files to read are bounded, those that are written to name versions first', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`app/${index}.yml`, '']))
  const files = filesThatMayTell(
    treeToAudit({ ...many, 'z/z/z/z/requirements.yml': '', '.gitmodules': '' }).tree,
  )
  expect(files).toHaveLength(200)
  expect(files.slice(0, 2)).toEqual(['.gitmodules', 'z/z/z/z/requirements.yml'])
})

describe('gitlinks', () => {
  const modules = `[submodule "a"]\n  path = deps/ks\n  url = ${URL}.git\n  branch = release-2.28\n[submodule "b"]\n  path = roles/extra\n  url = git@example.org:me/kubespray-extra\n[submodule "c"]\n  path = gone/k\n  url = ${URL}\n`
  test('with what `.gitmodules` says of each, and what it says of none', () => {
    const found = placesOf(
      { '.gitmodules': modules },
      'deps/ks',
      'roles/extra',
      'secrets',
      'ansible/kubespray',
    )
    expect(found.gitlinks.map(({ path, url, named }) => [path, url, named])).toEqual([
      ['deps/ks', `${URL}.git`, 'exact'],
      ['roles/extra', 'git@example.org:me/kubespray-extra', 'loose'],
      ['secrets', undefined, undefined],
      ['ansible/kubespray', undefined, 'exact'],
    ])
    expect(found.gitlinks[0]?.branch).toMatchObject({ file: '.gitmodules', line: 4, value: 'release-2.28' })
    const branch = found.gitlinks[0]?.branch
    expect(modules.slice(branch?.start, branch?.end)).toBe('release-2.28')
    expect(found.missingGitlinks).toEqual([{ path: 'gone/k', url: URL, line: 8 }])
  })
})

test.each(['images.list', 'offline/image-list.txt', 'images.txt', 'lists/images.lst'])(
  'a list of images to mirror names the release as other files do: %s',
  (path) => {
    const image = 'quay.io/kubespray/kubespray:v2.25.0'
    const { pins } = placesOf({
      Dockerfile: `FROM ${image}\n`,
      [path]: `docker.io/library/nginx:1.25\n${image}\n`,
    })
    expect(pins.map(({ file, line }) => `${file}:${line}`)).toEqual(['Dockerfile:1', `${path}:2`])
  },
)

test('what might tell and was not read is said', () => {
  const files = Object.fromEntries(Array.from({ length: 202 }, (_, at) => [`s${1000 + at}.sh`, 'x']))
  const { tree } = treeToAudit({ ...files, 'notes.txt': 'x' })
  const texts = new Map(filesThatMayTell(tree).map((path) => [path, 'x'] as const))
  texts.delete('s1003.sh')
  const { read, unread } = findPlaces(tree, texts)
  expect({ read, unread }).toEqual({ read: 199, unread: ['s1003.sh', 's1200.sh', 's1201.sh'] })
})

test('a file of variables that scripts source is read as they are', () => {
  const { pins } = placesOf({
    'settings.rc': 'kubespray_version="v2.28.0"\n',
    'up.sh': `. ./settings.rc\ngit clone ${URL}\ngit checkout $kubespray_version\n`,
  })
  expect(pins.map(({ file, value }) => `${file} ${value}`)).toEqual(['settings.rc v2.28.0'])
})
