import type { LineComments } from '../../../ports/forge.ts'
import { GitHubFailure } from '../api/failure-of.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { readAccount, type GivenUser } from './read-account.ts'

interface GivenLineComment {
  readonly path: string
  readonly body: string
  readonly user: GivenUser | null
}

export function githubLineComments(api: RepositoryApi, login: string): LineComments {
  return {
    ours: async (number) => {
      const given = await api.list<GivenLineComment>('GET /pulls/{number}/comments', { number })
      return given
        .filter(({ user }) => readAccount(user, login).kind === 'us')
        .map(({ path, body }) => ({ path, body }))
    },
    add: async (number, { at, path, from, to, body }) => {
      const start = from < to ? { start_line: from, start_side: 'RIGHT' } : {}
      const comment = { number, commit_id: at, path, body, line: to, side: 'RIGHT', ...start }
      try {
        await api.request('POST /pulls/{number}/comments', comment)
        return true
      } catch (error) {
        // The lines are not in the diff, or GitHub does not show so much of it.
        if (!(error instanceof GitHubFailure) || error.status !== 422) throw error
        return false
      }
    },
  }
}
