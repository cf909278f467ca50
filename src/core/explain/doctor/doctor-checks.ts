import { code, say, sentence } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'
import { plural } from '../plural.ts'
import { check, type Check } from './check.ts'
import { cloneChecks } from './clone-checks.ts'
import type { ActionsFacts, CacheFacts, DoctorFacts } from './doctor-facts.ts'

/** Fetching leaves no FETCH_HEAD behind since this version (`--no-write-fetch-head`); nothing newer is asked of git. */
const NEEDED_GIT = '2.29.0'

/** Everything that was looked at, and what it means for the tool. */
export function doctorChecks({ repo, node, git, clone, cache, actions }: DoctorFacts): readonly Check[] {
  return [
    versionCheck('node', 'Node.js', node.version, node.needed),
    git === undefined
      ? check('git', 'stops', say`There is no ${code('git')} on the path.`)
      : versionCheck('git', 'git', git, NEEDED_GIT),
    ...checksOfClone(repo, clone),
    ...cacheChecks(cache),
    actionsCheck(actions),
  ]
}

function versionCheck(about: string, name: string, version: string, needed: string): Check {
  return isAtLeast(version, needed)
    ? check(about, 'fine', say`${name} ${version}; ${needed} or newer is needed.`)
    : check(about, 'stops', say`${name} is ${version}, and ${needed} or newer is needed.`)
}

function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((each) =>
    each.split('.').map((part) => Number.parseInt(part, 10) || 0),
  )
  const at = (want ?? []).findIndex((part, index) => (have?.[index] ?? 0) !== part)
  return at === -1 || (have?.[at] ?? 0) > (want?.[at] ?? 0)
}

function checksOfClone(repo: string, clone: DoctorFacts['clone']): readonly Check[] {
  if (clone === undefined)
    return [check('clone', 'not-looked', say`The clone was not looked at, for want of git.`)]
  if (!('problem' in clone)) return cloneChecks(repo, clone)
  return [
    check('clone', 'stops', sentence(clone.problem.message)),
    check('rest', 'not-looked', say`Nothing else of the clone was looked at.`),
  ]
}

function cacheChecks({ folder, isWritable, daysOld }: CacheFacts): readonly Check[] {
  const held = isWritable
    ? check('cache', 'fine', say`What was read is kept in ${code(folder)}; it may be deleted at any time.`)
    : check(
        'cache',
        'look',
        say`I may not write ${code(folder)}, so everything is read again each time. ${code('XDG_CACHE_HOME')} names another place.`,
      )
  const age =
    daysOld === undefined
      ? say`Upstream’s history is not kept there: no command needed it so far.`
      : say`Upstream’s history is kept there, fetched ${daysOld === 0 ? 'today' : `${plural(daysOld, 'day')} ago`}; a command that needs it brings it up to date.`
  return [held, check('history', 'fine', age)]
}

function actionsCheck(actions: ActionsFacts): Check {
  if (actions.kind === 'not-asked') {
    const why =
      actions.why === 'no-token'
        ? say`${code('GITHUB_TOKEN')} is not set`
        : say`no remote of your fork is on GitHub`
    return check('actions', 'not-looked', say`Settings of GitHub Actions were not looked at, since ${why}.`)
  }
  const { repository } = actions
  if (actions.kind === 'no-answer')
    return check(
      'actions',
      'not-looked',
      say`GitHub did not tell the settings of Actions of ${code(repository)}: ${actions.why}.`,
    )
  if (actions.mayOpenPullRequests)
    return check(
      'actions',
      'fine',
      say`Workflows of ${code(repository)} may open pull requests; by default they may ${actions.mayWrite ? 'write' : 'only read'}.`,
    )
  return check(
    'actions',
    'look',
    say`Workflows of ${code(repository)} may not open pull requests, which matters if this runs as an Action there.`,
    [
      `gh api --method PUT ${shellWord(`repos/${repository}/actions/permissions/workflow`)} -F can_approve_pull_request_reviews=true -f default_workflow_permissions=${actions.mayWrite ? 'write' : 'read'}`,
    ],
  )
}
