import { expect, test } from 'vitest'
import { auditFiles } from '../../../src/app/audit/audit.ts'
import { CHECKING } from '../../support/checking-release.ts'
import { historyIn } from '../../support/history.ts'
import { memoryObjectStore } from '../../support/memory/memory-object-store.ts'

const MIRRORS = 'mirrors:\n  - host: https://registry.example.org\n    skip_verify: true\n'
const HOSTS = '[kube_control_plane]\nnode1\n[kube_node]\nnode1\n'

test('a file of one inventory is judged with that one: with another it is no file beside it', async () => {
  const store = memoryObjectStore()
  const { commit } = historyIn(store)
  const release = await commit('release', CHECKING)
  const own = await commit(
    'own',
    {
      // Not below `inventory/`, where nothing is looked for but inventories.
      'clusters/home/hosts.ini': HOSTS,
      'clusters/home/group_vars/all.yml': MIRRORS,
      'clusters/work/hosts.ini': HOSTS,
      'clusters/work/group_vars/all.yml': MIRRORS,
    },
    { parents: [release] },
  )
  const { findings, inventories } = await auditFiles(store, await store.readTree(own), {
    release: await store.readTree(release),
    architectures: ['amd64'],
  })
  expect(inventories).toEqual(['clusters/home', 'clusters/work'])
  const off = findings.filter(({ code }) => code === 'verification-off')
  expect(off.map(({ file, line, message }) => `${file}:${line} ${message.slice(0, 13)}`)).toEqual([
    'clusters/home/group_vars/all.yml:1 The inventory',
    'clusters/work/group_vars/all.yml:1 The inventory',
  ])
})
