import type { Need } from './actors.ts'

const reads = (...permissions: string[]): Need => ({ permissions, level: 'read', access: 'read' })
const writes = (access: Need['access'], ...permissions: string[]): Need => ({
  permissions,
  level: 'write',
  access,
})

/**
 * Which permission each operation on a repository needs, from GitHub's "Permissions required for GitHub Apps". Where it
 * names several, any one does.
 */
export const NEEDS: Readonly<Record<string, Need>> = {
  'repos/get': reads('metadata'),
  'repos/get-branch': reads('contents'),
  'repos/compare-commits-with-basehead': reads('contents'),
  'repos/list-commits': reads('contents'),
  'repos/get-commit': reads('contents'),
  'repos/get-content': reads('contents'),
  'repos/list-tags': reads('metadata'),
  'repos/list-releases': reads('contents'),
  'repos/get-release-by-tag': reads('contents'),
  // Who may do what is no public matter: it takes push access, or the App's metadata permission on a repository of its own.
  'repos/get-collaborator-permission-level': { permissions: ['metadata'], level: 'read', access: 'write' },
  'git/get-blob': reads('contents'),
  'git/get-tree': reads('contents'),
  'git/get-commit': reads('contents'),
  'git/get-ref': reads('contents'),
  'git/get-tag': reads('contents'),
  'git/list-matching-refs': reads('contents'),
  'git/create-blob': writes('write', 'contents'),
  'git/create-tree': writes('write', 'contents'),
  'git/create-commit': writes('write', 'contents'),
  'git/create-ref': writes('write', 'contents'),
  'git/update-ref': writes('write', 'contents'),
  'git/delete-ref': writes('write', 'contents'),
  'pulls/list': reads('pull_requests'),
  'pulls/get': reads('pull_requests'),
  'pulls/list-files': reads('pull_requests'),
  'pulls/list-commits': reads('pull_requests'),
  'pulls/list-review-comments': reads('pull_requests'),
  'pulls/create-review-comment': writes('read', 'pull_requests'),
  'pulls/create': writes('read', 'pull_requests'),
  'pulls/update': writes('write', 'pull_requests'),
  'pulls/merge': writes('write', 'contents'),
  'pulls/request-reviewers': writes('write', 'pull_requests'),
  'issues/list-for-repo': reads('issues'),
  'issues/get': reads('issues', 'pull_requests'),
  'issues/create': writes('read', 'issues'),
  'issues/update': writes('write', 'issues', 'pull_requests'),
  'issues/list-comments': reads('issues', 'pull_requests'),
  'issues/get-comment': reads('issues', 'pull_requests'),
  'issues/create-comment': writes('read', 'issues', 'pull_requests'),
  'issues/update-comment': writes('read', 'issues', 'pull_requests'),
  'issues/list-labels-on-issue': reads('issues', 'pull_requests'),
  'issues/list-labels-for-repo': reads('issues', 'pull_requests'),
  'issues/add-labels': writes('triage', 'issues', 'pull_requests'),
  'issues/add-assignees': writes('write', 'issues', 'pull_requests'),
  'issues/remove-label': writes('triage', 'issues', 'pull_requests'),
  'issues/create-label': writes('write', 'issues', 'pull_requests'),
  'reactions/create-for-issue-comment': writes('read', 'issues', 'pull_requests'),
  'reactions/list-for-issue-comment': reads('issues', 'pull_requests'),
  'checks/create': writes('write', 'checks'),
  'checks/update': writes('write', 'checks'),
  'checks/get': reads('checks'),
  'checks/list-for-ref': reads('checks'),
  'checks/list-annotations': reads('checks'),
}
