import type { AddonPolicy } from '../../advice/addon-policy.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { Problem } from '../../model/problem.ts'
import { code, plain, plural } from '../plain.ts'

interface OnboardingFacts {
  readonly branch: string
  readonly release: string
  readonly architectures: readonly Architecture[]
  readonly inventories: readonly string[]
  readonly addons: readonly { readonly name: string; readonly title: string; readonly policy: AddonPolicy }[]
  readonly patches: readonly { readonly title: string }[]
  readonly route: string
}

export const ONBOARDING_TITLE = 'Add the settings of kubespray-multiarch'

/** The config we propose: what was found, written out, the rest left to the defaults. */
export function proposedConfig({ branch, architectures, inventories, addons }: OnboardingFacts): string {
  const list = (items: readonly string[]): string => `[${items.map(quoted).join(', ')}]`
  return [
    '# Settings of kubespray-multiarch. Everything here is optional; docs/configuration.md of the project has every key.',
    `branch: ${quoted(branch)}`,
    architectures.length > 0
      ? `architectures: ${list(architectures)}`
      : '# architectures: [amd64, arm64]   # I found none; name those of your nodes',
    inventories.length > 0
      ? `inventories: ${list(inventories)}`
      : '# inventories: [inventory/mycluster]   # I found none; name yours',
    'follow: latest',
    'kubernetes: { follow: step }',
    ...(addons.length > 0
      ? [`addons: { ${addons.map(({ name, policy }) => `${name}: ${policy}`).join(', ')} }`]
      : []),
    'advance: on-merge',
    '',
  ].join('\n')
}

/** YAML takes plain words as they are; anything else goes into quotes. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) ? text : JSON.stringify(text)
}

/** The text of the pull request that proposes the config. */
export function renderOnboarding(facts: OnboardingFacts): string {
  const { branch, release, architectures, inventories, addons, patches, route } = facts
  const found = [
    `- ${code(branch)} stands on Kubespray ${code(release)}.`,
    architectures.length > 0
      ? `- Architectures: ${architectures.map(code).join(', ')}.`
      : '- I found no architectures; name those of your nodes in the file.',
    inventories.length > 0
      ? `- Inventories: ${inventories.map(code).join(', ')}.`
      : '- I found no inventory of your own.',
    ...addons.map(({ title, policy }) => `- ${plain(title)} is on: ${POLICIES[policy]}.`),
    `- ${plural(patches.length, 'patch', 'patches')} of your own${patches.length > 0 ? ':' : '.'}`,
    ...patches.slice(0, 30).map(({ title }) => `  - ${plain(title)}`),
    ...(patches.length > 30 ? [`  - and ${patches.length - 30} more`] : []),
  ]
  return (
    [
      'This adds the settings of kubespray-multiarch, with what I found in this repository. **Nothing else happens until you merge it.** Change the file on this branch if something is wrong: I look again, and the preview below follows.',
      `## What I found\n\n${found.join('\n')}`,
      `## What I would do\n\n${route}`,
      '## If you do not want this\n\nClose this pull request. I will not open it again, and I do nothing in this repository without the file.',
    ].join('\n\n') + '\n'
  )
}

const POLICIES: Readonly<Record<AddonPolicy, string>> = {
  disable: 'I would switch it off, and say why in the step that does',
  keep: 'it stays',
  ask: 'I would ask you about it',
}

/** What stands there instead of the preview while the edited file has problems. */
export function renderBrokenOnboarding(problems: readonly Problem[]): string {
  const lines = problems.map(({ message, at }) => `- ${at ? `line ${at.line}: ` : ''}${message}`)
  return (
    [
      'This adds the settings of kubespray-multiarch. **Nothing else happens until you merge it.**',
      `## The file on this branch has problems\n\n${lines.join('\n')}\n\nI look again as soon as you push.`,
    ].join('\n\n') + '\n'
  )
}
