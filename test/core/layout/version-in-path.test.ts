import { describe, expect, test } from 'vitest'
import { mentionsOf, pathAt, versionInPath } from '../../../src/core/layout/version-in-path.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

test.each([
  ['kubespray/2.28.0', 'kubespray/2.29.1'],
  ['deps/kubespray-2.28.0', 'deps/kubespray-2.29.1'],
  ['kubespray-v2.28.0', 'kubespray-v2.29.1'],
])('%s becomes %s', (path, expected) => {
  const found = versionInPath(path)
  expect(found?.release).toBe('v2.28.0')
  expect(found && pathAt(found, 'v2.29.1' as ReleaseTag)).toBe(expected)
})

test.each(['kubespray', 'kubespray/2.28', '2.28.0/kubespray', 'k1.2.3.4'])('%s holds none', (path) => {
  expect(versionInPath(path)).toBeUndefined()
})

describe('what names the folder', () => {
  const texts = new Map([
    ['Makefile', 'run:\n\tcd kubespray/2.28.0 && ansible-playbook cluster.yml\n'],
    ['ansible.cfg', 'roles_path = ../kubespray/2.28.0/roles:my-kubespray/2.28.0\n'],
    ['notes', '2.28.0, kubespray/2.28.0.1 and kubespray/2.28.0-old are others; kubespray/2.28.0.\n'],
  ])
  test('each by its line, the version alone', () => {
    const folder = versionInPath('kubespray/2.28.0')
    const found = folder ? mentionsOf(folder, texts) : []
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'Makefile:2',
      'ansible.cfg:1',
      'notes:1',
    ])
    for (const { file, start, end } of found) expect(texts.get(file)?.slice(start, end)).toBe('2.28.0')
  })
})
