import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { fold, heading, lines, list, paragraph, WORTH, type Block, type Part } from '../blocks/block.ts'
import {
  anchor,
  bold,
  code,
  joined,
  link,
  ours,
  quoted,
  say,
  type Inline,
  type Text,
} from '../blocks/text.ts'
import { linkedReference, upstreamFile, withCves } from '../linked-reference.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** What is said, and done, about each add-on of the inventories. */
export function renderAddons(facts: PullRequestFacts): readonly Part[] {
  const all = (facts.inventories ?? []).flatMap(({ path, addons }) =>
    addons.map((advice) => ({ path, advice })),
  )
  if (all.length === 0) return []
  const several = (facts.inventories ?? []).length > 1
  const isLeft = all.some(({ advice }) => leavesSomething(advice))
  return [
    { full: [heading(2, say`Add-ons`), ...(isLeft ? [paragraph(NO_UNINSTALL)] : [])] },
    ...all.map(({ path, advice }) => {
      const where = several ? say` in ${code(path)}` : ''
      const head = [
        heading(3, say`${anchor(addonPlace(advice.addon))}${quoted(advice.addon.title)}${where}`),
        paragraph(decision(advice, facts.release)),
      ]
      return { full: [...head, ...grounds(advice, facts.release)], brief: head, worth: WORTH.lists }
    }),
  ]
}

const NO_UNINSTALL = say`${bold`Kubespray does not uninstall anything`}: what is switched off is only not installed again, and what runs keeps running.`

/** Whether something of it runs that the step does not take away. */
function leavesSomething({ on, policy, removal }: AddonAdvice): boolean {
  return policy !== 'keep' && !(on === 'gone' && removal.length === 0)
}

/** What I did, where it was on. */
function decision(
  { addon, on, policy, decidedBy, at, version, leftovers }: AddonAdvice,
  release: string,
): Text {
  const place = at ? say` (${code(`${at.file}:${at.line}`)})` : ''
  const told = decidedBy === 'config' ? ', as the settings say' : ''
  if (on === 'gone') return goneSentence({ names: leftovers.map(({ name }) => name), policy, place }, release)
  const is = on === 'default' ? say`is on by default in ${code(release)}` : say`is on${place}`
  const who = on === 'default' ? ', which' : say`; ${code(release)}`
  const brings = version === undefined ? '' : say`${who} would install ${code(version)}`
  const done = {
    disable: say`I switched it off${told}: ${code(`${addon.flag}: false`)}.`,
    keep: say`I left it on${told}.`,
    ask: say`I left it on and ask you${told}.`,
  }
  return say`It ${is}${brings}. ${done[policy]}`
}

function goneSentence(
  { names, policy, place }: { names: readonly string[]; policy: AddonAdvice['policy']; place: Inline | Text },
  release: string,
): Text {
  const variables = joined([...new Set(names)].map(code), ', ')
  const done =
    policy === 'disable' ? 'I removed them and their comments.' : 'I left them; they can be removed.'
  return say`${code(release)} no longer has it${place}, so these variables do nothing, and nothing warns of them: ${variables}. ${done}`
}

/** Why, what goes on running, and how to take it away. */
function grounds(advice: AddonAdvice, release: string): readonly Block[] {
  const { addon, policy, reasons, removal, replacement } = advice
  const why = reasons.map(
    ({ text, references }) =>
      say`${withCves(ours(text))} (${joined(
        references.map((each) => reference(each, release)),
        '; ',
      )})`,
  )
  const isLeft = leavesSomething(advice)
  return [
    ...(why.length > 0 ? [list(why)] : []),
    ...(isLeft ? [paragraph(ours(staysSentence(addon)))] : []),
    ...(removal.length > 0 && policy !== 'keep'
      ? [fold(say`How to uninstall it`, [lines(removal, 'sh')])]
      : []),
    ...(isLeft || policy === 'keep' ? [paragraph(say`Instead: ${ours(replacement)}`)] : []),
  ]
}

function staysSentence({ stays, dependents }: AddonAdvice['addon']): string {
  return `${stays} Before you uninstall it, look at what depends on it: ${dependents}.`
}

/** A file of upstream's, as the release has it, or whatever else is named. */
function reference(text: string, release: string): Inline | Text {
  return /^roles\/\S+$/.test(text) ? link(upstreamFile(release, text), code(text)) : linkedReference(text)
}

/** Where an add-on is spoken of. */
export function addonPlace({ flag }: Pick<AddonAdvice['addon'], 'flag'>): string {
  return `addon-${flag.replace(/\W/g, '-')}`
}
