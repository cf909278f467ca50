import type { Automation, WatchingBot } from '../../automation/automation.ts'
import { optional } from '../../model/defined.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, listed, say, type Text } from '../blocks/text.ts'
import { BOT_NAMES, botSentence } from './bot-sentence.ts'
import { stepsApply } from './merge-applies.ts'

/** What else works on the repository, and how all of it lives together; nothing where nothing does. */
export function automationBlocks(
  { applied, bots, branches }: Automation,
  { rules }: { readonly rules: boolean },
): readonly Block[] {
  const sentences = [
    stepsApply(applied),
    ...branches.map(botSentence),
    ...(rules && applied.hooks !== undefined
      ? [
          say`The hooks of ${code(applied.hooks)} do not run on what I commit; a step says how to run them on it.`,
        ]
      : []),
  ].filter((text) => text.length > 0)
  const offered = rules ? bots.flatMap(ruleBlocks) : []
  if (sentences.length === 0 && offered.length === 0) return []
  return [
    heading(2, say`What else works here`),
    ...(sentences.length > 0 ? [list(sentences)] : []),
    ...offered,
  ]
}

function ruleBlocks(bot: WatchingBot): readonly Block[] {
  return bot.bot === 'renovate' ? renovateBlocks(bot) : dependabotBlocks(bot)
}

const WHY = 'kubespray-multiarch moves it, one minor at a time, with what an inventory needs for it'

function renovateBlocks({ file, leaves, dependencies, places }: WatchingBot): readonly Block[] {
  if (leaves?.kubespray && leaves.kubernetes) return []
  const rules = [
    ...(leaves?.kubespray ? [] : [{ description: WHY, matchPackageNames: ['/kubespray/'], enabled: false }]),
    ...(leaves?.kubernetes
      ? []
      : [
          {
            description: WHY,
            ...optional(places.length > 0, () => ({ matchFileNames: places })),
            matchPackageNames: dependencies,
            enabled: false,
          },
        ]),
  ]
  const what: readonly Text[] = [
    ...(leaves?.kubespray ? [] : [say`Kubespray`]),
    ...(leaves?.kubernetes ? [] : [code('kube_version')].map((each) => [each])),
  ]
  return [
    paragraph(
      say`${BOT_NAMES.renovate} proposes the newest version there is, over however many minors. ${read(file, leaves)} to leave ${listed(what)} to me, add these to its ${code('packageRules')} (Renovate 38 or newer):`,
    ),
    lines(JSON.stringify(rules, null, 2), 'json'),
  ]
}

/** It moves submodules and images, and reads no inventory. */
function dependabotBlocks({ file, leaves, touches }: WatchingBot): readonly Block[] {
  if (leaves?.kubespray || touches.length === 0) return []
  const entries = [...new Set(touches)].map((each) => code(`package-ecosystem: ${each}`))
  return [
    paragraph(
      say`${BOT_NAMES.dependabot} looks after where Kubespray is named here. ${read(file, leaves)} to leave that to me, add this below ${listed(entries)}:`,
    ),
    lines('ignore:\n  - dependency-name: "*kubespray*"', 'yaml'),
  ]
}

function read(file: string, leaves: WatchingBot['leaves']): Text {
  return leaves ? say`In ${code(file)},` : say`I could not read ${code(file)}; if it does not say so yet,`
}

function lines(text: string, language: string): Block {
  return { kind: 'lines', lines: text.split('\n'), language, isWhole: true }
}
