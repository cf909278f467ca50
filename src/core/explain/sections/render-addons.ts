import type { AddonAdvice } from '../../advice/addon-advice.ts'
import type { Part } from '../fit.ts'
import { code, fenced, folded, plain } from '../plain.ts'
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
    { full: `## Add-ons${isLeft ? `\n\n${NO_UNINSTALL}` : ''}` },
    ...all.map(({ path, advice }) => {
      const head = `### ${plain(advice.addon.title)}${several ? ` in ${code(path)}` : ''}\n\n${decision(advice, facts.release)}`
      return { full: `${head}\n\n${grounds(advice)}`, brief: head }
    }),
  ]
}

const NO_UNINSTALL =
  '**Kubespray does not uninstall anything**: what is switched off is only not installed again, and what runs goes on running.'

/** Whether something of it runs that the step does not take away. */
function leavesSomething({ on, policy, removal }: AddonAdvice): boolean {
  return policy !== 'keep' && !(on === 'gone' && removal.length === 0)
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
  const who = on === 'default' ? ', which' : `; ${code(release)}`
  const brings = version === undefined ? '' : `${who} would install ${code(version)}`
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
function grounds(advice: AddonAdvice): string {
  const { addon, policy, reasons, removal, replacement } = advice
  const why = reasons
    .map(({ text, references }) => `- ${text} (${references.map(reference).join('; ')})`)
    .join('\n')
  const isLeft = leavesSomething(advice)
  const stays = isLeft ? staysSentence(addon) : ''
  const commands =
    removal.length > 0 && policy !== 'keep'
      ? folded('How to take it away for good', fenced(removal, 'sh'))
      : ''
  const instead = isLeft || policy === 'keep' ? `Instead: ${replacement}` : ''
  return [why, stays, commands, instead].filter((part) => part !== '').join('\n\n')
}

function staysSentence({ stays, dependents }: AddonAdvice['addon']): string {
  return `${stays} Before you take it away, look at what leans on it: ${dependents}.`
}

/** A file of upstream's is code; everything else is text that must not come alive. */
function reference(text: string): string {
  return /^roles\/\S+$/.test(text) ? code(text) : plain(text)
}
