import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { defaultConfig, readConfig } from '../../../src/core/config/read-config.ts'
import type { ConfigFacts } from '../../../src/core/config/check-config.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/config')

function configsIn(folder: 'valid' | 'invalid'): readonly string[] {
  return readdirSync(join(FIXTURES, folder)).filter((file) => file.endsWith('.yml'))
}

function read(text: string, facts: ConfigFacts = {}) {
  const reading = readConfig(text, 'multiarch.yml', facts)
  if (reading.kind === 'config') return reading.config
  return reading.problems.map(({ code, message, at }) => `${at?.line}:${at?.column} ${code}\n  ${message}`)
}

function problemsOf(text: string, facts: ConfigFacts = {}): readonly string[] {
  const found = read(text, facts)
  if (!Array.isArray(found)) throw new Error('this config was expected to be refused')
  return found
}

describe('configs that say what we understand', () => {
  test.each(configsIn('valid'))('%s', (file) => {
    expect(readConfig(readFileSync(join(FIXTURES, 'valid', file), 'utf8')).kind).toBe('config')
  })
})

describe('configs that are refused, each problem at its place', () => {
  test.each(configsIn('invalid'))('%s', async (file) => {
    const problems = problemsOf(readFileSync(join(FIXTURES, 'invalid', file), 'utf8'))
    const beside = join(FIXTURES, 'invalid', file.replace(/\.yml$/, '.problems.txt'))
    await expect(`${problems.join('\n')}\n`).toMatchFileSnapshot(beside)
  })
})

test('a file that says nothing means the defaults', () => {
  expect(read('')).toEqual(defaultConfig())
  expect(defaultConfig()).toMatchObject({
    upstream: 'kubernetes-sigs/kubespray',
    architectures: [],
    stayOn: undefined,
    kubernetes: { follow: 'step', max: undefined },
    advance: 'on-merge',
    commits: { prefix: undefined, signOff: false },
    pullRequests: {
      labels: ['multiarch'],
      reviewers: [],
      assignees: [],
      maxOpen: 2,
      schedule: { windows: [], timeZone: 'UTC' },
    },
  })
})

test('names in any spelling come out in ours, once', () => {
  expect(read('architectures: [aarch64, arm64, x86_64]')).toMatchObject({ architectures: ['arm64', 'amd64'] })
  expect(read('addons: { ingress_nginx_enabled: keep }')).toMatchObject({
    addons: new Map([['ingress_nginx', 'keep']]),
  })
  expect(read('{ layout: pin:deps/versions.env, base: v2.28.0 }')).toMatchObject({
    layout: { kind: 'pin', path: 'deps/versions.env' },
    base: 'v2.28.0',
  })
  expect(read('layout: inventory')).toMatchObject({ layout: { kind: 'inventory' }, base: undefined })
  expect(read('follow: v2.29')).toMatchObject({ stayOn: '2.29' })
  expect(read("kubernetes: { max: 'v1.33' }")).toMatchObject({ kubernetes: { max: '1.33' } })
  expect(read("pull-requests: { reviewers: ['@a', a] }")).toMatchObject({
    pullRequests: { reviewers: ['a'] },
  })
})

test('what is known of the world is checked as well', () => {
  const facts: ConfigFacts = {
    repository: 'me/kubespray',
    releases: ['v2.9.0', 'v2.29.0', 'v2.29.1', 'v2.30.0'],
    addons: ['ingress_nginx', 'cert_manager'],
  }
  const text = 'upstream: Me/kubespray\nfollow: v2.99\naddons:\n  ingres_nginx: keep\n  rook: ask\n'
  expect(problemsOf(text, facts)).toMatchInlineSnapshot(`
    [
      "1:11 config-own-upstream
      \`upstream\` is this repository itself; name the one whose releases you follow, or leave it out.",
      "2:9 config-unknown-minor
      \`follow\` is \`v2.99\`, and upstream has no release of that minor; its newest is \`v2.30\`.",
      "4:3 config-unknown-addon
      No release you can reach has an add-on \`ingres_nginx\`; did you mean \`ingress_nginx\`?",
      "5:3 config-unknown-addon
      No release you can reach has an add-on \`rook\`; \`docs/addons.md\` of the project has the names.",
    ]
  `)
  expect(read('follow: v2.9\naddons: { cert_manager_enabled: ask }', facts)).not.toBeInstanceOf(Array)
})

test('a file of another size than a config is not parsed', () => {
  expect(problemsOf(`# ${'x'.repeat(1_100_000)}\n`)).toEqual([
    '1:1 config-too-large\n  This file has 1101 kB and I read at most 100; a full config has about 3.',
  ])
})

test.each(['['.repeat(10_000), `a:\n${'- '.repeat(10_000)}x`, 'a: ' + '{b: '.repeat(10_000)])(
  'a config that is nested ten thousand deep is told as that',
  (text) => {
    const reading = readConfig(text, 'multiarch.yml')
    if (reading.kind !== 'problems') throw new Error('it was read')
    expect(reading.problems.map(({ message }) => message).join()).toContain('nested more than 200 deep')
  },
)

test('the parser keeps to itself what it thinks of foreign text', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  readConfig('%FOO bar\n---\n? [a, b]\n: 1\n? {a: 1}\n: !!x y\n', 'multiarch.yml')
  expect(warn).not.toHaveBeenCalled()
  warn.mockRestore()
})
