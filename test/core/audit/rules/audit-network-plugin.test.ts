import { describe, expect, test } from 'vitest'
import { buildsOf, runsOn } from '../../../../src/core/audit/known/builds-of.ts'
import { KNOWN_IMAGES } from '../../../../src/core/audit/known/known-images.ts'
import { ARCHITECTURES, type Architecture } from '../../../../src/core/model/architecture.ts'
import type { ImageAnswers } from '../../../../src/core/model/image-name.ts'
import { auditOf, SMALL, told, type Files } from '../../../support/audited.ts'

const BOTH: readonly Architecture[] = ['amd64', 'arm64']

/** A release with a few plugins, as they were when Cilium had images for amd64 alone. */
const PLUGINS: Files = {
  ...SMALL,
  'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml': `- assert:
    that: kube_network_plugin in ['calico', 'cilium', 'contiv', 'flannel', 'weave']
`,
  'roles/download/defaults/main.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
calico_version: v3.1.3
cilium_version: v1.3.0
weave_version: 2.5.0
flannel_version: v0.10.0
cilium_image_repo: docker.io/cilium/cilium
downloads:
  calico_node:
    enabled: "{{ kube_network_plugin == 'calico' }}"
    container: true
    repo: quay.io/calico/node
    tag: "{{ calico_version }}"
  cilium:
    enabled: "{{ kube_network_plugin == 'cilium' }}"
    container: true
    repo: "{{ cilium_image_repo }}"
    tag: "{{ cilium_version }}"
  contiv:
    enabled: "{{ kube_network_plugin == 'contiv' }}"
    container: true
    repo: contiv/netplugin
    tag: 1.2.1
  flannel:
    enabled: "{{ kube_network_plugin == 'flannel' }}"
    container: true
    repo: quay.io/coreos/flannel
    tag: "{{ flannel_version }}"
  weave_kube:
    enabled: "{{ kube_network_plugin == 'weave' }}"
    container: true
    repo: docker.io/weaveworks/weave-kube
    tag: "{{ weave_version }}"
`,
}

function inventory(text: string): Files {
  return { 'inventory/home/hosts.ini': '[all]\nnode1\n', 'inventory/home/group_vars/all/all.yml': text }
}

function findings(text: string, architectures: readonly Architecture[], images?: ImageAnswers) {
  return auditOf({ ...PLUGINS, ...inventory(text) }, architectures, undefined, images)
}

describe('a network plugin without images for an architecture of the cluster', () => {
  const cases: readonly (readonly [string, string, readonly Architecture[], readonly string[]])[] = [
    [
      'Cilium before 1.10 on arm64',
      'kube_network_plugin: cilium\n',
      BOTH,
      ['error network-plugin-architecture cilium on arm64'],
    ],
    [
      'the same on arm64 alone',
      'kube_network_plugin: cilium\n',
      ['arm64'],
      ['error network-plugin-architecture cilium on arm64'],
    ],
    ['the same on amd64 alone', 'kube_network_plugin: cilium\n', ['amd64'], []],
    [
      'Cilium 1.9, set by the inventory',
      'kube_network_plugin: cilium\ncilium_version: v1.9.13\n',
      BOTH,
      ['error network-plugin-architecture cilium on arm64'],
    ],
    ['Cilium 1.10', 'kube_network_plugin: cilium\ncilium_version: v1.10.0\n', BOTH, []],
    [
      'Cilium 1.10 on 32-bit arm as well',
      'kube_network_plugin: cilium\ncilium_version: v1.10.0\n',
      ['amd64', 'arm64', 'arm'],
      ['error network-plugin-architecture cilium on arm'],
    ],
    ['a version that is no number', 'kube_network_plugin: cilium\ncilium_version: latest\n', BOTH, []],
    [
      'an image of somebody’s own',
      'kube_network_plugin: cilium\ncilium_image_repo: quay.io/me/cilium-arm\n',
      BOTH,
      [],
    ],
    [
      'Calico on quay.io before its manifest lists',
      'kube_network_plugin: calico\n',
      BOTH,
      ['error network-plugin-architecture calico on arm64'],
    ],
    [
      'Contiv, which never had any',
      'kube_network_plugin: contiv\n',
      BOTH,
      ['error network-plugin-architecture contiv on arm64'],
    ],
    ['Weave, which had them early', 'kube_network_plugin: weave\n', BOTH, []],
    [
      'Flannel, which a recipe mends: told with its image',
      'kube_network_plugin: flannel\n',
      BOTH,
      ['error image-of-one-architecture flannel on arm64'],
    ],
  ]
  test.each(cases)('%s', (_, text, architectures, expected) => {
    const own = findings(text, architectures).filter(({ code }) => /plugin|image/.test(code))
    expect(told(own)).toEqual(expected)
  })

  test('names the plugins of this release that have images for all of them, with its sources', () => {
    const [finding] = findings('kube_network_plugin: cilium\n', BOTH)
    expect(finding).toMatchObject({ file: 'inventory/home/group_vars/all/all.yml', line: 1 })
    expect(finding?.message).toBe(
      'The network plugin `cilium` (`docker.io/cilium/cilium:v1.3.0`) has no image for arm64, so those nodes would have no network: Cilium’s own repositories have images for amd64 alone up to 1.9; those for arm64 were only ever in `cilium-dev` (cilium/cilium#14698, cilium/cilium#9898, cilium/cilium#14117). Of this release’s plugins weave has images for amd64 and arm64, and flannel once it is patched (`audit --fix`).',
    )
  })

  test('says so where there is none', () => {
    const [finding] = findings('kube_network_plugin: contiv\n', ['amd64', 's390x'])
    expect(finding?.message).toContain(
      'Of this release’s plugins there are images for amd64 and s390x of flannel once it is patched (`audit --fix`).',
    )
  })

  test('a registry’s answer counts more', () => {
    const images: ImageAnswers = new Map([
      ['docker.io/cilium/cilium:v1.3.0', { kind: 'found', architectures: ['amd64', 'arm64'] }],
    ])
    expect(findings('kube_network_plugin: cilium\n', BOTH, images)).toEqual([])
  })
})

describe('what is known of images', () => {
  const cases: readonly (readonly [string, Architecture, 'yes' | 'no' | 'unknown'])[] = [
    ['quay.io/cilium/cilium:v1.9.11', 'arm64', 'no'],
    ['quay.io/cilium/cilium:v1.11.3', 'arm64', 'yes'],
    ['quay.io/cilium/operator:v1.9.11', 'arm64', 'unknown'],
    ['quay.io/calico/node:v3.16.9-arm64', 'arm64', 'yes'],
    ['quay.io/calico/node:v3.16.9-arm', 'arm', 'no'],
    ['quay.io/calico/node:v3.1.3', 'amd64', 'yes'],
    // Nobody told when exactly quay.io had the first list.
    ['quay.io/calico/node:v3.21.2', 'arm64', 'unknown'],
    ['docker.io/calico/node:v3.4.0', 'arm64', 'yes'],
    ['docker.io/calico/node:v3.4.0', 'arm', 'no'],
    ['docker.io/cloudnativelabs/kube-router:v0.2.5', 'arm64', 'no'],
    ['docker.io/cloudnativelabs/kube-router:v1.0.1', 'arm64', 'yes'],
    ['docker.io/cloudnativelabs/kube-router:v1.0.1', 's390x', 'unknown'],
    ['docker.io/kubeovn/kube-ovn:v1.3.0', 'arm64', 'unknown'],
    ['docker.io/alaudak8s/kube-ovn:v1.1.0', 'arm64', 'no'],
    ['docker.io/rajchaudhuri/weave-kube:2.8.7', 'arm64', 'unknown'],
    ['ghcr.io/k8snetworkplumbingwg/multus-cni:v4.1.0', 'arm64', 'unknown'],
    ['ghcr.io/k8snetworkplumbingwg/multus-cni:v4.1.0-thick', 'arm64', 'no'],
    ['k8s.gcr.io/addon-resizer:1.8.11', 'arm64', 'no'],
    ['k8s.gcr.io/addon-resizer:2.3', 'arm64', 'unknown'],
    ['registry.example:5000/coreos/flannel:v0.12.0-arm64', 'arm64', 'yes'],
  ]
  test.each(cases)('%s on %s: %s', (image, architecture, expected) => {
    expect(runsOn(image, architecture)).toBe(expected)
  })

  test('no version has and lacks an architecture, and ranges follow one another', () => {
    for (const { builds, repository } of KNOWN_IMAGES)
      for (const [index, { has, lacks, since, until }] of builds.entries()) {
        expect(
          [...has].filter((each) => lacks.includes(each)),
          String(repository),
        ).toEqual([])
        expect(has.every((each) => ARCHITECTURES.includes(each))).toBe(true)
        if (index > 0) expect(since, String(repository)).toBeDefined()
        if (index < builds.length - 1) expect(until, String(repository)).toBeDefined()
      }
    expect(buildsOf('docker.io/nobody/knows:1.0')).toBeUndefined()
  })
})
