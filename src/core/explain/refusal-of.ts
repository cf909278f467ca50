import type { Problem } from '../model/problem.ts'
import type { RefusalFacts } from '../model/refusal-facts.ts'
import { codeSpan } from '../model/code-span.ts'
import { short } from '../model/oid.ts'
import { enumerated } from '../text/enumerated.ts'
import type { Surface } from './surface.ts'

/** A refusal with the words for a command line; `problemOn` has those for another surface. */
export function refusalOf(facts: RefusalFacts): Problem {
  return { code: facts.code, message: refusalText(facts, 'terminal'), facts }
}

/** A problem in the words of the surface on which it is read. */
export function problemOn(problem: Problem, surface: Surface): Problem {
  return problem.facts ? { ...problem, message: refusalText(problem.facts, surface) } : problem
}

function refusalText(facts: RefusalFacts, surface: Surface): string {
  const isTerminal = surface === 'terminal'
  const place = isTerminal ? 'this clone' : 'this repository'
  switch (facts.code) {
    case 'no-own-commits': {
      const looked = facts.branches === 1 ? `\`${facts.branch}\`` : `any of its ${facts.branches} branches`
      const found = `I found no commit of your own on ${looked}: everything there is upstream's, so there is nothing to carry.`
      return isTerminal
        ? `${found} If your patches are elsewhere, fetch that branch and name it with \`--branch\`. ${INVENTORY}; \`multiarch route --from ${facts.release ?? 'TAG'} --kubernetes VERSION\` plans without a fork, from the release and the Kubernetes that the cluster runs.`
        : `${found} If your patches are elsewhere, name that branch with \`branch\` in the settings. ${INVENTORY}.`
    }
    case 'not-kubespray':
      return `The files of this branch resemble no Kubespray release, and it shares no history with upstream, so I found nothing to carry. If your patches are on another branch, name it with ${isTerminal ? '`--branch`' : '`branch` in the settings'}.`
    case 'no-releases':
      return isTerminal
        ? `This clone has no tag of a Kubespray release (\`vX.Y.Z\`), so I cannot tell what the fork stands on. Fetch them with \`git fetch ${UPSTREAM} "refs/tags/v*:refs/tags/v*"\`, or name a clone or URL that has them with \`--upstream\`.`
        : 'I find no tag of a Kubespray release (`vX.Y.Z`), neither here nor in `upstream` of the settings, so I cannot tell what the fork stands on. Name the repository that has them with `upstream` in the settings.'
    case 'tags-too-old': {
      const seen = `Of the ${facts.commits} commits that no release in ${place} contains (it has them up to \`${facts.newest}\`), most look like upstream's own.`
      return isTerminal
        ? `${seen} Fetch its newer tags and its master, so that I can tell them from yours: \`git remote add upstream ${UPSTREAM} && git fetch --tags upstream\`, or name them with \`--upstream\`.`
        : `${seen} Name the repository that has its newer tags with \`upstream\` in the settings, so that I can tell them from yours.`
    }
    case 'release-incomplete':
      return isTerminal
        ? `The clone lacks ${facts.missing} files of a release that I have to read, as a partial clone does. Please fetch them (\`git fetch --refetch --no-filter --tags\`), or name a full clone with \`--upstream\`.`
        : `${facts.missing} files of a release that I have to read cannot be had from the repository that \`upstream\` in the settings names.`
    case 'unknown-branch': {
      const { branch, near, branches } = facts
      const some = branches.slice(0, 8).map((each) => `\`${each}\``)
      const hint = near
        ? ` Did you mean \`${near}\`?`
        : ` It has ${some.join(', ')}${branches.length > 8 ? ', …' : ''}.`
      return `There is no branch \`${branch}\` in ${place}.${hint}`
    }
    case 'unknown-release': {
      const known = `I know no Kubespray release \`${facts.release}\`; the nearest I have is \`${facts.near}\`.`
      return isTerminal ? `${known} If it is newer than this clone, fetch upstream's tags first.` : known
    }
    case 'branch-changed':
    case 'branch-not-ours': {
      const why =
        facts.code === 'branch-changed'
          ? 'holds commits that are not mine'
          : 'no commit of mine is on top of it'
      const kept = `The branch \`${facts.branch}\` exists and ${why}, so I left it as it is.`
      return isTerminal
        ? `${kept} Give the new one another name, for example \`--as ${facts.free}\`, or delete the branch.`
        : `${kept} Rename or delete it, and I write mine.`
    }
    case 'branch-is-source':
      return `The branch ${codeSpan(facts.branch)} is the one that your patches are on, so I do not write to it.${isTerminal ? ANOTHER_NAME : ''}`
    case 'branch-in-the-way': {
      const beside = `There cannot be a branch ${codeSpan(facts.branch)} beside ${codeSpan(facts.other)}: git keeps one as the folder of the other.`
      return `${beside}${isTerminal ? ANOTHER_NAME : ` Rename or delete ${codeSpan(facts.other)}, and I write mine.`}`
    }
    case 'branch-checked-out': {
      const where = facts.at === undefined ? '' : ` in ${codeSpan(facts.at)}`
      const would = `The branch ${codeSpan(facts.branch)} is checked out${where} and would have to move, which would leave the working tree there behind.`
      return isTerminal
        ? `${would} Check out another branch there first.`
        : `The branch ${codeSpan(facts.branch)} is this repository’s default branch, so I do not move it. Make another one the default.`
    }
    case 'kubespray-removed': {
      const { branch, left, of, others } = facts
      const setting = isTerminal ? '`--branch`' : '`branch` in the settings'
      const which =
        others.length > 0
          ? `${enumerated(others.map(codeSpan))} ${others.length === 1 ? 'does' : 'do'}: name one with ${setting}.`
          : `No other branch here does; if your patches are elsewhere, ${isTerminal ? 'fetch that branch and name it' : 'name that branch'} with ${setting}.`
      return `The branch ${codeSpan(branch)} holds Kubespray no more: of the ${of} files in the roles of what it stands on ${left} are left. ${which}`
    }
    case 'fork-first': {
      const { fork, path, release } = facts
      const first = `The submodule ${codeSpan(path)} is your own fork, ${codeSpan(fork)}, and nothing on its branches stands on ${release} yet, so there is no commit for it to go to.`
      return isTerminal
        ? `${first} Two steps, in this order: \`multiarch upgrade ${fork} --onto ${release}\`, whose branch you merge there; then the same command as now, which moves the submodule to what was merged.`
        : `${first} I propose that step there first; then I propose this one, which waits for it.`
    }
    case 'fork-unread': {
      const { url, path, commit } = facts
      const first = `The submodule ${codeSpan(path)} is at ${short(commit)}, a commit of your own fork ${codeSpan(url)}, and I cannot read that.`
      return isTerminal
        ? `${first} Check the submodule out (\`git submodule update --init ${path}\`), or name a clone or URL of the fork with \`--fork\`.`
        : `${first} Install me on it as well, and I propose both steps, the fork’s first; or run the command line there (\`multiarch upgrade .\`), and move the submodule to what you merge.`
    }
    case 'missing-object':
      return isTerminal
        ? `The repository lacks the contents of blob ${facts.oid}. Fetch it whole (\`git fetch --refetch --filter=blob:limit=1g\`, or \`--unshallow\`) and run me again.`
        : `The contents of blob ${facts.oid} cannot be had from GitHub, so I cannot merge what they are in.`
  }
}

const ANOTHER_NAME = ' Give the new one another name with `--as`.'
const UPSTREAM = 'https://github.com/kubernetes-sigs/kubespray'
const INVENTORY =
  "An inventory counts as well, once it is committed (`git add --force`, since Kubespray's `.gitignore` leaves it out)"
