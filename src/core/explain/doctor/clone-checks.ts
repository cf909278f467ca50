import { optional } from '../../model/defined.ts'
import type { Problem } from '../../model/problem.ts'
import { code, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'
import { layoutPhrase } from '../layout-sentence.ts'
import { plural } from '../plural.ts'
import { check, type Check } from './check.ts'
import type { CloneFacts, ForkFacts, RemoteFacts } from './doctor-facts.ts'

const UPSTREAM = 'https://github.com/kubernetes-sigs/kubespray'

/** What a clone itself says. */
export function cloneChecks(repo: string, clone: CloneFacts): readonly Check[] {
  const git = repo === '.' ? 'git' : `git -C ${shellWord(repo)}`
  const { gitDir, isBare } = clone
  return [
    check(
      'clone',
      'fine',
      say`A clone${isBare ? ' without a working tree' : ''}, its git directory is ${code(gitDir)}.`,
    ),
    shallowCheck(clone, git),
    partialCheck(clone, git),
    tagsCheck(clone, git),
    ...remoteChecks(clone, git),
    writableCheck(clone),
    ...clone.locks.map((lock) =>
      check(
        'locked',
        'look',
        say`${code(lock)} is there: another git works in this clone, or one was killed. If none runs, take the file away.`,
        [`rm ${shellWord(lock)}`],
      ),
    ),
    underWayCheck(clone, git),
    checkedOutCheck(clone),
    ...settingsChecks(clone),
    ...forkChecks(clone),
  ]
}

function shallowCheck({ isShallow }: CloneFacts, git: string): Check {
  return isShallow
    ? check('shallow', 'stops', say`Its history is cut off, so what the fork stands on cannot be found.`, [
        `${git} fetch --unshallow`,
      ])
    : check('shallow', 'fine', say`Its history is whole.`)
}

function partialCheck({ partial }: CloneFacts, git: string): Check {
  return partial.length > 0
    ? check(
        'partial',
        'look',
        say`It was cloned without all objects (${listed(partial.map(code))}), and I fetch none behind your back: what is missing stops a run.`,
        partial.map((name) => `${git} fetch --refetch --no-filter --tags ${shellWord(name)}`),
      )
    : check('partial', 'fine', say`No remote leaves objects out.`)
}

function tagsCheck({ tags: { count, newest, isBeside = false } }: CloneFacts, git: string): Check {
  if (isBeside) {
    const kept =
      count > 0
        ? say`I keep ${plural(count, 'release')} of Kubespray, ${code(newest ?? '')} the newest`
        : say`Upstream’s history I fetch by myself, which takes a minute the first time`
    return check('tags', 'fine', say`It is no fork of Kubespray: its tags name no release. ${kept}.`)
  }
  return count > 0
    ? check(
        'tags',
        'fine',
        say`It knows ${plural(count, 'release')} of Kubespray, ${code(newest ?? '')} the newest.`,
      )
    : check(
        'tags',
        'look',
        say`It has no tag of a release (${code('vX.Y.Z')}). I then fetch upstream’s history by myself, which takes a minute the first time.`,
        [`${git} fetch ${UPSTREAM} 'refs/tags/v*:refs/tags/v*'`],
      )
}

const ROLES: Readonly<Record<RemoteFacts['role'], string>> = {
  upstream: 'upstream’s',
  fork: 'your fork’s',
  other: 'neither upstream’s nor where your branch goes',
}

function remoteChecks({ remotes }: CloneFacts, git: string): readonly Check[] {
  const missing = remotes.some(({ role }) => role === 'fork')
    ? []
    : [
        check(
          'remote-of-fork',
          'look',
          say`No remote is your fork’s, so a branch cannot be pushed from here.`,
          [`${git} remote add origin ADDRESS`],
        ),
      ]
  return [...remotes.map(remoteCheck), ...missing]
}

function remoteCheck({ name, url, role, reachable }: RemoteFacts): Check {
  const told = say`Remote ${code(name)} (${quoted(url)}) is ${ROLES[role]}`
  if (reachable === undefined) return check('remote', 'fine', say`${told}; whether it answers was not asked.`)
  return reachable === true
    ? check('remote', 'fine', say`${told}, and answers.`)
    : check('remote', 'look', say`${told}, and does not answer: ${quoted(reachable.why)}.`)
}

function writableCheck({ notWritable }: CloneFacts): Check {
  return notWritable.length > 0
    ? check(
        'not-writable',
        'look',
        say`I may not write ${listed(notWritable.map(code))}: ${code('plan')}, ${code('audit')} and dry runs work, a branch cannot be written.`,
      )
    : check('not-writable', 'fine', say`Branches and objects may be written.`)
}

function underWayCheck({ underWay }: CloneFacts, git: string): Check {
  return underWay.length > 0
    ? check(
        'under-way',
        'look',
        say`In its working tree there is ${listed(underWay.map((each) => [each]))} under way. I do not touch it, and see branches as they are before it.`,
        [`${git} status`],
      )
    : check('under-way', 'fine', say`No merge and no rebase is under way.`)
}

function checkedOutCheck({ checkedOut }: CloneFacts): Check {
  const places = checkedOut.map(({ branch, path }) => say`${code(branch)} (${code(path)})`)
  return checkedOut.length > 0
    ? check(
        'step-checked-out',
        'look',
        say`${listed(places)} ${places.length === 1 ? 'is' : 'are'} checked out. I do not move a branch under a working tree: check out another one before the step is made again.`,
      )
    : check('step-checked-out', 'fine', say`No branch of mine is checked out in a working tree.`)
}

function settingsChecks({ settings }: CloneFacts): readonly Check[] {
  if ('problems' in settings) return settings.problems.map((each) => ofProblem('settings', each))
  const text: Readonly<Record<typeof settings.kind, Text>> = {
    none: say`There are no settings (${code('.github/multiarch.yml')}) on ${code(settings.branch)}; everything is as it is by default.`,
    fine: say`The settings on ${code(settings.branch)} can be worked with.`,
  }
  return [check('settings', 'fine', text[settings.kind])]
}

function forkChecks({ fork }: CloneFacts): readonly Check[] {
  if ('problems' in fork) return fork.problems.map((each) => ofProblem('fork', each))
  if ('notLooked' in fork) return [check('fork', 'not-looked', NOT_LOOKED[fork.notLooked])]
  return fork.forks.flatMap(foundChecks)
}

function foundChecks({ cluster, branch, base, layout, patches, ownFiles }: ForkFacts): readonly Check[] {
  const of = cluster === undefined ? '' : say`Cluster ${code(cluster)}: `
  const on = base.exact ? code(base.release) : say`a commit after ${code(base.release)}`
  const count = `${plural(patches, 'patch', 'patches')} and ${plural(ownFiles, 'file')} of your own`
  return [
    check('fork', 'fine', say`${of}${code(branch)} stands on ${on}, with ${count}.`),
    check('layout', 'fine', say`${of}Kubespray is used ${sentence(layoutPhrase(layout))}.`),
  ]
}

const NOT_LOOKED: Readonly<Record<'no-tags' | 'shallow', Text>> = {
  'no-tags': say`What it stands on, its patches and its layout were not looked at: that takes upstream’s releases.`,
  shallow: say`What it stands on, its patches and its layout were not looked at: that takes its whole history.`,
}

function ofProblem(about: string, { message, at }: Problem): Check {
  const found = check(about, 'stops', sentence(message))
  return { ...found, ...optional(at, (at) => ({ at })) }
}
