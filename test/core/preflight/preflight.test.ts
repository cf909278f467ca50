import { describe, expect, test } from 'vitest'
import { wordFindings } from '../../../src/core/explain/found/word-findings.ts'
import { preflight } from '../../../src/core/preflight/preflight.ts'
import { cluster, opened, that } from '../../support/checked-release.ts'

describe('what is said', () => {
  const said = (settings: string, tasks: string): readonly string[] =>
    wordFindings(preflight(opened(cluster(settings, tasks), ['amd64', 'arm64']))).map(
      ({ severity, code, file, line, message }) => `${severity} ${code} ${file}:${line} ${message}`,
    )

  test('the setting, the release’s own words and what it takes', () => {
    const tasks = `- name: Stop if unsupported options selected\n  assert:\n    that:\n      - kube_network_plugin in ['calico', 'none']\n    msg: The selected choice is not supported\n`
    expect(said('x: 1\nkube_network_plugin: weave', tasks)).toEqual([
      "error release-check inventory/mine/group_vars/all.yml:2 `kube_network_plugin` is `weave`, and the release’s own check stops the play for that (`roles/validate_inventory/tasks/main.yml:4`: `kube_network_plugin in ['calico', 'none']`). It says: “The selected choice is not supported”. It takes `calico`, `none`.",
    ])
  })

  test('no secret, and no long value', () => {
    const tasks = `${that("token_of_cloud == ''")}`
    expect(said('token_of_cloud: s3cr3t', tasks).join()).not.toContain('s3cr3t')
    const long = 'x'.repeat(100)
    expect(said(`cloud_provider: ${long}`, that("cloud_provider == ''")).join()).not.toContain(long)
  })

  test('the release’s own place where no setting decides it', () => {
    expect(said('x: 1', that("container_manager == 'docker'"))[0]).toMatch(
      /^error release-check roles\/validate_inventory\/tasks\/main\.yml:3 The release’s own check stops the play with the defaults/,
    )
  })
})
