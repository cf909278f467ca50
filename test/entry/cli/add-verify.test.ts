import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Verified } from '../../../src/core/verify/verified.ts'
import { ansibleMissing } from '../../support/ansible.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { verify } from '../../support/remembered-ansible.ts'
import {
  HOSTS,
  releaseToVerify,
  repositoryOf,
  TASKS,
  VARIABLES,
  type VerifiedFiles,
} from '../../support/verified-release.ts'

const RELEASE = releaseToVerify()

/** What the command says of a repository with these files on the release. */
async function verified(
  more: VerifiedFiles,
  ...options: readonly string[]
): Promise<{ code: number; found: Verified }> {
  const world = repositoryOf({ ...RELEASE, ...more })
  const { code, out } = await verify(world.path, '--json', ...options)
  return { code, found: JSON.parse(out) as Verified }
}

const answers = ({ runs }: Verified): readonly string[] =>
  runs.map(({ question, answer }) => `${question} ${answer}`)

describe.skipIf(ansibleMissing() !== undefined)('with Ansible', () => {
  test('a release and an inventory that pass: what was run, and what was not looked at', async () => {
    const world = repositoryOf(RELEASE)
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-'))
    onTestFinished(() => removeFolder(folder))
    vi.stubEnv('TMPDIR', folder)
    const { code, out } = await verify(world.path)
    expect(code).toBe(0)
    // Nothing of what was written for it is left.
    expect(readdirSync(folder)).toEqual([])
    expect(out).toContain('`ansible-inventory --list` on `inventory/mine`: passes.')
    expect(out).toContain('Syntax of `upgrade-cluster.yml` on `inventory/mine`: passes.')
    expect(out).toContain("The release's own validation (2 of 2 checks asked) on `inventory/mine`: passes.")
    expect(out.replace(/\s+/g, ' ')).toContain('whether the play does on your hosts it cannot tell')
    expect(out.replace(/\s+/g, ' ')).toContain('none was reached, no fact was asked')
  })

  test('a check that is not true, in the words of the release, at its place', async () => {
    const { code, found } = await verified({ [VARIABLES]: 'kube_network_plugin: weave\n' })
    expect(code).toBe(3)
    expect(answers(found)).toEqual(['inventory passes', 'syntax passes', 'syntax passes', 'validation fails'])
    expect(found.runs[3]?.failures).toEqual([
      {
        task: 'validate_inventory : Stop if the plugin is unknown',
        message: 'weave is no network plugin of ours',
        condition: "kube_network_plugin in ['calico', 'cilium']",
        file: TASKS,
        line: 2,
        hosts: ['cp1'],
      },
    ])
  })

  test.each([
    [
      'in INI',
      { [HOSTS]: '[kube_control_plane]\ncp1\n[kube_node]\nnode1 x\n' },
      { file: HOSTS, line: 4, says: 'Expected key=value' },
    ],
    [
      'in YAML',
      { [HOSTS]: '', 'inventory/mine/hosts.yml': 'all:\n  hosts:\n    a:\n   b: "\n' },
      { file: 'inventory/mine/hosts.yml', line: 4, says: '' },
    ],
  ])(
    'an inventory that Ansible cannot read, %s, and nothing is asked of it',
    async (_, files, { file, line, says }) => {
      const { code, found } = await verified(files, '--inventory', 'inventory/mine')
      expect(code).toBe(3)
      const [listed, , , validation] = found.runs
      expect(listed).toMatchObject({ answer: 'fails', failures: [{ file, line }] })
      expect(listed?.failures[0]?.message).toContain(says)
      expect(validation).toMatchObject({ answer: 'not-run', why: { code: 'inventory-fails' } })
    },
  )

  test.each([
    ['in a playbook', { 'playbooks/cluster.yml': '- hosts: all\n  roles: [\n' }, 'playbooks/cluster.yml'],
    [
      'in a role',
      { 'roles/kubernetes/node/tasks/main.yml': '- name: x\n  shell: a\n  command: b\n' },
      'roles/kubernetes/node/tasks/main.yml',
    ],
    [
      'by a module that nobody has',
      { 'roles/kubernetes/node/tasks/main.yml': '- kubo:\n    a: 1\n' },
      'roles/kubernetes/node/tasks/main.yml',
    ],
  ])('a playbook that is none, %s', async (_, files, file) => {
    const { code, found } = await verified(files)
    expect(code).toBe(3)
    const failed = found.runs.filter(({ answer }) => answer === 'fails')
    expect(failed.map(({ question }) => question)).toContain('syntax')
    for (const { failures } of failed)
      expect(failures).toMatchObject([{ file, line: expect.any(Number) as number }])
  })

  test('what is encrypted is no fault of the inventory', async () => {
    const secret = '$ANSIBLE_VAULT;1.1;AES256\n61616161\n'
    const whole = await verified({ [VARIABLES]: secret })
    expect(whole.code).toBe(3)
    expect(whole.found.runs.flatMap(({ failures }) => failures)).toEqual([])
    expect(whole.found.runs[0]).toMatchObject({ answer: 'unanswered', why: { code: 'vault' } })
    const one = `kube_network_plugin: !vault |\n  ${secret.replaceAll('\n', '\n  ')}\n`
    const value = await verified({ [VARIABLES]: one })
    expect(value.code).toBe(3)
    expect(value.found.runs.flatMap(({ failures }) => failures)).toEqual([])
    expect(value.found.runs[3]).toMatchObject({ answer: 'unanswered', why: { code: 'vault' } })
    const other = await verified({
      [VARIABLES]: `${one.replace('kube_network_plugin', 'a_password')}kube_network_plugin: calico\n`,
    })
    expect(answers(other.found)).toContain('validation passes')
  })

  test('what the release warns of is told, and nothing is asked of hosts where it has no role for it', async () => {
    const warned = await verified({ [VARIABLES]: 'kube_network_plugin: cilium\n' })
    expect([warned.code, warned.found.runs[3]?.told]).toEqual([0, ['The plugin goes with the next release']])
    const { [TASKS]: _, ...old } = RELEASE
    const world = repositoryOf({
      ...old,
      'playbooks/boilerplate.yml': '- import_playbook: ansible_version.yml\n',
    })
    const { code, out } = await verify(world.path)
    expect(code).toBe(0)
    expect(out.replace(/\s+/g, ' ')).toContain('This release has no `roles/validate_inventory`')
  })

  test('what is not installed beside Ansible is no fault of the inventory', async () => {
    const task = (that: string): VerifiedFiles => ({ [TASKS]: `- assert:\n    that: "${that}"\n` })
    const filter = await verified(task("'a' | no.such.filter"))
    expect(filter.code).toBe(3)
    expect(filter.found.runs[3]).toMatchObject({
      answer: 'unanswered',
      why: { code: 'not-installed', name: 'no.such' },
      failures: [],
    })
    const tasks = '- no.such.module:\n    a: 1\n'
    const { found } = await verified({ 'roles/kubernetes/node/tasks/main.yml': tasks })
    expect(answers(found)).toEqual([
      'inventory passes',
      'syntax unanswered',
      'syntax unanswered',
      'validation passes',
    ])
  })

  test('where there is no host nothing was asked, and a check behind a condition was not either', async () => {
    const { code, found } = await verified({ [HOSTS]: '# node1\n[kube_node]\n' })
    expect(code).toBe(0)
    expect(answers(found)).toEqual([
      'inventory passes',
      'syntax passes',
      'syntax passes',
      'validation not-run',
    ])
    expect(found.runs[3]?.why).toMatchObject({ code: 'no-hosts' })
    const conditional = `${RELEASE[TASKS] ?? ''}- assert:\n    that: false\n  when: kube_network_plugin == 'none'\n- fail:\n  when: false\n`
    const other = await verified({ [TASKS]: conditional })
    expect(other.found.runs[3]).toMatchObject({ answer: 'passes', checks: 4, asked: 3 })
  })
})
