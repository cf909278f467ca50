import type { Problem } from '../../model/problem.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code } from '../blocks/plain.ts'
import { shellWord } from '../explain-command.ts'

/** No branch of a step is there, or several are. */
export function noSuchStep(wanted: string | undefined, steps: readonly string[]): Problem {
  const which =
    steps.length === 0
      ? 'This clone has no branch of a step to a release: make one with `multiarch upgrade`'
      : `This clone has ${enumerated(steps.map(code))}: name the one that is meant with \`--as\``
  const none = wanted === undefined ? '' : `${code(wanted)} is no branch of a step to a release. `
  return { code: 'no-such-step', message: `${none}${which}.` }
}

/** The branch was fetched and not made a branch of this clone. */
export function stepElsewhere(remote: string): Problem {
  const local = remote.slice(remote.indexOf('/') + 1)
  const message = `The step’s branch is only ${code(remote)} here. Make it a branch of this clone with ${code(`git branch ${shellWord(local)} ${shellWord(remote)}`)}, and run me again.`
  return { code: 'no-such-step', message }
}

export function stepRewritten(branch: string): Problem {
  const message = `On ${code(branch)} commits of mine were changed or removed, so I cannot tell what is in conflict there.`
  return { code: 'step-rewritten', message }
}

export function nothingToSettle(branch: string): Problem {
  return {
    code: 'nothing-to-settle',
    message: `Nothing on ${code(branch)} is in conflict, so there is nothing to settle.`,
  }
}

export function noSettling(): Problem {
  const message = 'No settling is under way in this clone. `multiarch settle .` begins one.'
  return { code: 'no-settling', message }
}

export function severalSettlings(branches: readonly string[]): Problem {
  const message = `Several settlings are under way, of ${enumerated(branches.map(code))}: name one with \`--as\`.`
  return { code: 'several-settlings', message }
}

export function settlingThere(branch: string, folder: string): Problem {
  const message = `${code(branch)} is being settled in ${code(folder)} already. Go on there and end with \`multiarch settle . --continue\`, or give it up with \`multiarch settle . --abort\`.`
  return { code: 'settling-there', message }
}

export function settlingCutShort(folder: string): Problem {
  const message = `I was interrupted while I made ${code(folder)}, so it does not hold every conflict. Give it up with \`multiarch settle . --abort\`, and begin again.`
  return { code: 'settling-cut-short', message }
}

export function folderThere(folder: string): Problem {
  return {
    code: 'folder-there',
    message: `${code(folder)} is there already, so I make no worktree of it. Name another folder with \`--into\`.`,
  }
}

export function folderInside(folder: string): Problem {
  const message = `${code(folder)} is inside of your repository, where a worktree would be in your way. Name a folder outside of it with \`--into\`.`
  return { code: 'folder-inside', message }
}

export function settledTwoWays(): Problem {
  return {
    code: 'options-clash',
    message: '`--continue` and `--abort` are two ways to end it: give one of them.',
  }
}

export function folderGone(folder: string): Problem {
  const message = `The worktree ${code(folder)} is gone, and what was settled in it with it. Clear it away with \`multiarch settle . --abort\`, and begin again.`
  return { code: 'worktree-gone', message }
}

/** The branch has commits that the worktree does not. */
export function branchMoved({
  branch,
  folder,
  from,
}: {
  readonly branch: string
  readonly folder: string
  readonly from: string
}): Problem {
  const onto = `git -C ${shellWord(folder)} rebase --onto ${shellWord(branch)} ${from}`
  const message = `${code(branch)} has moved since you began, so I wrote nothing; what you did is in ${code(folder)} as it was. Commit it there (${code(`git -C ${shellWord(folder)} commit --all`)}) and bring it onto the branch as it is now (${code(onto)}); then \`multiarch settle . --continue\`.`
  return { code: 'branch-moved', message }
}

interface AtPlace {
  readonly path: string
  readonly line: number
}

export function marksLeft(places: readonly AtPlace[]): Problem {
  const shown = places.slice(0, 5).map(({ path, line }) => code(`${path}:${line}`))
  const more = places.length > 5 ? ` and ${places.length - 5} more places` : ''
  return {
    code: 'marks-left',
    message: `Marks of a conflict are left at ${enumerated(shown)}${more}. Put there what should stand, and run me again.`,
  }
}

export function undecided(paths: readonly string[]): Problem {
  const message = `${enumerated(paths.map(code))} could not be merged, and nobody has said what becomes of ${paths.length === 1 ? 'it' : 'them'}: put there what should stand and say \`git add\`, or \`git rm\` where it should go.`
  return { code: 'undecided', message }
}

export function noYamlNow(
  path: string,
  { line, why }: { readonly line: number; readonly why: string },
): Problem {
  return { code: 'yaml-syntax', message: `${code(`${path}:${line}`)}: ${why}` }
}

export function untracked(paths: readonly string[]): Problem {
  const message = `${enumerated(paths.slice(0, 5).map(code))}${paths.length > 5 ? ', …' : ''} would be lost with the worktree, since git does not know ${paths.length === 1 ? 'it' : 'them'}: say \`git add\` there, or take ${paths.length === 1 ? 'it' : 'them'} away.`
  return { code: 'untracked', message }
}

export function goneUnsaid(paths: readonly string[]): Problem {
  const message = `${enumerated(paths.slice(0, 5).map(code))}${paths.length > 5 ? ', …' : ''} ${paths.length === 1 ? 'is' : 'are'} gone from the worktree. Say \`git rm\` there if that is meant, or bring ${paths.length === 1 ? 'it' : 'them'} back with \`git restore\`.`
  return { code: 'gone-unsaid', message }
}

export function noIdentity(): Problem {
  const message =
    'Git does not know who you are, and the commit is yours: set `git config user.name` and `git config user.email`, and run me again.'
  return { code: 'no-identity', message }
}
