import type { CallByHand, HowApplied } from '../../automation/how-applied.ts'
import { nameOf, parentOf } from '../../model/parent-of.ts'
import { code, say, type Text } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'

/** What people call to run a playbook from this repository. */
export function callSentence(applied: HowApplied | undefined, playbook: string): Text {
  const call = applied?.byHand.find((each) => `${each.playbook}.yml` === playbook)
  if (!call) return []
  const pattern = call.name.includes('%') ? say`, with what you want in place of ${code('%')},` : ''
  return say`In this repository, ${code(commandOf(call))}${pattern} (${code(`${call.file}:${call.line}`)}) runs it.`
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
