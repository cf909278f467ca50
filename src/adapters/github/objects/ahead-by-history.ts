import type { Oid } from '../../../core/model/oid.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { historyPages } from './history-pages.ts'

/**
 * The commits reachable from `to` and not from `from`, by both whole histories: a hundred requests and more, but none of them is too much
 * for GitHub, as comparing over a long range may be. `undefined` for unrelated histories.
 */
export async function aheadByHistory(api: RepositoryApi, from: Oid, to: Oid): Promise<Oid[] | undefined> {
  const behind = new Set<Oid>()
  for await (const page of historyPages(api, from)) for (const oid of page) behind.add(oid)
  const ahead: Oid[] = []
  let isRelated = false
  for await (const page of historyPages(api, to)) {
    ahead.push(...page.filter((oid) => !behind.has(oid)))
    isRelated ||= page.some((oid) => behind.has(oid))
  }
  return isRelated ? ahead : undefined
}
