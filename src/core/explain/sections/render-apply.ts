import { bareVersion } from '../../model/release-tag.ts'
import { code } from '../plain.ts'
import { shellWord } from '../explain-command.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** How to make it so, and how to go back. */
export function renderApply(facts: PullRequestFacts): string {
  const body = facts.surface === 'terminal' ? inTerminal(facts) : afterMerging(facts)
  return `## ${facts.written || facts.surface === 'pull-request' ? 'How to apply it, and how to go back' : 'How to go back'}\n\n${body}`
}

function inTerminal(facts: PullRequestFacts): string {
  const { branch, written } = facts
  if (!written) return `This was a dry run: nothing was written, and ${code(branch)} is not touched.`
  const start = `${code(branch)} itself is not touched${facts.carry ? `: it stands on ${code(facts.carry.base.release)} until you merge` : ''}.`
  const { name } = written
  return [
    `${start} Look at it with ${code(`git log --first-parent ${shellWord(`${branch}..${name}`)}`)}, take it with ${code(`git merge --no-ff ${shellWord(name)}`)} on ${code(branch)}, and throw it away with ${code(`git branch -D ${shellWord(name)}`)}.`,
    isOnlyLeftovers(facts) ? 'No play has to run for it.' : playSentence(facts),
    `After merging, \`git revert -m 1 <the merge commit>\` brings back the files from before (to try again later, revert that revert first). ${noWayBack(facts)}`,
  ].join('\n\n')
}

function afterMerging(facts: PullRequestFacts): string {
  if (isOnlyLeftovers(facts))
    return 'Merging changes files, and no cluster; no play has to run for it. GitHub’s *Revert* of the merged pull request brings the lines back.'
  return [
    `Merging changes files, and no cluster. ${playSentence(facts)}`,
    `Until you have run it, GitHub’s *Revert* of the merged pull request brings everything back. ${noWayBack(facts)}`,
  ].join('\n\n')
}

/** Add-ons and audit fixes take effect with any run; moving up is a play of its own. */
function playSentence({ kind, inventories = [] }: PullRequestFacts): string {
  const inventory = inventories[0]?.path ?? 'inventory/<yours>'
  const play = kind === 'kubespray' || kind === 'kubernetes' ? 'upgrade-cluster.yml' : 'cluster.yml'
  const before =
    kind === 'kubespray'
      ? ', with Ansible installed from the release’s `requirements.txt`, and after a snapshot of etcd,'
      : ''
  return `Then${before} run ${code(`ansible-playbook -b -i ${inventory}/<hosts file> ${play}`)}.`
}

/** Variables that nothing reads change nothing when they go. */
function isOnlyLeftovers({ kind, inventories = [] }: PullRequestFacts): boolean {
  if (kind !== 'addon') return false
  return inventories.every(({ addons }) =>
    addons.every(({ on, policy }) => on === 'gone' || policy !== 'disable'),
  )
}

function noWayBack({ kind, release, carry, step }: PullRequestFacts): string {
  if (kind === 'addon' || kind === 'audit') return 'The next run of the play follows that.'
  const ran = step ? `Kubernetes \`${bareVersion(step.kubernetes.to)}\`` : `${code(release)}`
  const back = carry ? `Going back to ${code(carry.base.release)}` : 'Going back'
  return `${back} on a cluster that ran ${ran} is another matter: Kubernetes does not downgrade.`
}
