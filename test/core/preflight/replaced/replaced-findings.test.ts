import { describe, expect, test } from 'vitest'
import { audited } from '../../../../src/core/audit/audited.ts'
import { wordLint } from '../../../../src/core/explain/found/word-lint.ts'
import type { LintFinding } from '../../../../src/core/plan/lint-finding.ts'
import { replacedFindings } from '../../../../src/core/preflight/replaced/replaced-findings.ts'
import { inventoryOf } from '../../../support/inventory.ts'
import { release } from '../../../support/release.ts'

type Files = Readonly<Record<string, string>>

const PLAY = '- hosts: k8s_cluster\n  roles:\n    - { role: balancer, when: lb_enabled }\n'

function found(before: Files, after: Files, variables: string): readonly LintFinding[] {
  const { settings } = inventoryOf(new Map([['inventory/mine/group_vars/all/all.yml', variables]]))
  const [from, to] = [before, after].map((files) => {
    const made = release({
      'cluster.yml': PLAY,
      'roles/balancer/defaults/main.yml': 'lb_enabled: true\n',
      ...files,
    })
    const source = audited(made, { architectures: ['amd64'], settings })
    return { tree: made.tree, text: (path: string) => source.text(path), run: () => source, tag: 'v2.22.2' }
  })
  if (!from || !to) throw new Error('two releases were given')
  return wordLint(replacedFindings({ settings, from, to, memory: new Map() }))
}

const WRITES = '- template: { src: pools.j2, dest: /x }\n  when: lb_config.pools is defined\n'
const OLD: Files = {
  'roles/balancer/tasks/main.yml': '- template: { src: config.j2, dest: /x }\n',
  'roles/balancer/templates/config.j2':
    'name: {{ lb_pool_name }}\n{% for range in lb_ip_range %}{{ range }}{% endfor %}\n',
}
const NEW: Files = {
  'roles/balancer/tasks/main.yml': WRITES,
  'roles/balancer/templates/pools.j2':
    '{% for name, pool in lb_config.pools.items() %}\n{{ name }}: {{ pool.ip_range }}\n{% endfor %}\n',
  'inventory/sample/group_vars/all/all.yml':
    '# lb_enabled: false\n# lb_pool_name: x\n# lb_config:\n#   pools:\n',
}
const SET = 'lb_ip_range: [10.0.0.0/16]\nlb_pool_name: mine\n'

describe('folded into another variable', () => {
  test('each is an error that names the place, and where the sample shows it', () => {
    const findings = found(OLD, NEW, SET)
    expect(findings.map(({ code, severity, key }) => [code, severity, key])).toEqual([
      ['variable-folded', 'error', 'lb_ip_range'],
      ['variable-folded', 'error', 'lb_pool_name'],
    ])
    for (const { message } of findings) {
      expect(message).toContain('`lb_config.pools`')
      expect(message).toContain('`roles/balancer/templates/pools.j2:2`')
      expect(message).toContain('all.yml:3`')
    }
  })
  test('nothing is said where the component is off, or the old name is still read', () => {
    expect(found(OLD, NEW, `${SET}lb_enabled: false\n`)).toEqual([])
    expect(
      found(
        OLD,
        { ...NEW, 'roles/balancer/templates/config.j2': OLD['roles/balancer/templates/config.j2'] ?? '' },
        SET,
      ),
    ).toEqual([])
  })
  test('nor of a mapping that was there before', () => {
    const had = { ...OLD, 'roles/balancer/tasks/more.yml': '- debug: { msg: "{{ lb_config.pools }}" }\n' }
    expect(found(had, NEW, SET)).toEqual([])
  })
})

describe('a reader that the configured version no longer selects', () => {
  const choice = `- template: { src: "{{ 'new.j2' if engine_version is version('2.0.0', '>=') else 'old.j2' }}", dest: /x }\n`
  const reads = 'auth = {{ registry_auth }}\n'
  const before = {
    'roles/balancer/tasks/main.yml': '- template: { src: config.j2, dest: /x }\n',
    'roles/balancer/templates/config.j2': reads,
  }
  const after = (version: string): Files => ({
    'roles/balancer/tasks/main.yml': choice,
    'roles/balancer/defaults/main.yml': `lb_enabled: true\nengine_version: ${version}\nregistry_auth: []\n`,
    'roles/balancer/templates/old.j2': reads,
    'roles/balancer/templates/new.j2': 'nothing\n',
  })
  const set = 'registry_auth: [{ user: a }]\n'

  test('is named with the choice, and no value', () => {
    const [finding, ...more] = found(before, after('2.1.0'), set)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ code: 'reader-gone', severity: 'warning', key: 'registry_auth' })
    expect(finding?.message).toContain('`roles/balancer/templates/old.j2`')
    expect(finding?.message).toContain('`new.j2`')
    expect(finding?.message).not.toContain('user')
  })
  test.each([
    ['the version still selects it', after('1.7.0'), set],
    ['the inventory has such a version', after('2.1.0'), `${set}engine_version: 1.7.0\n`],
    ['the value says nothing', after('2.1.0'), 'registry_auth: []\n'],
    [
      'another file reads it as well',
      { ...after('2.1.0'), 'roles/balancer/tasks/more.yml': '- debug: { msg: "{{ registry_auth }}" }\n' },
      set,
    ],
    ['the role is off', after('2.1.0'), `${set}lb_enabled: false\n`],
  ])('not where %s', (_, files, variables) => {
    expect(found(before, files, variables)).toEqual([])
  })
})
