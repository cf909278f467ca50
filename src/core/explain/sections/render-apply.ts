import { standPoint } from './series-notes.ts'
import { bareVersion } from '../../model/release-tag.ts'
import { someOf } from '../../text/enumerated.ts'
import { heading, paragraph, type Block } from '../blocks/block.ts'
import { anchor, code, joined, listed, say, soft, type Text } from '../blocks/text.ts'
import type { PathOf } from '../blocks/from-top.ts'
import { callSentence } from '../automation/call-sentence.ts'
import { mergeApplies } from '../automation/merge-applies.ts'
import { fetchSentence, playbookAt, runsInImage } from './render-place.ts'
import { shellWord } from '../explain-command.ts'
import type { InventoryFacts, LandingFacts, PullRequestFacts } from '../pull-request-facts.ts'

/** How to make it so, and how to go back. */
export function renderApply(facts: PullRequestFacts): readonly Block[] {
  const body = facts.surface === 'terminal' ? inTerminal(facts) : afterMerging(facts)
  const isApplied = facts.written !== undefined || facts.surface === 'pull-request'
  const head = isApplied
    ? say`${anchor(APPLY_PLACE)}How to apply it, and how to go back`
    : say`${anchor(APPLY_PLACE)}How to go back`
  return [heading(2, head), ...body.map(paragraph)]
}

/** Where it is said how. */
export const APPLY_PLACE = 'apply'

function inTerminal(facts: PullRequestFacts): readonly Text[] {
  const { branch, written, landing } = facts
  if (!written) return [say`This was a dry run: nothing was written, and ${code(branch)} is not touched.`]
  const start = say`${code(branch)} itself is not touched${facts.carry ? say`: it stands on ${standPoint(facts.carry.base)} until you merge` : ''}.`
  const { name } = written
  if (landing) return onOwnBranch(facts, { landing, name })
  return [
    say`${start} Look at it with ${code(`git log --first-parent ${shellWord(`${branch}..${name}`)}`)}, take it with ${code(`git merge --no-ff ${shellWord(name)}`)} on ${code(branch)}, and throw it away with ${code(`git branch -D ${shellWord(name)}`)}.`,
    isOnlyLeftovers(facts) ? say`No play has to run for it.` : playSentence(facts),
    ...hooks(facts),
    say`After merging, ${code('git revert -m 1 <the merge commit>')} brings back the files from before (to try again later, revert that revert first). ${noWayBack(facts)}`,
  ]
}

/** A branch that starts at the release: the one before it is the way back. */
function onOwnBranch(
  facts: PullRequestFacts,
  { landing, name }: { readonly landing: LandingFacts; readonly name: string },
): readonly Text[] {
  const { branch, release } = facts
  return [
    say`${code(branch)} is not touched, and ${code(landing.name)} starts at ${code(release)}. Look at the step with ${code(`git log ${shellWord(`${release}..${name}`)}`)}, take it with ${code(`git merge --no-ff ${shellWord(name)}`)} on ${code(landing.name)}, and throw it away with ${code(`git branch -D ${shellWord(name)} ${shellWord(landing.name)}`)}.`,
    playSentence(facts),
    ...hooks(facts),
    say`Until you have run it, ${code(branch)} is the way back. ${noWayBack(facts)}`,
  ]
}

function afterMerging(facts: PullRequestFacts): readonly Text[] {
  if (isOnlyLeftovers(facts))
    return [
      say`Merging changes files, and no cluster; no play has to run for it. GitHub’s ${soft`Revert`} of the merged pull request brings the lines back.`,
    ]
  const applies = mergeApplies(facts.place?.applied)
  return [
    applies.length > 0
      ? joined([applies, playSentence(facts)], ' ')
      : say`Merging changes files, and no cluster. ${playSentence(facts)}`,
    ...hooks(facts),
    facts.landing
      ? say`Until you have run it, ${code(facts.branch)} is the way back. ${noWayBack(facts)}`
      : say`Until you have run it, GitHub’s ${soft`Revert`} of the merged pull request brings everything back. ${noWayBack(facts)}`,
  ]
}

