import { describe, expect, test } from 'vitest'
import { treeOf } from '../../../support/inventory.ts'
import { runInventories } from '../../../support/run-inventories.ts'

type Files = Readonly<Record<string, string>>

/** What is handed in to the one inventory. */
function handedIn(files: Files, release?: Files): readonly string[] {
  const base = release && treeOf(new Map(Object.entries(release)))
  const { inventories } = runInventories(new Map(Object.entries(files)), base)
  return inventories.flatMap(({ inventory: { extra } }) => extra.map(({ path }) => path))
}

const HOSTS = '[kube_control_plane]\na1\n[kube_node]\na1\n'
const MORE = 'kube_version: v1.30.4\n'

describe('a command hands in', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'nothing where it runs a playbook that has nothing of Kubespray’s',
      {
        'plays/backup.yml':
          '- hosts: all\n  tasks:\n    - name: Fetch the role of a backup\n      debug: {}\n',
        'up.sh':
          'PLAY="${HERE}/plays/backup.yml"\nansible-playbook -i x/a.ini "$PLAY" -e "@${list}" -e keep=3\n',
      },
      [],
    ],
    [
      'nothing where it runs a playbook of another collection',
      { 'up.sh': 'ansible-playbook -i x/a.ini community.general.other -e a=1\n' },
      [],
    ],
    [
      'what it says where a playbook imports one of Kubespray’s',
      {
        'plays/site.yml': '- import_playbook: ../kubespray/cluster.yml\n',
        'up.sh': 'ansible-playbook -i x/a.ini plays/site.yml -e kube_version=v1.30.4\n',
      },
      ['up.sh'],
    ],
    [
      'nothing where a playbook has roles of its own alone',
      {
        'plays/site.yml': '- hosts: all\n  roles:\n    - role: backup\n',
        'up.sh': 'ansible-playbook -i x/a.ini plays/site.yml -e keep=3\n',
      },
      [],
    ],
    [
      'what it says where a playbook has a role of Kubespray’s',
      {
        'ks/roles/container-engine/tasks/main.yml': '[]',
        'plays/site.yml': '- hosts: all\n  roles:\n    - { role: container-engine }\n',
        'up.sh': 'ansible-playbook -i x/a.ini plays/site.yml -e kube_version=v1.30.4\n',
      },
      ['up.sh'],
    ],
    [
      'what it says where nobody has the playbook',
      { 'up.sh': 'ansible-playbook -i x/a.ini elsewhere/site.yml -e kube_version=v1.30.4\n' },
      ['up.sh'],
    ],
    [
      'a file whose path is put together over several variables',
      {
        'x/more.yaml': MORE,
        'up.sh':
          'name=$1\nFOLDER="/mnt/$name"\nansible-playbook -i $FOLDER/a.ini -e @$FOLDER/more.yaml cluster.yml\n',
      },
      ['x/more.yaml'],
    ],
    [
      'a file below a folder that only the run knows',
      {
        'x/more.yaml': MORE,
        'up.sh': 'ansible-playbook -i $FOLDER/a.ini -e @$FOLDER/more.yaml cluster.yml\n',
      },
      ['x/more.yaml'],
    ],
    [
      'nothing where it runs another file of hosts, which a script writes',
      { 'up.sh': 'ansible-playbook -i x/fetch_only.yml cluster.yml -e download_run_once=True\n' },
      [],
    ],
    [
      'nothing where it runs such a file in a folder that only the run knows',
      { 'up.sh': 'ansible-playbook -i $FOLDER/fetch_only.yml cluster.yml -e download_run_once=True\n' },
      [],
    ],
    [
      'what it says where it runs a file that is called as everybody calls it',
      { 'up.sh': 'ansible-playbook -i ks/mine/hosts.yaml cluster.yml -e download_run_once=True\n' },
      ['up.sh'],
    ],
    [
      'what it says where it runs a folder that is no more than a copy',
      { 'up.sh': 'ansible-playbook -i ks/mine cluster.yml -e download_run_once=True\n' },
      ['up.sh'],
    ],
  ])('%s', (_title, files, expected) => {
    expect(handedIn({ 'x/a.ini': HOSTS, 'x/group_vars/all.yml': MORE, ...files })).toEqual(expected)
  })

  test('what it says where the hosts are made elsewhere, whatever their file is called', () => {
    const files = {
      'x/group_vars/all.yml': MORE,
      'up.sh': 'ansible-playbook -i x/made.ini cluster.yml -e download_run_once=True\n',
    }
    expect(handedIn(files)).toEqual(['up.sh'])
  })

  test('what a script of somebody’s own says, in a folder that Kubespray has as well', () => {
    const kubespray = { 'roles/kubespray-defaults/tasks/main.yml': '[]' }
    const own = {
      'inventory/x/a.ini': HOSTS,
      'inventory/x/more.yaml': MORE,
      'scripts/up.sh': 'ansible-playbook -i inventory/x/a.ini -e @inventory/x/more.yaml cluster.yml\n',
    }
    expect(handedIn({ ...kubespray, ...own }, { ...kubespray, 'scripts/tags.sh': '' })).toEqual([
      'inventory/x/more.yaml',
    ])
  })
})
