import { lines, paragraph, type Block } from '../blocks/block.ts'
import { code, say } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** How a conflict of a step is settled, where it is read: with a comment, or on the branch. Nothing where none is open. */
export function settleByHand({ carry, surface, written }: PullRequestFacts): readonly Block[] {
  const patches = carry?.carried.patches ?? []
  const open = patches.flatMap((each, at) =>
    each.verdict === 'conflict' ? [{ ...each, number: at + 1 }] : [],
  )
  const [first] = open
  if (!first || !written) return []
  const branch = shellWord(written.name)
  if (surface === 'terminal')
    return [
      paragraph(
        say`To settle it: ${code(`multiarch settle . --as ${branch}`)} makes a worktree of this branch with both sides in each file.`,
      ),
    ]
  const inConflict = open.flatMap(({ files }) => files.filter(({ verdict }) => verdict === 'conflict'))
  const files = [...new Set(inConflict.map(({ to }) => to))]
  const edit =
    files.length > 3 ? '# edit the files in conflict' : `"$EDITOR" ${files.map(shellWord).join(' ')}`
  return [
    paragraph(
      say`To settle it here, write ${code(`/multiarch take ${first.number} mine`)} for what the patch wants, ${code(`/multiarch take ${first.number} upstream`)} for what the release has, or, where both can stand there, ${code(`/multiarch take ${first.number} both`)}. By hand, in a clone:`,
    ),
    lines([`git fetch origin ${branch} && git switch ${branch}`, edit, 'git commit --all && git push'], 'sh'),
    paragraph(say`and then ${code('/multiarch recheck')} in a comment.`),
  ]
}
