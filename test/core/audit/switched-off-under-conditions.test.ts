import { describe, expect, test } from 'vitest'
import type { Files } from '../../support/audited.ts'
import { off, withLine } from '../../support/checking-release.ts'

describe('a check that a patch switches off under a condition is told where the condition holds', () => {
  const DEFAULTS = 'roles/download/defaults/main.yml'
  const FILE = 'roles/download/templates/hosts.toml.j2'
  const put = (condition: string): Files =>
    withLine(FILE, '{% for each', `{% if ${condition} %}\ninsecure = true\n{% endif %}\n{% for each`)
  const TASK = 'roles/own/tasks/main.yml'
  const own = (when: string): Files => ({
    [TASK]: `- name: Mine\n  get_url:\n    url: x\n    validate_certs: false\n  when: ${when}\n`,
  })
  test.each<[string, Files, string[]]>([
    ['that is the release’s', put('node_tls_wanted'), [`${FILE}:7 insecure`]],
    ['but not where the release’s does not', put('not node_tls_wanted'), []],
    ['nor where nobody knows', put('of_somebody'), []],
    ['of a task', own('download_validate_certs'), [`${TASK}:4 validate_certs`]],
    ['of a task that does not run', own('not download_validate_certs'), []],
    [
      'of its own, at the variable that decides',
      { ...put('own_wanted'), ...withLine(DEFAULTS, 'repo_url:', 'own_wanted: true\nrepo_url:') },
      [`${DEFAULTS}:26 own_wanted`],
    ],
    [
      'by another variable, which says no in the release',
      withLine(
        'roles/download/tasks/main.yml',
        '{{ download_validate_certs }}',
        '{{ docker_insecure_registries | length > 0 }}',
      ),
      ['roles/download/tasks/main.yml:5 validate_certs'],
    ],
  ])('%s', (_, change, expected) => {
    expect(off(change)).toEqual(expected)
  })
})
