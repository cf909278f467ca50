import { defined } from '../../core/model/defined.ts'
import { connectWithToken } from './api/connection.ts'
import { GitHubFailure, unread } from './api/failure-of.ts'

/** An App that was registered from a manifest, with what only its owner may know. */
export interface RegisteredApp {
  readonly id: number
  readonly slug: string
  /** Its page, for people. */
  readonly page: string
  /** PEM. */
  readonly privateKey: string
  /** GitHub may give none to an App that is told nothing. */
  readonly webhookSecret?: string
}

/** GitHub does not take the code: it is older than an hour, was used before, or is none. */
export class CodeNotTaken extends Error {}

const ROUTE = 'POST /app-manifests/{code}/conversions'

/** Hands in the code that GitHub gave the browser, once, for the App's id and key. Rejects with `CodeNotTaken`, or as every request does. */
export async function convertManifest(baseUrl: string, code: string): Promise<RegisteredApp> {
  const api = connectWithToken({ baseUrl })
  const { data } = await api.request<GivenApp>(ROUTE, { code }).catch((error: unknown) => {
    if (error instanceof GitHubFailure && NOT_TAKEN.includes(error.status))
      throw new CodeNotTaken(error.message)
    throw error
  })
  const { id, slug, html_url: page, pem, webhook_secret: secret } = data
  if (typeof id !== 'number' || typeof pem !== 'string' || typeof page !== 'string')
    throw unread(ROUTE, api.now())
  return Object.assign(
    { id, slug: slug ?? String(id), page, privateKey: pem },
    defined({ webhookSecret: secret ?? undefined }),
  )
}

const NOT_TAKEN: readonly number[] = [404, 410, 422]

interface GivenApp {
  readonly id?: number
  readonly slug?: string
  readonly html_url?: string
  readonly pem?: string
  readonly webhook_secret?: string | null
}
