import type { AddonPolicy } from '../../advice/addon-policy.ts'
import type { SpeakingHost } from '../../inventory/as-run/speaking-hosts.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { Automation } from '../../automation/automation.ts'
import type { BranchPerRelease } from '../../branches/branch-pattern.ts'
import { short, type Oid } from '../../model/oid.ts'
import type { Problem } from '../../model/problem.ts'
import { automationBlocks } from '../automation/automation-blocks.ts'
import { mergeApplies } from '../automation/merge-applies.ts'
import { askAboutHosts, NOTHING_TOLD } from '../ask-about-hosts.ts'
import { fold, heading, list, paragraph, type Block, type Item } from '../blocks/block.ts'
import { markdown } from '../blocks/markdown.ts'
import { clusterHeading } from '../blocks/cluster-heading.ts'
import { bold, code, joined, link, ours, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { documentation, SETTINGS_PATH } from './documentation.ts'
import { upstreamRelease } from '../linked-reference.ts'
import { perReleaseSetting } from '../branches/render-landing.ts'
import { plural } from '../plural.ts'
import { withinLimit } from '../within-limit.ts'
import { yamlWord } from '../blocks/yaml-word.ts'
import { endOfWay, renderSteps, type WayAhead } from './render-steps.ts'

export interface OnboardingFacts extends WayAhead {
  readonly branch: string
  /** The commit of upstream's that the branch stands on, where that is not the release's own but one after it. */
  readonly after?: Oid
  /** Where the fork has a branch for each release. */
  readonly perRelease?: BranchPerRelease
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
  /** What else works on the repository. */
  readonly automation?: Automation
}

export const ONBOARDING_TITLE = 'Add the settings of kubespray-multiarch'

const SETTINGS_HEAD = `# Settings of kubespray-multiarch. Everything here is optional; every key: ${documentation('configuration.md')}`

/** The config we propose: what was found, written out, the rest left to the defaults. */
export function proposedConfig(facts: OnboardingFacts): string {
  const { branch, perRelease, architectures, inventories, addons, isAssumed = false } = facts
  const words = (items: readonly string[]): string => `[${items.map(yamlWord).join(', ')}]`
  return [
    SETTINGS_HEAD,
    `branch: ${yamlWord(perRelease?.pattern.text ?? branch)}`,
    // An assumption of mine is nobody's setting: written down it would be taken for one.
    architectures.length > 0 && !isAssumed
      ? `architectures: ${words(architectures)}`
      : `# architectures: [amd64, arm64]   # I found none; name those of your nodes${meant(facts)}`,
    inventories.length > 0
      ? `inventories: ${words(inventories)}`
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

const ADDS = say`This adds the settings of kubespray-multiarch, with what I found in this repository.`
const UNTIL = bold`Nothing else happens until you merge it.`
const CHANGE = say`Change the file on this branch if something is wrong (${link(documentation('configuration.md'), 'what can be set')}): I look again, and the preview below follows.`
const INTRODUCTION = paragraph(joined([ADDS, UNTIL, CHANGE], ' '))
const DECLINE = [
  heading(2, say`If you do not want this`),
  paragraph(
    say`Close this pull request. I will not open it again, and I do nothing in this repository without the file.`,
  ),
]

/** The config we propose where several clusters were found: each with what is its own. */
export function clustersConfig(settings: readonly string[]): string {
  return [
    SETTINGS_HEAD,
    ...settings,
    'follow: latest',
    'kubernetes: { follow: step }',
    'advance: on-merge',
    '',
  ].join('\n')
}

/** The text of the pull request that proposes settings for several clusters. */
export function renderClustersOnboarding(
  all: readonly (OnboardingFacts & { readonly cluster: string })[],
): string {
  const question = say`Are these ${plural(all.length, 'cluster')}, each with a release of its own? If one of them is all that is run, write its ${code('layout')} in the place of ${code('clusters')}; if they are to share a release, make them agree.`
  return text([
    INTRODUCTION,
    heading(2, say`A question for you`),
    list([{ text: question, isTask: true }]),
    ...all.flatMap((facts) => [clusterHeading(facts.cluster), ...surveyBlocks(facts).map(deeper)]),
    ...DECLINE,
  ])
}

function deeper(block: Block): Block {
  return block.kind === 'heading' && block.level < 4 ? heading(3, block.text) : block
}

/** The text of the pull request that proposes the config. */
export function renderOnboarding(facts: OnboardingFacts): string {
  const applies = mergeApplies(facts.automation?.onSettings)
  const warned = applies.length > 0 ? [paragraph(applies)] : []
  return text([INTRODUCTION, ...warned, ...surveyBlocks(facts), ...DECLINE])
}

/** What was found, with what has to be asked about it first, and what would be done. */
export function surveyBlocks(facts: OnboardingFacts): readonly Block[] {
  const question = askAboutHosts(facts.speaking ?? [])
  return [
    ...(question.length === 0
      ? []
      : [heading(2, say`A question for you`), list([{ text: question, isTask: true }])]),
    heading(2, say`What I found`),
    list(found(facts)),
    ...patchesOf(facts),
    ...(facts.automation ? automationBlocks(facts.automation, { rules: true }) : []),
    heading(2, say`What I would do`),
    ...renderSteps(facts),
    ...endOfWay(facts),
  ]
}

function found(facts: OnboardingFacts): readonly (Text | Item)[] {
  const { branch, perRelease, release, after, layout, inventories, addons } = facts
  const where = after === undefined ? '' : say`${code(short(after))}, after `
  return [
    say`${code(branch)} stands on ${where}Kubespray ${link(upstreamRelease(release), code(release))}.`,
    ...(perRelease ? [perReleaseSetting(perRelease, branch)] : []),
    ...(layout === undefined ? [] : [sentence(layout)]),
    architecturesLine(facts),
    inventories.length > 0
      ? say`Inventories: ${joined(inventories.map(code), ', ')}.`
      : say`I found no inventory of your own.`,
    ...addons.map(({ title, policy }) => say`${quoted(title)} is on: ${POLICIES[policy]}.`),
  ]
}

/** Beyond so many titles they are folded. */
const MOST_SHOWN = 12

function patchesOf({ patches }: OnboardingFacts): readonly Block[] {
  const count = say`${plural(patches.length, 'patch', 'patches')} of your own`
  if (patches.length === 0) return [paragraph(say`I found no patch of your own.`)]
  const titles = { ...list(patches.map(({ title }) => [quoted(title)])), isNumbered: true }
  return patches.length > MOST_SHOWN ? [fold(count, [titles])] : [paragraph(say`${count}:`), titles]
}

/** What is counted on, with what tells it. */
function architecturesLine({ architectures, isAssumed = false }: OnboardingFacts): Text {
  if (architectures.length === 0) return say`I found no architectures; name those of your nodes in the file.`
  const names = joined(architectures.map(code), ', ')
  return isAssumed ? say`Architectures: ${names} (${ours(NOTHING_TOLD)}).` : say`Architectures: ${names}.`
}

const POLICIES: Readonly<Record<AddonPolicy, string>> = {
  disable: 'I would switch it off, and say why in the step that does',
  keep: 'it stays',
  ask: 'I would ask you about it',
}

/** What stands there while the repository does not tell which Kubespray is run. */
export function renderQuestion(problems: readonly Problem[]): string {
  return text([
    INTRODUCTION,
    ...questionBlocks(problems),
    paragraph(say`Answer in the file on this branch; I look again as soon as you push.`),
    ...DECLINE,
  ])
}

/** What the settings have to say before anything can be found out. */
export function questionBlocks(problems: readonly Problem[]): readonly Block[] {
  return [
    heading(2, say`What I have to know first`),
    list(problems.map(({ message }) => ({ text: sentence(message), isTask: true }))),
  ]
}

/** Settings with the places for an answer, and what that may be where several clusters were found. */
export function questionConfig(problems: readonly Problem[] = []): string {
  const found = problems.flatMap(({ settings = [] }) => settings)
  return [
    SETTINGS_HEAD,
    ...found.map((line) => `# ${line}`),
    '# layout: submodule:kubespray   # which of the places that name Kubespray is run',
    '# base: v2.30.0                 # the release that the cluster runs, where no file says it',
    'follow: latest',
    '',
  ].join('\n')
}

/** What stands there instead of the preview while the edited file has problems. */
export function renderBrokenOnboarding(problems: readonly Problem[]): string {
  return text([
    paragraph(say`This adds the settings of kubespray-multiarch. ${UNTIL}`),
    heading(2, say`The file on this branch has ${plural(problems.length, 'problem')}`),
    list(problems.map((problem) => ({ text: inFile(problem), isTask: true }))),
    paragraph(
      say`I look again as soon as you push; ${link(documentation('configuration.md'), 'what can be set')} has every key.`,
    ),
  ])
}

function inFile({ message, at }: Problem): Text {
  return say`${at ? say`${code(`${SETTINGS_PATH}:${at.line}`)}: ` : ''}${sentence(message)}`
}

function text(blocks: readonly Block[]): string {
  return withinLimit(`${markdown(blocks)}\n`)
}
