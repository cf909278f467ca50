import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Verified } from '../../../src/core/verify/verified.ts'
import { ansibleMissing } from '../../support/ansible.ts'
import { verify } from '../../support/remembered-ansible.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import {
  HOSTS,
  releaseToVerify,
  repositoryOf,
  TASKS,
  VARIABLES,
  type VerifiedFiles,
} from '../../support/verified-release.ts'

const RELEASE = releaseToVerify()

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'multiarch-'))
  onTestFinished(() => removeFolder(path))
  return path
}

/** What is said of a release that would leave a mark if anything of it were run. */
async function marked(files: (mark: string) => VerifiedFiles): Promise<{ code: number; found: Verified }> {
  const mark = join(folder(), 'mark')
  const world = repositoryOf({ ...RELEASE, ...files(mark) })
  const { code, out } = await verify(world.path, '--json')
  expect(existsSync(mark)).toBe(false)
  return { code, found: JSON.parse(out) as Verified }
}

const python = (mark: string): string => `open(${JSON.stringify(mark)}, 'w').close()\n`
const pipe = (mark: string): string => `"{{ lookup('pipe', 'touch ${mark}') }}"`

describe.skipIf(ansibleMissing() !== undefined)('nothing of a tree is run', () => {
  test('a task that would touch a host: none of the role is run, and it is said', async () => {
    const { code, found } = await marked((mark) => ({
      [TASKS]: `${RELEASE[TASKS] ?? ''}- shell: touch ${mark}\n`,
    }))
    expect(code).toBe(0)
    expect(found.runs[3]).toMatchObject({
      answer: 'not-run',
      why: { code: 'other-tasks', file: TASKS, line: 14, doing: 'shell' },
    })
  })

  test.each([
    [
      'a role that it depends on',
      (mark: string) => ({ 'roles/kubespray_defaults/tasks/main.yml': `- shell: touch ${mark}\n` }),
    ],
    [
      'a role before it',
      (mark: string) => ({ 'roles/dynamic_groups/tasks/main.yml': `- shell: touch ${mark}\n` }),
    ],
  ])('a task of %s', async (_, files) => {
    const { found } = await marked(files)
    expect(found.runs[3]).toMatchObject({ answer: 'not-run', why: { code: 'other-tasks', doing: 'shell' } })
  })

  test.each([
    ['the inventory', (mark: string) => ({ [VARIABLES]: `kube_network_plugin: ${pipe(mark)}\n` }), VARIABLES],
    [
      'a file of hosts',
      (mark: string) => ({ [HOSTS]: `[kube_node]\nn1 kube_network_plugin=${pipe(mark)}\n` }),
      HOSTS,
    ],
    [
      'the defaults of the release',
      (mark: string) => ({
        'roles/kubespray_defaults/defaults/main.yml': `kube_network_plugin: ${pipe(mark)}\n`,
      }),
      'roles/kubespray_defaults/defaults/main.yml',
    ],
    [
      'a playbook',
      (mark: string) => ({ 'cluster.yml': `- import_playbook: ${pipe(mark)}\n` }),
      'cluster.yml',
    ],
  ])('a template of %s that starts a program', async (_, files, file) => {
    const { found } = await marked(files)
    expect(found.runs.map(({ why }) => why)).toContainEqual(
      expect.objectContaining({ code: 'lookup', file, name: 'pipe' }),
    )
  })

  test('programs that Ansible loads by itself, wherever they stand', async () => {
    const { code, found } = await marked((mark) => ({
      'ansible.cfg':
        '[defaults]\ncallback_plugins = callback_plugins\nvars_plugins = vars_plugins\ncallbacks_enabled = x\nstdout_callback = x\n',
      'callback_plugins/x.py': python(mark),
      'vars_plugins/x.py': python(mark),
      'filter_plugins/x.py': python(mark),
      'playbooks/action_plugins/assert.py': python(mark),
      'playbooks/vars_plugins/x.py': python(mark),
      'roles/validate_inventory/action_plugins/assert.py': python(mark),
      'roles/validate_inventory/library/assert.py': python(mark),
      'roles/kubespray_defaults/vars_plugins/x.py': python(mark),
      'roles/kubespray_defaults/lookup_plugins/env.py': python(mark),
      'inventory/mine/vars_plugins/x.py': python(mark),
      'library/assert.py': python(mark),
      'collections/ansible_collections/ansible/builtin/plugins/action/assert.py': python(mark),
    }))
    expect(code).toBe(0)
    expect(found.runs.map(({ answer }) => answer)).toEqual(['passes', 'passes', 'passes', 'passes'])
    expect(found.withheld).toContain('filter_plugins/x.py')
  })

  test('a program that tells hosts is not asked, and neither is who waits for them', async () => {
    const mark = join(folder(), 'mark')
    const world = repositoryOf({
      ...RELEASE,
      'inventory/mine/more.py': `#!/bin/sh\ntouch ${mark}\necho '{}'\n`,
    })
    world.git('update-index', '--chmod=+x', 'inventory/mine/more.py')
    world.git('commit', '--quiet', '--message', 'a program')
    const { code, out } = await verify(world.path, '--json')
    expect([code, existsSync(mark)]).toEqual([0, false])
    const why = { code: 'dynamic', files: ['inventory/mine/more.py'] }
    expect((JSON.parse(out) as Verified).runs[3]).toMatchObject({ answer: 'not-run', why })
  })

  test.each(['-e x', '--help', 'a b; touch c', '$(touch c)', 'a,b', "it's"])(
    'an inventory called %s is a folder like any other, or said to be none for Ansible',
    async (name) => {
      const { [HOSTS]: hosts = '', [VARIABLES]: variables = '', ...release } = RELEASE
      const world = repositoryOf({
        ...release,
        [`inventory/${name}/hosts.ini`]: hosts,
        [`inventory/${name}/group_vars/all.yml`]: variables,
      })
      const { code, out } = await verify(world.path, '--json', `--inventory=inventory/${name}`)
      expect(code).toBe(0)
      const { runs } = JSON.parse(out) as Verified
      const isOdd = /[$,]/.test(name)
      for (const { answer, why } of runs)
        expect([answer, why?.code]).toEqual(isOdd ? ['not-run', 'odd-name'] : ['passes', undefined])
    },
  )

  test('what is set around it changes nothing', async () => {
    const home = folder()
    const mark = join(home, 'mark')
    mkdirSync(join(home, 'callbacks'))
    writeFileSync(join(home, 'callbacks/x.py'), python(mark))
    writeFileSync(join(home, 'ansible.cfg'), '[defaults]\nstdout_callback = x\n')
    vi.stubEnv('ANSIBLE_CONFIG', join(home, 'ansible.cfg'))
    vi.stubEnv('ANSIBLE_CALLBACK_PLUGINS', join(home, 'callbacks'))
    vi.stubEnv('ANSIBLE_CHECK_MODE_MARKERS', '1')
    const { code } = await multiarch('verify', repositoryOf(RELEASE).path)
    expect([code, existsSync(mark)]).toEqual([0, false])
  })
})

