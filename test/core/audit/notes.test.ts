import { describe, expect, test } from 'vitest'
import { KNOWN_NOTES } from '../../../src/core/advice/known-notes.ts'
import { notesFor } from '../../../src/core/advice/notes-for.ts'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import { readReleaseTag, type ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { inventoryOf } from '../../support/inventory.ts'

interface Situation {
  readonly step: readonly [string, string]
  readonly inventory: string
  readonly architectures?: readonly Architecture[]
}

function notes({
  step: [from, to],
  inventory,
  architectures = ['amd64', 'arm64'],
}: Situation): readonly string[] {
  const files = new Map([
    ['inventory/home/hosts.ini', '[all]\nnode1\n'],
    ['inventory/home/group_vars/all/all.yml', inventory],
  ])
  const found = notesFor({
    from: from as ReleaseTag,
    to: to as ReleaseTag,
    catalogue: { ...catalogueWith({ versions: ['1.30.0'] }), switches: { ingress_nginx_enabled: 'false' } },
    settings: inventoryOf(files).settings,
    architectures,
  })
  return found.map(({ release, text }) => `${release} ${text.split(' ').slice(0, 3).join(' ')}`)
}

const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
  [
    'one who relies on the default that moves',
    { step: ['v2.9.0', 'v2.10.4'], inventory: '---\n' },
    ['v2.10.0 Every node gets'],
  ],
  [
    'one who has said what they want',
    { step: ['v2.9.0', 'v2.10.4'], inventory: 'enable_nodelocaldns: false\n' },
    [],
  ],
  [
    'a network plugin that will go',
    { step: ['v2.11.2', 'v2.12.10'], inventory: 'kube_network_plugin: canal\n' },
    ['v2.12.0 Canal is deprecated,'],
  ],
  [
    'nothing that the check of the release itself refuses: the plan ends there',
    { step: ['v2.28.1', 'v2.29.1'], inventory: 'kube_network_plugin: weave\n' },
    [],
  ],
  [
    'another network plugin',
    { step: ['v2.28.1', 'v2.29.1'], inventory: 'kube_network_plugin: flannel\n' },
    [],
  ],
  [
    'variables by the beginning of their names',
    { step: ['v2.8.5', 'v2.9.0'], inventory: 'dnsmasq_dns_server: 10.0.0.1\n' },
    ['v2.9.0 `dns_mode` knows only'],
  ],
  [
    'variables by their end',
    { step: ['v2.27.1', 'v2.28.1'], inventory: 'kubelet_checksums: {}\n' },
    ['v2.28.0 Checksums are a'],
  ],
  [
    'architectures',
    { step: ['v2.27.1', 'v2.28.1'], inventory: '---\n', architectures: ['amd64', 'arm'] },
    ['v2.28.0 Entries that said'],
  ],
  [
    'an add-on that is on',
    { step: ['v2.16.0', 'v2.17.0'], inventory: 'ingress_nginx_enabled: true\n' },
    ['v2.17.0 ingress-nginx 1.0 serves'],
  ],
  [
    'Cilium that templates installed (kubespray#12252)',
    { step: ['v2.27.1', 'v2.28.1'], inventory: 'kube_network_plugin: cilium\n' },
    ['v2.28.0 Cilium is installed', 'v2.28.0 Cilium that an'],
  ],
  [
    'nobody who says that it may go',
    {
      step: ['v2.27.1', 'v2.28.1'],
      inventory: 'kube_network_plugin: cilium\ncilium_remove_old_resources: true\n',
    },
    ['v2.28.0 Cilium is installed'],
  ],
  [
    'Cilium whose folder belongs to kube, by itself or by default (kubespray#13378)',
    { step: ['v2.30.0', 'v2.31.0'], inventory: 'kube_network_plugin: cilium\nkube_owner: kube\n' },
    ['v2.31.0 Cilium 1.19 cannot', 'v2.31.0 kubelet 1.35 does'],
  ],
  [
    'the same by default',
    { step: ['v2.30.0', 'v2.31.0'], inventory: 'kube_network_plugin: cilium\n' },
    ['v2.31.0 Cilium 1.19 cannot', 'v2.31.0 kubelet 1.35 does'],
  ],
  [
    'not where it belongs to root',
    { step: ['v2.30.0', 'v2.31.0'], inventory: 'kube_network_plugin: cilium\nkube_owner: root\n' },
    ['v2.31.0 kubelet 1.35 does'],
  ],
  [
    'nor where nobody can tell whose it is',
    {
      step: ['v2.30.0', 'v2.31.0'],
      inventory: 'kube_network_plugin: cilium\nkube_owner: "{{ owner_of_ours }}"\n',
    },
    ['v2.31.0 kubelet 1.35 does'],
  ],
  ['everybody', { step: ['v2.30.0', 'v2.31.0'], inventory: '---\n' }, ['v2.31.0 kubelet 1.35 does']],
  ['nobody before the release or after it', { step: ['v2.31.0', 'v2.32.0'], inventory: '---\n' }, []],
]
test.each(cases)('a note touches %s', (_, situation, expected) => {
  expect(notes(situation)).toEqual(expected)
})

describe('the data', () => {
  test.each(KNOWN_NOTES.map((note) => [note.text.slice(0, 40), note] as const))(
    '%s… is well formed',
    (_, note) => {
      expect(readReleaseTag(note.release)).toBe(note.release)
      expect(note.text).toMatch(/^[A-Z`i].*\.$|^kubelet .*\.$/)
      expect(note.references.length).toBeGreaterThan(0)
    },
  )
})
