import type { AddonAdvice } from '../audit/addons/addon-advice.ts'
import type { Part } from './fit.ts'
import { code, fenced, folded, plain } from './markdown.ts'
import type { PullRequestFacts } from './pull-request-facts.ts'

/** What is said, and done, about each add-on of the inventories. */
export function renderAddons(facts: PullRequestFacts): readonly Part[] {
  const all = (facts.inventories ?? []).flatMap(({ path, addons }) =>
    addons.map((advice) => ({ path, advice })),
  )
  if (all.length === 0) return []
  const several = (facts.inventories ?? []).length > 1
  return [
    { full: '## Add-ons' },
    ...all.map(({ path, advice }) => {
      const head = `### ${plain(advice.addon.title)}${several ? ` in ${code(path)}` : ''}\n\n${decision(advice, facts.release)}`
      return { full: `${head}\n\n${grounds(advice)}`, brief: head }
    }),
  ]
}

/** What I did, where it was on. */
export function decision(
  { addon, on, policy, decidedBy, at, version, leftovers }: AddonAdvice,
  release: string,
): string {
  const place = at ? ` (${code(`${at.file}:${at.line}`)})` : ''
  const told = decidedBy === 'config' ? ', as the settings say' : ''
  if (on === 'gone') return goneSentence({ names: leftovers.map(({ name }) => name), policy, place }, release)
  const is = on === 'default' ? `is on by default in ${code(release)}` : `is on${place}`
  const brings = version === undefined ? '' : `; ${code(release)} would install ${code(version)}`
  const done = {
    disable: `I switched it off${told}: ${code(`${addon.flag}: false`)}.`,
    keep: `I left it on${told}.`,
    ask: `I left it on and ask you${told}.`,
  }
  return `It ${is}${brings}. ${done[policy]}`
}

function goneSentence(
  { names, policy, place }: { names: readonly string[]; policy: AddonAdvice['policy']; place: string },
  release: string,
): string {
  const list = [...new Set(names)].map(code).join(', ')
  const done = policy === 'disable' ? 'I took them out.' : 'I left them; they can be taken out.'
  return `${code(release)} no longer has it${place}, so these variables do nothing, and nothing warns of them: ${list}. ${done}`
}

/** Why, what goes on running, and how to take it away. */
function grounds({ addon, on, policy, reasons, removal }: AddonAdvice): string {
  const why = reasons
    .map(({ text, references }) => `- ${text} (${references.map(plain).join(', ')})`)
    .join('\n')
  const wasOff = on === 'gone' && removal.length === 0
  const stays = wasOff || policy === 'keep' ? '' : staysSentence(addon)
  const commands =
    removal.length > 0 && policy !== 'keep'
      ? folded('How to take it away for good', fenced(removal, 'sh'))
      : ''
  const instead = wasOff ? '' : `Instead: ${addon.replacement}`
  return [why, stays, commands, instead].filter((part) => part !== '').join('\n\n')
}

function staysSentence({ stays, dependents }: AddonAdvice['addon']): string {
  return `**Kubespray does not uninstall anything.** ${stays} Before you take it away, look at what leans on it: ${dependents}.`
}
