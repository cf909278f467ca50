import { describe, expect, test } from 'vitest'
import { componentGrid } from '../../../../src/core/audit/whole/component-grid.ts'
import { auditCluster, imagesToAsk, openCluster } from '../../../../src/core/audit/whole/audit-tree.ts'
import type { Finding } from '../../../../src/core/audit/finding.ts'
import type { Architecture } from '../../../../src/core/model/architecture.ts'
import type { ImageAnswer } from '../../../../src/core/model/image-name.ts'
import { auditOf, SMALL, told, treeToAudit, type Files } from '../../../support/audited.ts'

const ALL: readonly Architecture[] = ['amd64', 'arm64', 'arm']
const TEMPLATE = 'roles/network_plugin/calico/templates/node.yml.j2'

/** The small release with images in the place of its downloads. */
function images(text: string, manifest = ''): Files {
  const downloads = `image_arch: "{{ host_architecture }}"\n${text}`
  return {
    ...SMALL,
    'roles/download/defaults/main.yml': downloads,
    [TEMPLATE]: `kind: DaemonSet\nspec:\n  image: ${manifest}\n`,
  }
}

const NODE = images(
  `calico_image_repo: quay.io/calico/node
calico_image_tag: v3
downloads:
  calico: { container: true, enabled: true, repo: "{{ calico_image_repo }}", tag: "{{ calico_image_tag }}" }
  off: { container: true, enabled: false, repo: quay.io/off, tag: v1 }
`,
)
const ETCD = images(
  'downloads:\n  etcd: { container: true, enabled: true, repo: quay.io/etcd, tag: v3, groups: [etcd] }\n',
)

/** What is found of images; the small release has more to say about 32-bit arm. */
function imageFindings(files: Files, said?: ReadonlyMap<string, ImageAnswer>): readonly Finding[] {
  return auditOf(files, ALL, undefined, said).filter(({ code }) => code.startsWith('image-'))
}

function answers(said: Readonly<Record<string, ImageAnswer>>): ReadonlyMap<string, ImageAnswer> {
  return new Map(Object.entries(said))
}

const found = (...architectures: readonly string[]): ImageAnswer => ({ kind: 'found', architectures })

function asked(files: Files): readonly string[] {
  return imagesToAsk([openCluster(treeToAudit(files), { architectures: ALL })])
}

describe('asked about', () => {
  test('are the images of what is enabled, each once', () => {
    expect(asked(NODE)).toEqual(['quay.io/calico/node:v3'])
  })
  test('is each architecture’s own name, where the release has one', () => {
    const files = images(
      'downloads:\n  a: { container: true, enabled: true, repo: "quay.io/a-{{ image_arch }}", tag: v1 }\n',
    )
    expect(asked(files)).toEqual(['quay.io/a-amd64:v1', 'quay.io/a-arm64:v1', 'quay.io/a-arm:v1'])
  })
  test('is the name that one DaemonSet for each architecture makes', () => {
    const files = images(
      'f_image_tag: v1\ndownloads:\n  f: { container: true, enabled: true, repo: quay.io/f, tag: "{{ f_image_tag }}" }\n',
      'quay.io/f:{{ f_image_tag }}-{{ arch }}',
    )
    expect(asked(files)).toEqual(['quay.io/f:v1-amd64', 'quay.io/f:v1-arm64', 'quay.io/f:v1-arm'])
  })
})

