import { expect, test } from 'vitest'
import { CONFIG_PATH } from '../../../../src/core/config/config-path.ts'
import { SETTINGS_PATH } from '../../../../src/core/explain/texts/documentation.ts'
import { oid, release } from '../../../support/pull-request.ts'
import { proposedConfig, renderOnboarding } from '../../../../src/core/explain/texts/render-onboarding.ts'

const FACTS = {
  ...{
    branch: 'main',
    release: release('v2.28.0'),
    inventories: ['inventory/home'],
    addons: [],
    patches: [],
  },
  ...{ steps: [], off: [], architectures: ['amd64'] as const },
}
const SPEAKING = [
  { host: 'rpi3', architecture: 'arm64', word: 'rpi3' },
  { host: 'nuc0', architecture: 'amd64', word: 'nuc0' },
] as const

test('hosts that sound like an architecture are asked about, and nothing is taken for granted', () => {
  const facts = { ...FACTS, isAssumed: true, speaking: SPEAKING }
  expect(renderOnboarding(facts)).toContain(
    '- Architectures: `amd64` (nothing says which architectures your nodes have, so I took these; name yours with `architectures` in the settings).\n',
  )
  expect(renderOnboarding(facts)).toContain(
    '## A question for you\n\n- [ ] `rpi3` sounds like `arm64` and `nuc0` sounds like `amd64`: is that so?',
  )
  expect(proposedConfig(facts)).toContain(
    '# architectures: [amd64, arm64]   # I found none; name those of your nodes, which sound like amd64 and arm64\n',
  )
})

test('a branch that stands after a release is not said to stand on it', () => {
  const link = '[`v2.28.0`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.28.0)'
  expect(renderOnboarding(FACTS)).toContain(`- \`main\` stands on Kubespray ${link}.\n`)
  expect(renderOnboarding({ ...FACTS, after: oid('7') })).toContain(
    `- \`main\` stands on \`777777777\`, after Kubespray ${link}.\n`,
  )
})

test('what was told is written down and nothing is asked', () => {
  const facts = { ...FACTS, architectures: ['amd64', 'arm64'] as const, isAssumed: false, speaking: [] }
  expect(proposedConfig(facts)).toContain('\narchitectures: [amd64, arm64]\n')
  expect(renderOnboarding(facts)).toContain('- Architectures: `amd64`, `arm64`.\n')
})

test('the settings are named where they are looked for', () => {
  expect(SETTINGS_PATH).toBe(CONFIG_PATH)
})
