import type { AddonPolicy } from '../../advice/addon-policy.ts'
import type { SpeakingHost } from '../../inventory/as-run/speaking-hosts.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { Problem } from '../../model/problem.ts'
import { askAboutHosts, NOTHING_TOLD } from '../ask-about-hosts.ts'
import { inlineMarkdown, prose } from '../blocks/markdown.ts'
import { code, plain } from '../blocks/plain.ts'
import { plural } from '../plural.ts'

interface OnboardingFacts {
  readonly branch: string
  readonly release: string
  /** Where Kubespray stands in the repository, in a sentence, where it is not at its top. */
  readonly layout?: string
  readonly architectures: readonly Architecture[]
  /** Whether nothing told these. */
  readonly isAssumed?: boolean
  /** Hosts that sound like others. */
  readonly speaking?: readonly SpeakingHost[]
  readonly inventories: readonly string[]
  readonly addons: readonly { readonly name: string; readonly title: string; readonly policy: AddonPolicy }[]
  readonly patches: readonly { readonly title: string }[]
  readonly route: string
}

export const ONBOARDING_TITLE = 'Add the settings of kubespray-multiarch'

/** The config we propose: what was found, written out, the rest left to the defaults. */
export function proposedConfig(facts: OnboardingFacts): string {
  const { branch, architectures, inventories, addons, isAssumed = false } = facts
  const list = (items: readonly string[]): string => `[${items.map(quoted).join(', ')}]`
  return [
    '# Settings of kubespray-multiarch. Everything here is optional; docs/configuration.md of the project has every key.',
    `branch: ${quoted(branch)}`,
    // An assumption of mine is nobody's setting: written down it would be taken for one.
    architectures.length > 0 && !isAssumed
      ? `architectures: ${list(architectures)}`
      : `# architectures: [amd64, arm64]   # I found none; name those of your nodes${meant(facts)}`,
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

/** What hosts sound like, beside what is counted on. */
function meant({ architectures, speaking = [] }: OnboardingFacts): string {
  const all = new Set([...architectures, ...speaking.map(({ architecture }) => architecture)])
  return speaking.length > 0 ? `, which sound like ${[...all].join(' and ')}` : ''
}

/** YAML takes plain words as they are; anything else goes into quotes. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) ? text : JSON.stringify(text)
}

const INTRODUCTION =
  'This adds the settings of kubespray-multiarch, with what I found in this repository. **Nothing else happens until you merge it.** Change the file on this branch if something is wrong: I look again, and the preview below follows.'
const DECLINE =
  '## If you do not want this\n\nClose this pull request. I will not open it again, and I do nothing in this repository without the file.'

/** The text of the pull request that proposes the config. */
export function renderOnboarding(facts: OnboardingFacts): string {
  const { branch, release, layout, inventories, addons, patches, route } = facts
  const found = [
    `- ${code(branch)} stands on Kubespray ${code(release)}.`,
    ...(layout === undefined ? [] : [`- ${layout}`]),
    `- ${architecturesLine(facts)}`,
    inventories.length > 0
      ? `- Inventories: ${inventories.map(code).join(', ')}.`
      : '- I found no inventory of your own.',
    ...addons.map(({ title, policy }) => `- ${plain(title)} is on: ${POLICIES[policy]}.`),
    `- ${plural(patches.length, 'patch', 'patches')} of your own${patches.length > 0 ? ':' : '.'}`,
    ...patches.slice(0, 30).map(({ title }) => `  - ${plain(title)}`),
    ...(patches.length > 30 ? [`  - and ${patches.length - 30} more`] : []),
  ]
  return (
    [INTRODUCTION, `## What I found\n\n${found.join('\n')}`, `## What I would do\n\n${route}`, DECLINE].join(
      '\n\n',
    ) + '\n'
  )
}

/** What is counted on, with what tells it, and what has to be asked. */
function architecturesLine({ architectures, isAssumed = false, speaking = [] }: OnboardingFacts): string {
  const names = architectures.map(code).join(', ')
  const told = isAssumed ? `Architectures: ${names} (${NOTHING_TOLD}).` : `Architectures: ${names}.`
  const line =
    architectures.length > 0 ? told : 'I found no architectures; name those of your nodes in the file.'
  const question = askAboutHosts(speaking)
  return question.length === 0 ? line : `${line} **A question:** ${inlineMarkdown(question)}`
}

const POLICIES: Readonly<Record<AddonPolicy, string>> = {
  disable: 'I would switch it off, and say why in the step that does',
  keep: 'it stays',
  ask: 'I would ask you about it',
}

/** What stands there while the repository does not tell which Kubespray is run. */
export function renderQuestion(problems: readonly Problem[]): string {
  return (
    [
      INTRODUCTION,
      `## What I have to know first\n\n${problems.map(({ message }) => prose(message)).join('\n\n')}\n\nAnswer in the file on this branch; I look again as soon as you push.`,
      DECLINE,
    ].join('\n\n') + '\n'
  )
}

/** Settings with the places for an answer. */
export function questionConfig(): string {
  return [
    '# Settings of kubespray-multiarch. Everything here is optional; docs/configuration.md of the project has every key.',
    '# layout: submodule:kubespray   # which of the places that name Kubespray is run',
    '# base: v2.30.0                 # the release that the cluster runs, where no file says it',
    'follow: latest',
    '',
  ].join('\n')
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