/** Add-ons and audit fixes take effect with any run; moving up is a play of its own. */
function playSentence({ kind, inventories = [], place, release }: PullRequestFacts): Text {
  const play = kind === 'kubespray' || kind === 'kubernetes' ? 'upgrade-cluster.yml' : 'cluster.yml'
  const isInImage = place !== undefined && runsInImage(place)
  const ansible = isInImage
    ? ''
    : say`, with Ansible installed from the release’s ${code('requirements.txt')}, and`
  const before = kind === 'kubespray' ? say`${ansible || ','} after a snapshot of etcd,` : ''
  const fetch = kind === 'kubespray' && place ? fetchSentence(place, release) : []
  // What the step changes is what is run for it; a list of hosts beside that may be one for something else.
  const [first, ...others] = [...inventories].sort((a, b) => Number(isChanged(b)) - Number(isChanged(a)))
  const words = ['ansible-playbook -b', ...inventoryWords(first, place?.pathOf), playbookAt(place, play)]
  const call = callSentence(place?.applied, play)
  const besides = call.length === 0 && first ? handedIn(first) : []
  const more =
    others.length > 0
      ? say`; then the same with ${listed(
          someOf(
            others.map((each) => inOtherWords(each, place?.pathOf)),
            MOST_INVENTORIES,
          ),
        )}`
      : ''
  const run = say`Then${before} run ${code(words.join(' '))}${isInImage ? ' in it' : ''}${besides}${more}.`
  return joined(
    [fetch, run, call].filter((text) => text.length > 0),
    ' ',
  )
}

/** A cluster more is a play of its own; beyond these a person knows how it goes on. */
const MOST_INVENTORIES = 4

function isChanged({ changed }: InventoryFacts): boolean {
  return changed.length > 0
}

function inOtherWords(inventory: InventoryFacts, pathOf: PathOf | undefined): Text {
  return say`${code(inventoryWords(inventory, pathOf).join(' '))}${handedIn(inventory)}`
}

function handedIn({ run }: InventoryFacts): Text {
  const commands = run?.commands ?? []
  if (commands.length === 0) return []
  return say`, with what ${listed(commands.map(code))} ${commands.length === 1 ? 'hands' : 'hand'} in by ${code('-e')}`
}

/** The files of hosts and of variables; without these a cluster gets other versions than were planned for it. */
function inventoryWords(
  inventory: InventoryFacts | undefined,
  pathOf: PathOf = (path) => path,
): readonly string[] {
  const path = inventory ? pathOf(inventory.path) : 'inventory/<yours>'
  // Files of hosts side by side are inventories of their own.
  const isFile = /\.\w+$/.test(path)
  const folder = path === '' ? '' : `${path}/`
  const hosts = inventory?.run?.hosts ?? (isFile ? path : undefined)
  const named = hosts === undefined ? `${folder}<hosts file>` : shellWord(pathOf(hosts))
  return [
    '-i',
    named,
    ...(inventory?.run?.extra ?? []).flatMap((file) => ['-e', shellWord(`@${pathOf(file)}`)]),
  ]
}

/** Commits of ours are made without a checkout, so no hook of anybody's runs on them. */
function hooks({ place, written, branch, landing }: PullRequestFacts): readonly Text[] {
  const file = place?.applied.hooks
  if (file === undefined || !written) return []
  const run = `pre-commit run --from-ref ${shellWord(landing?.name ?? branch)} --to-ref ${shellWord(written.name)}`
  return [say`The hooks of ${code(file)} did not run on what I wrote; ${code(run)} runs them on it.`]
}

/** Variables that nothing reads change nothing when they go. */
function isOnlyLeftovers({ kind, inventories = [] }: PullRequestFacts): boolean {
  if (kind !== 'addon') return false
  return inventories.every(({ addons }) =>
    addons.every(({ on, policy }) => on === 'gone' || policy !== 'disable'),
  )
}

function noWayBack({ kind, release, carry, step }: PullRequestFacts): Text {
  if (kind === 'addon' || kind === 'audit') return say`The next run of the play follows that.`
  const ran = step ? say`Kubernetes ${code(bareVersion(step.kubernetes.to))}` : code(release)
  const back = carry ? say`Going back to ${code(carry.base.release)}` : 'Going back'
  return say`${back} on a cluster that ran ${ran} is another matter: Kubernetes does not downgrade.`
}
