import type { ActionsFacts, RemoteFacts } from '../../core/explain/doctor/doctor-facts.ts'
import { gitHubRepository } from '../delivery/fork-remote.ts'

/** Longer than this nobody waits for one answer. */
const PATIENCE_MS = 10_000

/** What GitHub says about workflows of the fork, with the token that is in the environment. */
export async function lookAtActions(
  remotes: readonly RemoteFacts[],
  env: NodeJS.ProcessEnv,
): Promise<ActionsFacts> {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN']
  if (!token) return { kind: 'not-asked', why: 'no-token' }
  const fork = remotes.find(({ role }) => role === 'fork')
  const repository = fork && gitHubRepository(fork.url)
  // A token is for one host, and is not shown to another.
  if (repository === undefined || repository.split('/').length !== 2)
    return { kind: 'not-asked', why: 'no-repository' }
  const api = env['GITHUB_API_URL'] || 'https://api.github.com'
  try {
    const answer = await fetch(`${api}/repos/${repository}/actions/permissions/workflow`, {
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!answer.ok) return { kind: 'no-answer', repository, why: whyNot(answer.status) }
    const told = (await answer.json()) as {
      readonly default_workflow_permissions?: string
      readonly can_approve_pull_request_reviews?: boolean
    }
    return {
      kind: 'answered',
      repository,
      mayWrite: told.default_workflow_permissions === 'write',
      mayOpenPullRequests: told.can_approve_pull_request_reviews === true,
    }
  } catch (error) {
    return { kind: 'no-answer', repository, why: error instanceof Error ? error.message : String(error) }
  }
}

function whyNot(status: number): string {
  return status === 403 || status === 404
    ? `it answered ${status}, and asking takes a token of an administrator of the repository`
    : `it answered ${status}`
}
