import type { CommandName } from '../../commands/commands.ts'
import { heading, paragraph, type Block } from '../blocks/block.ts'
import { code, joined, ours, say } from '../blocks/text.ts'

/** The commands that matter on an open step, in the order people need them. */
const SHOWN: readonly (readonly [CommandName, string])[] = [
  ['recheck', 'check the branch as it is now, your commits included'],
  ['rebase', 'build it again on the newest state, your commits kept'],
  ['recreate', 'throw the branch away and build it again'],
  ['explain', '`<patch>`: what became of one patch, with the evidence'],
  ['take', '`<patch> [<file>] mine|upstream|both`: settle what it has in conflict with that side'],
  ['keep', '`<patch>`: carry one that I left out'],
  ['drop', '`<patch>`: leave one out for good'],
  ['skip', '`<release>`: never propose it'],
  ['hold', 'propose and move nothing until `resume`'],
  ['help', 'all of them'],
]

/** What can be said in a comment. */
export function renderCommands(): readonly Block[] {
  const known = joined(
    SHOWN.map(([name, what]) => say`${code(name)} ${ours(what)}`),
    ' · ',
  )
  const all = say`Write ${code('/multiarch')} and one of these in a comment: ${known}.`
  return [heading(2, say`Commands`), paragraph(all)]
}