describe('what registries say', () => {
  const cases: readonly (readonly [
    string,
    Files,
    Readonly<Record<string, ImageAnswer>>,
    readonly string[],
  ])[] = [
    ['an image for all', NODE, { 'quay.io/calico/node:v3': found('amd64', 'arm64', 'arm', 's390x') }, []],
    [
      'an image that lacks one',
      NODE,
      { 'quay.io/calico/node:v3': found('amd64', 'arm64') },
      ['error image-without-architecture calico on arm'],
    ],
    [
      'an image of etcd, which need not run on every node',
      ETCD,
      { 'quay.io/etcd:v3': found('amd64') },
      ['warning image-without-architecture etcd on arm64, arm'],
    ],
    [
      'an image that is gone',
      NODE,
      { 'quay.io/calico/node:v3': { kind: 'absent' } },
      ['warning image-absent calico on amd64, arm64, arm'],
    ],
    [
      'nothing',
      NODE,
      { 'quay.io/calico/node:v3': { kind: 'unknown', why: '`quay.io` answers 500' } },
      ['notice image-unknown calico'],
    ],
    ['nothing, because nobody asked for it', NODE, {}, []],
  ]
  test.each(cases)('%s', (_, files, said, expected) => {
    expect(told(imageFindings(files, answers(said)))).toEqual(expected)
  })

  test('is told with what the image exists for, and the variable that names another', () => {
    const said = answers({ 'quay.io/calico/node:v3': found('amd64') })
    expect(imageFindings(NODE, said)[0]?.message).toBe(
      'By its registry `quay.io/calico/node:v3` exists for amd64 and not for arm64 and arm, so it cannot be pulled there. Take a version with a manifest for each, or build one and name it with `calico_image_repo`.',
    )
  })

  test('counts more than what is known of an image without asking', () => {
    const files = images(
      'flannel_image_tag: v0.10.0\ndownloads:\n  flannel: { container: true, enabled: true, repo: quay.io/coreos/flannel, tag: "{{ flannel_image_tag }}" }\n',
    )
    expect(told(imageFindings(files))).toEqual(['error image-of-one-architecture flannel on arm64, arm'])
    const said = answers({ 'quay.io/coreos/flannel:v0.10.0': found('amd64', 'arm64', 'arm') })
    expect(imageFindings(files, said)).toEqual([])
    const away = answers({ 'quay.io/coreos/flannel:v0.10.0': { kind: 'unknown', why: 'it is away' } })
    expect(told(imageFindings(files, away))).toEqual([
      'error image-of-one-architecture flannel on arm64, arm',
      'notice image-unknown flannel',
    ])
  })

  test('of many images that one reason keeps unknown is said once', () => {
    const names = Array.from({ length: 9 }, (_, number) => `quay.io/i${number}:v1`)
    const files = images(
      `downloads:\n${names.map((_, number) => `  i${number}: { container: true, enabled: true, repo: quay.io/i${number}, tag: v1 }\n`).join('')}`,
    )
    const said = new Map(names.map((name) => [name, { kind: 'unknown', why: 'it is away' } as const]))
    const [finding, ...others] = imageFindings(files, said)
    expect(others).toEqual([])
    expect(finding?.message).toBe(
      'I do not know which architectures `quay.io/i0:v1`, `quay.io/i1:v1`, `quay.io/i2:v1`, `quay.io/i3:v1`, `quay.io/i4:v1` and 4 more images exist for: it is away.',
    )
  })
})

test('the grid shows what registries said', () => {
  const cluster = openCluster(treeToAudit(NODE), { architectures: ALL })
  const said = answers({ 'quay.io/calico/node:v3': found('amd64', 'arm64') })
  expect(componentGrid(cluster, auditCluster(cluster, {}))[0]?.cells).toEqual({
    amd64: 'image',
    arm64: 'image',
    arm: 'image',
  })
  expect(componentGrid(cluster, auditCluster(cluster, { images: said }), said)[0]?.cells).toEqual({
    amd64: 'held',
    arm64: 'held',
    arm: 'lacks',
  })
})

test('the grid takes a version from the address where an entry has none', () => {
  const files = images(
    'etcd_version: v3.5.0\netcd_url: "https://example.org/{{ etcd_version }}"\ndownloads:\n  etcd: { file: true, enabled: true, url: "{{ etcd_url }}" }\n',
  )
  const cluster = openCluster(treeToAudit(files), { architectures: ALL })
  expect(componentGrid(cluster, auditCluster(cluster, {}))[0]?.version).toBe('v3.5.0')
})