describe.skipIf(ansibleMissing() !== undefined)('an Ansible that the release does not take', () => {
  test.each([
    ['too old', { minimal: '9.0.0', maximal: '10.0.0' }, '9.0.0 or newer and below 10.0.0'],
    ['too new', { minimal: '2.5.0', maximal: '2.10.0' }, '2.5.0 or newer and below 2.10.0'],
  ])('is %s: one sentence with what to install', async (_, range, words) => {
    const world = repositoryOf(releaseToVerify(range))
    const said = await refused(world, 'verify', world.path)
    expect(said).toContain(`this release takes ${words}`)
    expect(said).toContain('`requirements.txt` names (`ansible==11.0.0`)')
  })
})

describe('without Ansible', () => {
  /** A `PATH` that has git and whatever else is named, each with its content. */
  function pathWith(programs: Readonly<Record<string, string>>): string {
    const path = folder()
    symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(path, 'git'))
    for (const [name, text] of Object.entries(programs))
      writeFileSync(join(path, name), text, { mode: 0o755 })
    return path
  }

  test('there is one sentence with what to install', async () => {
    const world = repositoryOf(RELEASE)
    vi.stubEnv('PATH', pathWith({}))
    const { code, out, err } = await multiarch('verify', world.path)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(
      "I find no `ansible-playbook` here, and this asks Ansible itself: install what the release's",
    )
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  test('one that does not start is no answer either', async () => {
    const world = repositoryOf(RELEASE)
    vi.stubEnv(
      'PATH',
      pathWith({ 'ansible-playbook': '#!/bin/sh\necho "no module named ansible" >&2\nexit 1\n' }),
    )
    const { code, err } = await multiarch('verify', world.path)
    expect(code).toBe(2)
    expect(err).toContain('Ansible is installed and does not start: no module named ansible')
  })

  test('a revision that is not there, and a tree that holds no Kubespray', async () => {
    const world = repositoryOf(RELEASE)
    expect(await refused(world, 'verify', world.path, '--rev', '--help')).toContain('I find no `--help`')
    const other = repositoryOf({ 'README.md': 'nothing\n' })
    expect((await multiarch('verify', other.path)).code).toBe(2)
  })
})
