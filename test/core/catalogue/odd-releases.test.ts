import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import { blobsNeeded } from '../../../src/core/catalogue/release-files.ts'
import { EARLY } from '../../support/early-era.ts'
import { LATE } from '../../support/late-era.ts'
import { MIDDLE } from '../../support/middle-era.ts'
import { release } from '../../support/release.ts'

function read(files: Readonly<Record<string, string>>): Catalogue {
  return catalogueOf(release(files))
}

describe('any release', () => {
  test.each([
    ['early', EARLY],
    ['middle', MIDDLE],
    ['late', LATE],
  ])('%s: comes back from JSON as it was, and needs no other blobs than it names', (_, files) => {
    const { tree, blobs } = release(files)
    const needed = new Map(blobsNeeded(tree).map((oid) => [oid, blobs.get(oid) as Uint8Array]))
    const catalogue = catalogueOf({ tree, blobs: needed })
    const again = JSON.parse(JSON.stringify(catalogue)) as Catalogue
    expect(again.faults).toEqual(catalogue.faults)
    expect(JSON.stringify(again)).toBe(JSON.stringify(catalogue))
  })

  test('facts come from variables of their own or from the dictionary of facts', () => {
    const files = {
      ...LATE,
      'roles/kubespray_defaults/defaults/main/main.yml': (
        LATE['roles/kubespray_defaults/defaults/main/main.yml'] as string
      ).replaceAll('ansible_architecture', "ansible_facts['architecture']"),
    }
    const [{ faults, components, kubernetes }, expected] = [read(files), read(LATE)]
    expect(faults).toEqual(expected.faults)
    expect(components).toEqual(expected.components)
    expect(kubernetes).toEqual(expected.kubernetes)
  })

  test('what Ansible itself gives to every play is no fault of the release', () => {
    const files = {
      'roles/download/defaults/main.yml': `downloads:
  a:
    tag: "{{ ansible_facts['selinux'] }}"
  b:
    tag: "{{ groups['etcd'][0] }}-{{ inventory_hostname }}"
  c:
    tag: "{{ ansible_user_dir | default('x') }}"
  d:
    tag: "{{ nobodys_variable }}"
`,
    }
    expect(new Set(read(files).faults.map(({ component }) => component))).toEqual(new Set(['d']))
  })

  test('an empty tree gives an empty catalogue, not an exception', () => {
    const catalogue = read({ 'README.md': '# nothing here' })
    expect(catalogue.kubernetes).toMatchObject({ default: undefined, versions: {}, binaries: [] })
    expect(catalogue.faults).toEqual([])
  })

  test('values that double at every variable, and chains without end, do no harm', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `v${at}: "{{ v${at + 1} }}{{ v${at + 1} }}"`).join(
      '\n',
    )
    const chain = Array.from({ length: 3000 }, (_, at) => `c${at}: "{{ c${at + 1} }}"`).join('\n')
    const downloads =
      'downloads:\n  x:\n    enabled: true\n    tag: "{{ v0 }}"\n  y:\n    enabled: true\n    tag: "{{ c0 }}"\n  z:\n    tag: "{{ z }}"\nz: "{{ z }}"\n'
    const { faults, components } = read({
      'roles/download/defaults/main.yml': `${doubling}\nv60: text\n${chain}\n${downloads}`,
    })
    expect(Object.keys(components)).toEqual(['x', 'y', 'z'])
    expect([...new Set(faults.map(({ component, missing }) => `${component}: ${missing}`))]).toEqual([
      'z: z, which refers to itself',
    ])
  })

  test('a template form that is not read counts as there', () => {
    const files = {
      ...LATE,
      'roles/kubespray_defaults/defaults/main/download.yml': `downloads:
  odd:
    enabled: true
    file: true
    checksum: "{{ kubelet_checksums | from_the_future }}"
  loop:
    enabled: true
    file: true
    checksum: "{% for a in [1] %}{{ a }}{% endfor %}"
`,
    }
    expect(read(files).faults).toEqual([])
  })
})

describe('maps and switches of other shapes', () => {
  const withDownloads = (yaml: string): Catalogue => read({ 'roles/download/defaults/main.yml': yaml })

  test.each([
    [
      'one version',
      'etcd_binary_checksums:\n  amd64: aa\n  arm64: 0\n',
      'architecture',
      { amd64: [''], arm64: [] },
    ],
    [
      'no architecture',
      'yq_checksums:\n  no_arch:\n    1.2.3: aa\n',
      'architecture-version',
      { no_arch: ['1.2.3'] },
    ],
    [
      'by system',
      'krew_checksums:\n  linux:\n    arm64:\n      v0.4.1: aa\n  windows:\n    amd64:\n      v0.4.1: bb\n',
      'architecture-version',
      { arm64: ['v0.4.1'] },
    ],
  ])('%s', (_, yaml, layout, versions) => {
    const [map] = Object.values(withDownloads(yaml).checksums)
    expect(map).toMatchObject({ layout, versions })
  })

  test.each([
    ['true', true],
    ['"{{ nowhere | default(\'false\') }}"', false],
    ['"{{ 1 == 1 }}"', true],
    ['"no"', false],
    ['""', false],
  ])('enabled: %s is %s', (enabled, expected) => {
    const { components } = withDownloads(`downloads:\n  x:\n    enabled: ${enabled}\n    container: true\n`)
    expect(components['x']?.enabled).toBe(expected)
  })

  test('an image whose name follows the architecture is given for each', () => {
    const { components } = withDownloads(
      'downloads:\n  a:\n    container: true\n    repo: "x/{{ host_architecture }}"\n    tag: v1\n  b:\n    container: true\n    repo: y\n    tag: v2\n',
    )
    expect(components['a']).toMatchObject({ image: 'x/amd64:v1', images: { arm64: 'x/arm64:v1' } })
    expect(components['b']?.image).toBe('y:v2')
    expect(components['b']?.images).toBeUndefined()
  })
})
