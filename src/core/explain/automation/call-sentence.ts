import type { CallByHand, HowApplied } from '../../automation/how-applied.ts'
import { nameOf, parentOf } from '../../model/parent-of.ts'
import { code, joined, say, type Text } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'

/** What people call to run a playbook from this repository. */
export function callSentence(applied: HowApplied | undefined, playbook: string): Text {
  const calls = (applied?.byHand ?? []).filter((each) => `${each.playbook}.yml` === playbook)
  const call = calls.find(({ isPart }) => !isPart)
  if (!call) return joined([ownSentence(applied, playbook), partSentence(calls)].filter(isSaid), ' ')
  const pattern = call.name.includes('%') ? say`, with what you want in place of ${code('%')},` : ''
  return say`In this repository, ${code(commandOf(call))}${pattern} (${code(`${call.file}:${call.line}`)}) runs it.`
}

function isSaid(text: Text): boolean {
  return text.length > 0
}

function partSentence([call]: readonly CallByHand[]): Text {
  if (!call) return []
  return say`In this repository, ${code(commandOf(call))} (${code(`${call.file}:${call.line}`)}) runs it for a part alone (${code('--limit')} or ${code('--tags')}): it does not move the whole cluster by itself.`
}

/** Nothing that is called runs it, and a playbook of theirs does: with the variables that it hands over, if it has some. */
function ownSentence(applied: HowApplied | undefined, playbook: string): Text {
  const all = (applied?.own ?? []).filter((each) => `${each.playbook}.yml` === playbook)
  const own = all.find(({ handsVariables }) => handsVariables) ?? all[0]
  if (!own) return []
  const hands = own.handsVariables ? ' and hands it variables that this command leaves out' : ''
  return say`In this repository, ${code(`${own.file}:${own.line}`)} imports it${hands}: run that playbook in its place.`
}

function commandOf({ tool, name, file }: CallByHand): string {
  const folder = parentOf(file)
  switch (tool) {
    case 'script':
      return name
    case 'make': {
      const isUsual = /^(?:GNU)?makefile$/i.test(nameOf(file))
      const there = folder === '' ? [] : ['-C', folder]
      const words = isUsual ? there : ['-f', file]
      return ['make', ...words.map(shellWord), name].join(' ')
    }
    case 'task':
      return ['task', ...(folder === '' ? [] : ['-d', shellWord(folder)]), name].join(' ')
    case 'just':
      return folder === '' ? `just ${name}` : `just ${shellWord(`${folder}/${name}`)}`
  }
}
