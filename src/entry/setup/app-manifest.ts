import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { readConfigSource } from '../../core/yaml/values/read-config-source.ts'
import { shippedFile } from '../print/version.ts'

/** What `app.yml` says of the App: the one place where its permissions and events are listed. */
const described = z.object({
  name: z.string(),
  url: z.string(),
  description: z.string(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

type DescribedApp = z.output<typeof described>

/** Reads `app.yml`, which stands beside `package.json` in the sources and in the package alike. */
export function describedApp(): DescribedApp {
  return described.parse(readConfigSource(readFileSync(shippedFile('app.yml'), 'utf8')).value)
}

/** An App's manifest, by GitHub's names. */
export interface AppManifest extends DescribedApp {
  readonly public: boolean
  readonly redirect_url: string
  readonly hook_attributes: { readonly url: string; readonly active: boolean }
}

interface ManifestRequest {
  readonly name: string
  /** Where GitHub sends whoever registered it. */
  readonly back: string
  /** The address at which `serve` is reached from outside; without one GitHub tells the App nothing. */
  readonly at?: string
}

/** The manifest that GitHub is handed: what `app.yml` lists, for the account alone that registers it. */
export function appManifest(app: DescribedApp, { name, back, at }: ManifestRequest): AppManifest {
  const hook =
    at === undefined ? { url: NOWHERE, active: false } : { url: `${at}${WEBHOOK_PATH}`, active: true }
  // A machine of one's own works for whoever may install the App.
  return Object.assign({ public: false, redirect_url: back, hook_attributes: hook }, app, { name })
}

/** Where `serve` takes webhooks. */
const WEBHOOK_PATH = '/api/github/webhooks'

/** GitHub asks for some address even where it sends nothing; this one is nobody's, by RFC 2606. */
const NOWHERE = `https://example.com${WEBHOOK_PATH}`

/** GitHub's form to register an App with everything filled in that `app.yml` says; the webhook's address and secret are not among it. */
export function prefilledAddress(app: DescribedApp): string {
  const query = [
    ['name', app.name],
    ['url', app.url],
    ['public', 'false'],
    ['webhook_active', 'true'],
    ...Object.entries(app.default_permissions),
    ...app.default_events.map((event) => ['events[]', event] as const),
  ] as const
  const words = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `https://github.com/settings/apps/new?${words.join('&')}`
}
