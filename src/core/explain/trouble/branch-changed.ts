import type { Problem } from '../../model/problem.ts'
import { code } from '../plain.ts'
import { refusalOf } from '../refusal-of.ts'

/** The branch to be written is the one that the step is made from. */
export function sourceIsTarget(name: string): Problem {
  return {
    code: 'branch-is-source',
    message: `The branch ${code(name)} is the one that your patches are on, so I do not write to it. Give the new one another name with ${code('--as')}.`,
  }
}

/** The branch to be written is there, and nothing proves that it is ours. `free` is a name that is not taken. */
export function branchNotOurs(name: string, free: string): Problem {
  return refusalOf({ code: 'branch-not-ours', branch: name, free })
}

/** The branch to be written is ours, and people have worked on it. */
export function branchChanged(name: string, free: string): Problem {
  return refusalOf({ code: 'branch-changed', branch: name, free })
}

/** Git keeps a branch as a file: none can be named as another's folder. */
export function branchInTheWay(name: string, other: string): Problem {
  return {
    code: 'branch-in-the-way',
    message: `There cannot be a branch ${code(name)} beside ${code(other)}: git keeps one as the folder of the other. Give the new one another name with ${code('--as')}.`,
  }
}

/** Moving the branch under a working tree would make every file of it look changed. */
export function branchCheckedOut(name: string): Problem {
  return {
    code: 'branch-checked-out',
    message: `The branch ${code(name)} is checked out and would have to move, which would leave your working tree behind. Check out another branch first.`,
  }
}
