import { defined } from '../../../core/model/defined.ts'
import type { Releases } from '../../../ports/forge.ts'
import { ifFound } from '../api/if-found.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

export function githubReleases(api: RepositoryApi): Releases {
  return {
    of: async (tag) => {
      const given = await ifFound(api.request<GivenRelease>('GET /releases/tags/{tag}', { tag }))
      if (!given) return undefined
      const { tag_name, name, body, html_url, published_at: published } = given.data
      const publishedAt = published ? Date.parse(published) : undefined
      const told = { tag: tag_name, title: name ?? tag_name, notes: body ?? '', url: html_url }
      return { ...told, ...defined({ publishedAt: Number.isNaN(publishedAt) ? undefined : publishedAt }) }
    },
    look: async (mark) => {
      // All release tags with what they point to, so that a tag that was moved shows as well. An answer that has not
      // changed costs nothing of the hour's requests.
      const headers = mark === undefined ? {} : { 'if-none-match': mark }
      const { status, headers: answered } = await api.request('GET /git/matching-refs/tags/v', { headers })
      const etag = String(answered.etag ?? '')
      return status === 304 ? { mark: mark ?? etag, changed: false } : { mark: etag, changed: true }
    },
  }
}

interface GivenRelease {
  readonly tag_name: string
  readonly name: string | null
  readonly body?: string | null
  readonly html_url: string
  readonly published_at?: string | null
}
