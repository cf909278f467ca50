import { describe, expect, test } from 'vitest'
import { jobsFor, type Payload } from '../../../src/app/jobs/jobs-for.ts'
import { marker } from '../../../src/core/explain/marker.ts'
import { keyOf } from '../../../src/app/jobs/job.ts'

const repository = { full_name: 'Me/kubespray', default_branch: 'main' }
const person = { login: 'ada', type: 'User' }
const bot = { login: 'multiarch[bot]', type: 'Bot' }

function keys(name: string, payload: Payload): readonly string[] {
  return jobsFor({ name, payload }).map(keyOf)
}

function pull(action: string, ref: string, sender = person, from = 'Me/kubespray'): Payload {
  return { action, repository, sender, pull_request: { head: { ref, repo: { full_name: from } } } }
}

function comment(body: string, sender = person, action = 'created'): Payload {
  return { action, repository, sender, issue: { number: 7, user: bot }, comment: { body, user: sender } }
}

describe('an installation is looked at', () => {
  const repositories = [{ full_name: 'me/kubespray' }, { full_name: 'us/cluster' }]
  const both = ['look:me/kubespray', 'look:us/cluster']
  test.each([
    ['installation', { action: 'created', repositories }, both],
    ['installation', { action: 'unsuspend', repositories }, both],
    ['installation', { action: 'new_permissions_accepted', repositories }, both],
    ['installation', { action: 'deleted', repositories }, []],
    ['installation', { action: 'suspend', repositories }, []],
    ['installation_repositories', { action: 'added', repositories_added: repositories }, both],
    ['installation_repositories', { action: 'removed' }, []],
  ])('%s %o', (name, payload, expected) => {
    expect(keys(name, payload)).toEqual(expected)
  })
})

test.each(['unsuspend', 'new_permissions_accepted'])(
  'an installation of which no repositories are told is asked for them: %s',
  (action) => {
    const installation = { id: 5, account: { login: 'Me' } }
    expect(jobsFor({ name: 'installation', payload: { action, installation } })).toEqual([
      { kind: 'installation', repository: { owner: 'Me', name: '*' }, installation: 5 },
    ])
    expect(keys('installation', { action, installation })).toEqual(['installation:me/*:5'])
    expect(keys('installation', { action, installation: { id: 5 } })).toEqual([])
  },
)

describe('a push is looked at, but for our own branches and for tags', () => {
  test.each([
    ['refs/heads/main', ['look:me/kubespray']],
    ['refs/heads/release/arm64', ['look:me/kubespray']],
    ['refs/heads/multiarch/kubespray-2.30.0', []],
    ['refs/tags/v2.30.0', []],
  ])('%s', (ref, expected) => {
    expect(keys('push', { ref, repository, sender: person })).toEqual(expected)
  })
})

describe('pull requests', () => {
  const branch = 'multiarch/kubespray-2.30.0'
  test.each([
    ['merged or closed', pull('closed', branch), ['look:me/kubespray']],
    ['closed by ourselves', pull('closed', branch, bot), ['look:me/kubespray']],
    ['reopened', pull('reopened', branch), ['look:me/kubespray']],
    ['pushed to by a person', pull('synchronize', branch), [`recheck:me/kubespray:${branch}`]],
    ['pushed to by us', pull('synchronize', branch, bot), []],
    ['the proposed config changed', pull('synchronize', 'multiarch/onboarding'), ['look:me/kubespray']],
    ['of somebody else', pull('closed', 'fix-typo'), []],
    ['from a fork that borrows our branch name', pull('closed', branch, person, 'mallory/kubespray'), []],
    [
      'from a fork that is gone',
      { ...pull('closed', branch), pull_request: { head: { ref: branch, repo: null } } },
      [],
    ],
    ['labelled', pull('labeled', branch), []],
  ])('%s', (_, payload, expected) => {
    expect(keys('pull_request', payload)).toEqual(expected)
  })
})

describe('comments', () => {
  test.each([
    ['/multiarch recheck', comment('/multiarch recheck'), ['comments:me/kubespray:7']],
    ['two commands', comment('/multiarch plan\n/multiarch recheck'), ['comments:me/kubespray:7']],
    ['talk', comment('Looks good to me'), []],
    ['an edit', comment('/multiarch recheck', person, 'edited'), []],
    ['a bot', comment('/multiarch recheck', bot), []],
  ])('%s', (_, payload, expected) => {
    expect(keys('issue_comment', payload)).toEqual(expected)
  })
})

describe('buttons of our checks', () => {
  const branch = 'multiarch/kubespray-2.30.0'
  const run = { check_suite: { head_branch: branch } }
  test.each([
    ['check_run', { action: 'rerequested', check_run: run }, [`button:me/kubespray:${branch}:re-run:ada`]],
    [
      'check_run',
      {
        action: 'rerequested',
        check_run: { check_suite: { head_branch: null }, pull_requests: [{ head: { ref: branch } }] },
      },
      [`button:me/kubespray:${branch}:re-run:ada`],
    ],
    [
      'check_run',
      { action: 'requested_action', check_run: run, requested_action: { identifier: 'rebase' } },
      [`button:me/kubespray:${branch}:rebase:ada`],
    ],
    [
      'check_suite',
      { action: 'rerequested', check_suite: { head_branch: branch } },
      [`button:me/kubespray:${branch}:re-run:ada`],
    ],
    ['check_run', { action: 'created', check_run: run }, []],
    ['check_run', { action: 'rerequested', check_run: { check_suite: { head_branch: 'main' } } }, []],
    ['check_run', { action: 'rerequested', check_run: { check_suite: { head_branch: null } } }, []],
  ])('%s %o', (name, payload, expected) => {
    expect(keys(name, { repository, sender: person, ...payload })).toEqual(expected)
  })
})

describe('the dashboard issue', () => {
  const edited = { action: 'edited', repository, sender: person, issue: { number: 3, user: bot } }
  test.each([
    ['edited by a person', edited, ['dashboard:me/kubespray:3:ada']],
    ['edited by us', { ...edited, sender: bot }, []],
    ['an issue of a person', { ...edited, issue: { number: 3, user: person } }, []],
    ['closed', { ...edited, action: 'closed' }, []],
    [
      'a box of it ticked',
      { ...edited, issue: { ...edited.issue, body: `- [x] Hold ${marker('box', 'hold')}\r\n` } },
      ['dashboard:me/kubespray:3:ada:hold'],
    ],
    ['words of it changed', { ...edited, issue: { ...edited.issue, body: '- [ ] Hold' } }, []],
  ])('%s', (_, payload, expected) => {
    expect(keys('issues', payload)).toEqual(expected)
  })
})

test.each([
  ['an event we do not know', 'star', { action: 'created', repository }],
  ['a name that every object has', 'constructor', { action: 'created', repository }],
  ['another', '__proto__', { action: 'created', repository }],
  ['no repository', 'push', { ref: 'refs/heads/main' }],
  ['a name that is none', 'push', { ref: 'refs/heads/main', repository: { full_name: 'a/b/../c' } }],
  ['an empty payload', 'issue_comment', {}],
  ['an empty payload', 'pull_request', {}],
  ['an empty payload', 'check_run', {}],
  ['an empty payload', 'installation', {}],
])('%s asks for nothing', (_, name, payload) => {
  expect(keys(name, payload)).toEqual([])
})
