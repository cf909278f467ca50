import { describe, expect, test } from 'vitest'
import { auditOf } from '../../support/audited.ts'
import { CHECKING, HOSTS, INVENTORY, off } from '../../support/checking-release.ts'

describe('an inventory that switches a check off is told at its line', () => {
  const FILE = 'inventory/mine/group_vars/all.yml'
  test.each<[string, string, string[]]>([
    ['a variable by its name', 'download_validate_certs: no', ['download_validate_certs']],
    ['and in quotes', 'download_validate_certs: "false"', ['download_validate_certs']],
    ['a variable that steers one through another', 'node_tls_wanted: false', ['node_tls_wanted']],
    ['a key that is emptied', 'repo_gpgkey: ""', ['repo_gpgkey']],
    [
      'inside of a list',
      'mirrors: [{ host: https://registry.example.org, skip_verify: true }]',
      ['skip_verify'],
    ],
    [
      'a list of registries',
      'docker_insecure_registries: [registry.example.org:5000]',
      ['docker_insecure_registries'],
    ],
    [
      'a flag handed on',
      'registry_options: "--insecure-registry=registry.example.org:5000"',
      ['insecure-registry'],
    ],
    ['arguments of ssh', 'ansible_ssh_common_args: "-o StrictHostKeyChecking=no"', ['StrictHostKeyChecking']],
    ['plain http where https stood', 'repo_url: http://mirror.example.org/repo', ['repo_url']],
    ['nothing that is as the release has it', 'download_validate_certs: yes', []],
    ['nothing that no role reads', 'someone_elses_validate_certs: no', []],
    ['nothing for a port', 'port_insecure_port: 8080', []],
  ])('%s', (_, line, options) => {
    expect(off({ ...HOSTS, [FILE]: `---\n${line}\n` })).toEqual(options.map((each) => `${FILE}:2 ${each}`))
  })

  test('in the file of hosts as well', () => {
    expect(off({ [INVENTORY]: '[kube_node]\nnode1\n[all:vars]\ndownload_validate_certs=False\n' })).toEqual([
      `${INVENTORY}:4 download_validate_certs`,
    ])
  })
})

test('it is said what the risk is, and how the check can be on again', () => {
  const [finding] = auditOf(
    { ...CHECKING, ...HOSTS, 'inventory/mine/group_vars/all.yml': 'download_validate_certs: no\n' },
    ['amd64', 'arm64'],
    CHECKING,
  ).filter(({ code }) => code === 'verification-off')
  expect(finding).toMatchObject({ severity: 'warning', subject: 'download_validate_certs' })
  expect(finding?.message).toBe(
    'The inventory switches a check off with `download_validate_certs`: whoever answers in the place of that server is believed. Take that back as soon as you can; a certificate of your own authority is accepted once the nodes trust that authority.',
  )
})

describe('a variable that has a task run which never checks', () => {
  const FILE = 'inventory/mine/group_vars/all.yml'
  const fetched = (when: string, checks: string): string =>
    `- name: Fetch it, ${when}\n  get_url:\n    url: https://example.org/x\n    validate_certs: ${checks}\n  when: ${when}\n`
  function told(tasks: string): readonly string[] {
    const release = {
      ...CHECKING,
      'roles/download/tasks/more.yml': tasks,
      'roles/download/tasks/main.yml': `${CHECKING['roles/download/tasks/main.yml'] ?? ''}- import_tasks: more.yml\n`,
      'roles/download/defaults/main.yml': `${CHECKING['roles/download/defaults/main.yml'] ?? ''}take_it_back: false\n`,
    }
    return auditOf({ ...release, ...HOSTS, [FILE]: 'take_it_back: true\n' }, ['amd64'], release)
      .filter(({ code }) => code === 'verification-off')
      .map(({ file, line, subject }) => `${file}:${line} ${subject}`)
  }

  test('switches no check off: there is none without it either', () => {
    expect(told(fetched('take_it_back', 'no'))).toEqual([])
  })
  test('does where another task checks in the other case', () => {
    const both = fetched('take_it_back', 'no') + fetched('not take_it_back', 'yes')
    expect(told(both)).toEqual([`${FILE}:1 take_it_back`])
  })
})
