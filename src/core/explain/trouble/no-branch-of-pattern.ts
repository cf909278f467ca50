import { codeSpan } from '../../model/code-span.ts'
import type { Problem } from '../../model/problem.ts'

/** No branch that is named for a release holds anything of the fork's own. */
export function noBranchOfPattern(pattern: string, branches: readonly string[]): Problem {
  const some = branches.slice(0, 8).map((each) => codeSpan(each))
  const message = `No branch that is named ${codeSpan(pattern)} holds a commit of your own. There are ${some.join(', ')}${branches.length > 8 ? ', …' : ''}. \`{minor}\` stands for \`2.28\`, \`{release}\` for \`2.28.1\`.`
  return { code: 'no-branch-of-pattern', message }
}

/** The new branch of a release, which is there and is something else. */
export function landingTaken(branch: string, release: string): Problem {
  const message = `The step to ${codeSpan(release)} goes to a branch of its own, ${codeSpan(branch)}, which is there already and does not hold that release. I do not touch it: rename it or remove it, and I start it at the release.`
  return { code: 'landing-taken', message }
}

/** The new branch of a release, which may not be made from here. */
export function landingRefused(branch: string, release: string): Problem {
  const message = `The step to ${codeSpan(release)} goes to a branch of its own, ${codeSpan(branch)}, which I could not start at the release: its history cannot be reached from this repository, or may not be pushed to it by me. Start it yourself, and I go on: \`git push origin 'refs/tags/${release}^{}:refs/heads/${branch}'\`.`
  return { code: 'landing-refused', message }
}
