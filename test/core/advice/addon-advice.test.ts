import { describe, expect, test } from 'vitest'
import { adviseOnAddons } from '../../../src/core/advice/addon-advice.ts'
import { addonChanges } from '../../../src/core/advice/addon-changes.ts'
import type { AddonPolicy } from '../../../src/core/advice/addon-policy.ts'
import { isIn } from '../../../src/core/advice/addon-entry.ts'
import { KNOWN_ADDONS } from '../../../src/core/advice/known-addons.ts'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import { compareReleases, readReleaseTag, type ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { inventoryOf } from '../../support/inventory.ts'

interface Situation {
  readonly release: string
  /** The release's switches; what is not here is not in the release. */
  readonly switches: Readonly<Record<string, string>>
  readonly inventory: string
  readonly policies?: Readonly<Record<string, AddonPolicy>>
  readonly architectures?: readonly Architecture[]
  readonly bundled?: Readonly<Record<string, string>>
}

function advise({ release, switches, inventory, policies = {}, architectures, bundled = {} }: Situation) {
  const files = new Map([
    ['inventory/home/hosts.ini', '[all]\nnode1\n'],
    ['inventory/home/group_vars/k8s_cluster/addons.yml', inventory],
  ])
  return adviseOnAddons({
    release: release as ReleaseTag,
    catalogue: { ...catalogueWith({ versions: ['1.30.0'] }), switches, bundled },
    settings: inventoryOf(files).settings,
    architectures: architectures ?? ['amd64', 'arm64'],
    policies: new Map(Object.entries(policies)),
  })
}

const NGINX = { ingress_nginx_enabled: 'false' }
const ON = 'ingress_nginx_enabled: true\ningress_nginx_host_network: true\n'

describe('ingress-nginx, release by release', () => {
  test('v2.8.5 deletes and installs it again on every run', () => {
    const [advice] = advise({
      release: 'v2.8.5',
      switches: NGINX,
      inventory: ON,
      bundled: { ingress_nginx_controller_image_tag: '0.21.0' },
    })
    expect(advice).toMatchObject({
      on: 'value',
      policy: 'disable',
      decidedBy: 'advice',
      version: '0.21.0',
      at: { line: 1 },
    })
    expect(advice?.reasons[0]?.text).toMatch(/^Every run deletes its namespace/)
    expect(advice?.changes).toEqual([{ kind: 'set', name: 'ingress_nginx_enabled', value: false }])
    expect(advice?.removal.join()).not.toMatch(/webhook|ingressclass/)
  })
  test('v2.20.0 no longer deletes it, and has a webhook to take away', () => {
    const [advice] = advise({ release: 'v2.20.0', switches: NGINX, inventory: ON })
    expect(advice?.reasons.map(({ text }) => text).join()).not.toMatch(/Every run/)
    expect(advice?.reasons[0]?.text).toMatch(/CVE-2025-1097/)
    expect(advice?.removal.join()).toMatch(/validatingwebhookconfiguration/)
    expect(advice?.removal.join()).not.toMatch(/ingressclass/)
  })
  test('v2.26.1 has the first fix, v2.27.0 has it not, v2.27.1 again', () => {
    const holes = (release: string): boolean =>
      advise({ release, switches: NGINX, inventory: ON })[0]?.reasons.some(({ text }) =>
        text.includes('CVE-2025-1097'),
      ) ?? false
    expect(['v2.26.0', 'v2.26.1', 'v2.27.0', 'v2.27.1'].map(holes)).toEqual([true, false, true, false])
  })
  test('v2.30.0 is the last one that has it', () => {
    const [advice] = advise({ release: 'v2.30.0', switches: NGINX, inventory: ON })
    expect(advice?.reasons.some(({ text }) => text.startsWith('This is the last release'))).toBe(true)
    expect(advice?.removal.join()).toMatch(/ingressclass/)
    expect(advice?.changes).toEqual([{ kind: 'set', name: 'ingress_nginx_enabled', value: false }])
  })
  test('v2.31.0 has the role no more: what is set does nothing, and what runs stays', () => {
    const [advice] = advise({ release: 'v2.31.0', switches: {}, inventory: ON })
    expect(advice).toMatchObject({ on: 'gone', policy: 'disable' })
    expect(advice?.leftovers.map(({ name, at }) => [name, at.line])).toEqual([
      ['ingress_nginx_enabled', 1],
      ['ingress_nginx_host_network', 2],
    ])
    expect(advice?.changes).toEqual([
      { kind: 'remove', name: 'ingress_nginx_enabled' },
      { kind: 'remove', name: 'ingress_nginx_host_network' },
    ])
    expect(advice?.removal).toContain(
      'kubectl delete namespace ingress-nginx   # or what ingress_nginx_namespace says',
    )
  })
  test('v2.31.0 with leftovers of an add-on that was off needs no removal', () => {
    const [advice] = advise({ release: 'v2.31.0', switches: {}, inventory: 'ingress_nginx_enabled: false\n' })
    expect(advice).toMatchObject({ on: 'gone', removal: [], reasons: [] })
  })
})

const cases: readonly (readonly [string, Situation, readonly (readonly [string, string, string])[]])[] = [
  ['nothing is on', { release: 'v2.20.0', switches: NGINX, inventory: '---\n' }, []],
  [
    'on by default',
    { release: 'v2.14.2', switches: { dashboard_enabled: 'True' }, inventory: '---\n' },
    [['dashboard_enabled', 'default', 'ask']],
  ],
  [
    'the config keeps it',
    { release: 'v2.20.0', switches: NGINX, inventory: ON, policies: { ingress_nginx: 'keep' } },
    [['ingress_nginx_enabled', 'value', 'keep']],
  ],
  [
    'the config asks',
    { release: 'v2.20.0', switches: NGINX, inventory: ON, policies: { ingress_nginx_enabled: 'ask' } },
    [['ingress_nginx_enabled', 'value', 'ask']],
  ],
  [
    'one architecture does not mind Netchecker',
    {
      release: 'v2.20.0',
      switches: { deploy_netchecker: 'false' },
      inventory: 'deploy_netchecker: true\n',
      architectures: ['amd64'],
    },
    [],
  ],
  [
    'two do',
    { release: 'v2.20.0', switches: { deploy_netchecker: 'false' }, inventory: 'deploy_netchecker: true\n' },
    [['deploy_netchecker', 'value', 'disable']],
  ],
  [
    'a release after the last one our advice was looked up for',
    {
      release: 'v2.32.0',
      switches: { cert_manager_enabled: 'false' },
      inventory: 'cert_manager_enabled: true\n',
    },
    [],
  ],
  [
    'a fork that took the role out early',
    { release: 'v2.20.0', switches: {}, inventory: ON },
    [['ingress_nginx_enabled', 'gone', 'disable']],
  ],
]
test.each(cases)('%s', (_, situation, expected) => {
  expect(advise(situation).map(({ addon, on, policy }) => [addon.flag, on, policy])).toEqual(expected)
})

test('only what is to be disabled changes the inventory', () => {
  for (const policy of ['keep', 'ask'] as const) {
    const [advice] = advise({
      release: 'v2.31.0',
      switches: {},
      inventory: ON,
      policies: { ingress_nginx: policy },
    })
    expect(advice?.changes).toEqual([])
  }
})

describe('as changes of the inventory', () => {
  test('a switch is one, with the reason', () => {
    const [advice] = advise({ release: 'v2.8.5', switches: NGINX, inventory: ON })
    expect(advice && addonChanges(advice)).toEqual([
      {
        kind: 'variable',
        change: { kind: 'set', name: 'ingress_nginx_enabled', value: false },
        why: advice?.reasons[0]?.text,
      },
    ])
  })
  test('all that a release left behind is one as well', () => {
    const [advice] = advise({ release: 'v2.31.0', switches: {}, inventory: ON })
    expect(advice && addonChanges(advice)).toMatchObject([
      {
        kind: 'variables',
        title: 'remove what is left of ingress-nginx',
        changes: [{ name: 'ingress_nginx_enabled' }, { name: 'ingress_nginx_host_network' }],
      },
    ])
  })
  test('nothing is none', () => {
    const [advice] = advise({
      ...{ release: 'v2.8.5', switches: NGINX, inventory: ON },
      policies: { ingress_nginx: 'keep' },
    })
    expect(advice && addonChanges(advice)).toEqual([])
  })
})

describe('the data', () => {
  test.each(KNOWN_ADDONS.map((addon) => [addon.title, addon] as const))('%s is well formed', (_, addon) => {
    expect(addon.flag).toMatch(/^[a-z][a-z0-9_]*$/)
    const ranges = [
      addon.bundled,
      ...addon.reasons,
      ...addon.removal,
      ...addon.replacement,
      ...(addon.advised ? [addon.advised] : []),
    ]
    for (const { since, until } of ranges) {
      for (const tag of [since, until]) if (tag !== undefined) expect(readReleaseTag(tag)).toBe(tag)
      if (since !== undefined && until !== undefined)
        expect(compareReleases(since, until)).toBeLessThanOrEqual(0)
    }
    for (const { text, references } of addon.reasons) {
      expect(text).toMatch(/^[A-Z].*\.$/)
      expect(references.length).toBeGreaterThan(0)
    }
    const sentences = [addon.stays, ...addon.replacement.map(({ text }) => text)]
    for (const text of sentences) expect(text).toMatch(/^[A-Za-z].*\.$/)
    expect(addon.replacement.some(({ since, until }) => since === undefined && until === undefined)).toBe(
      true,
    )
  })
  test('names each add-on once', () => {
    expect(new Set(KNOWN_ADDONS.map(({ flag }) => flag)).size).toBe(KNOWN_ADDONS.length)
  })
  test('has a reason for every release that it advises about', () => {
    for (const { bundled, reasons, advised, advice } of KNOWN_ADDONS.filter(
      ({ advice: each }) => each !== 'keep',
    )) {
      for (const tag of [bundled.since, bundled.until, advised?.until].filter((each) => each !== undefined))
        expect(
          reasons.some((reason) => isIn(reason, tag)),
          `${advice} at ${tag}`,
        ).toBe(true)
    }
  })
})
