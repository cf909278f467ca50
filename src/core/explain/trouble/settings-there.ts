import { readablePath } from '../../model/parent-of.ts'
import type { Problem } from '../../model/problem.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code } from '../blocks/plain.ts'
import { shellWord } from '../explain-command.ts'

/** Nothing is left to be added to a branch. */
export function settingsThere(branch: string, paths: readonly string[]): Problem {
  const they = paths.length === 1 ? 'it' : 'them'
  const message = `${code(branch)} has ${enumerated(paths.map(code))} already, and I never overwrite ${they}. ${code(`multiarch config show --branch ${shellWord(branch)}`)} says which settings hold there.`
  return { code: 'settings-there', message }
}

/** A file cannot be put where something else is. */
export function noPlaceFor(path: string, branch: string, other: string): Problem {
  const message = `${code(path)} cannot be added to ${code(branch)}: ${code(readablePath(other))} is in its place there. Move that away first.`
  return { code: 'no-place', message }
}

/** No branch could be told that the settings are for. */
export function noBranchForSettings(): Problem {
  const message =
    'Settings stand on the default branch, and I cannot tell which that is here: check it out, or name the branch that holds your patches with `--branch`.'
  return { code: 'no-branch', message }
}
