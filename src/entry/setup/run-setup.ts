import { randomBytes } from 'node:crypto'
import { webAddress } from '../../adapters/github/api/web-address.ts'
import { CodeNotTaken, convertManifest, type RegisteredApp } from '../../adapters/github/convert-manifest.ts'
import {
  installAddress,
  setupDone,
  setupWaits,
  SETUP_FORMS,
  type SetupForm,
} from '../../core/explain/setup/setup-done.ts'
import * as trouble from '../../core/explain/setup/env-holds.ts'
import { reasonOf } from '../../core/explain/trouble/git-trouble.ts'
import { defined, optional } from '../../core/model/defined.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { TryLater } from '../../ports/try-later.ts'
import { EXIT } from '../commands/exit.ts'
import { sayBlocks } from '../print/say.ts'
import { apiAddress } from '../server/read-env.ts'
import { withoutEnd } from '../../core/text/split-spans.ts'
import { appManifest, describedApp } from './app-manifest.ts'
import { refuseHeld, writeEnv, type EnvLines } from './write-env.ts'
import { openDoor, type Answer, type SetupDoor } from './open-door.ts'
import { failedPage, foreignPage, overPage, startPage } from './start-page.ts'

export interface SetupOptions {
  readonly org?: string
  readonly url?: string
  readonly for: string
  readonly file: string
  readonly port?: string
}

interface SetupWorld {
  readonly env?: NodeJS.ProcessEnv
  /** How long somebody is waited for, milliseconds. */
  readonly longest?: number
}

const LONGEST = 10 * 60_000

/** Registers an App of the person's own with GitHub by its manifest, and writes what it runs with into a file. */
export async function runSetup(
  options: SetupOptions,
  { env = process.env, longest = LONGEST }: SetupWorld = {},
): Promise<number> {
  const wanted = readWanted(options)
  const api = apiAddress(env)
  refuseHeld(options.file)
  const account = accountAt(webAddress(api), wanted.org)
  const door = await openFor(wanted, account)
  const minutes = Math.ceil(longest / 60_000)
  try {
    sayBlocks(setupWaits(door.address, minutes))
    const answer = await door.answer(longest)
    if (answer.kind === 'late') throw new Refusal(trouble.setupLate(minutes))
    if (answer.kind === 'stopped') throw new Refusal(trouble.setupStopped())
    const app = await keyFor(answer, api)
    const settings = `${account}/settings/apps/${app.slug}`
    const { file, ownSecret } = await kept(app, { answer, api, wanted, settings })
    await answer.reply({ to: installAddress(app.page) })
    sayBlocks(
      setupDone(
        Object.assign(
          { slug: app.slug, page: app.page, settings, file, form: wanted.form, ownSecret },
          { hasWebhook: wanted.at !== undefined },
          defined({ instead: file === wanted.file ? undefined : wanted.file }),
        ),
      ),
    )
    return EXIT.done
  } finally {
    await door.close()
  }
}

interface Wanted {
  readonly form: SetupForm
  readonly file: string
  readonly port: number
  readonly org?: string
  readonly at?: string
}

/** Refuses with everything that cannot be meant, at once. */
function readWanted({ org, url, port = '', for: said, file }: SetupOptions): Wanted {
  const form = SETUP_FORMS.find((each) => each === said)
  const problems: Problem[] = []
  if (!form) problems.push(trouble.badForm(said, SETUP_FORMS))
  // GitHub's own rule for logins; those of Enterprise Managed Users have an underscore.
  if (org !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(org))
    problems.push(trouble.badOrganization(org))
  if (url !== undefined && !isAddress(url)) problems.push(trouble.badAddress(url))
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    problems.push(trouble.badPort(port))
  if (!form || problems.length > 0) throw new Refusal(problems)
  // Without one any free port will do: 0.
  return Object.assign(
    { form, file, port: Number(port) },
    defined({ org, at: url === undefined ? undefined : withoutEnd(url, '/') }),
  )
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, search, hash, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && [search, hash, username, password].every((each) => each === '')
}

/** Where the settings of an account begin. */
function accountAt(web: string, org: string | undefined): string {
  return org === undefined ? web : `${web}/organizations/${org}`
}

async function openFor({ org, at, port }: Wanted, account: string): Promise<SetupDoor> {
  const app = describedApp()
  const name = nameFor(app.name, org)
  const web = new URL(account).origin
  try {
    return await openDoor(port, {
      start: ({ back, state }) =>
        startPage(
          Object.assign(
            { app: name, web, permissions: app.default_permissions, events: app.default_events },
            { action: `${account}/settings/apps/new?state=${state}` },
            { manifest: appManifest(app, Object.assign({ name, back }, defined({ at }))) },
            defined({ org, at }),
          ),
        ),
      foreign: foreignPage,
      over: overPage,
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Refusal(trouble.portTaken(port))
  }
}

/** In all of GitHub there is one App of a name, so the plain one is somebody's. 34 characters are the most that GitHub takes. */
function nameFor(name: string, org: string | undefined): string {
  return withoutEnd(`${name}-${org ?? randomBytes(3).toString('hex')}`.slice(0, 34), '-')
}

type Given = Extract<Answer, { readonly kind: 'code' }>

async function keyFor(answer: Given, api: string): Promise<RegisteredApp> {
  try {
    return await convertManifest(api, answer.code)
  } catch (error) {
    await answer.reply({ page: failedPage() })
    if (error instanceof CodeNotTaken) throw new Refusal(trouble.codeNotTaken(error.message))
    if (error instanceof TryLater) throw new Refusal(trouble.codeUnanswered(error.message))
    throw error
  }
}

interface Keeping {
  readonly answer: Given
  readonly api: string
  readonly wanted: Wanted
  /** Where the App is changed. */
  readonly settings: string
}

async function kept(
  app: RegisteredApp,
  { answer, api, wanted, settings }: Keeping,
): Promise<{ readonly file: string; readonly ownSecret: boolean }> {
  const secret = app.webhookSecret ?? randomBytes(32).toString('hex')
  const { file } = wanted
  try {
    const lines = linesOf(app, { secret, api })
    return { file: writeEnv(file, lines, `${file}.${app.slug}`), ownSecret: app.webhookSecret === undefined }
  } catch (error) {
    await answer.reply({ page: failedPage() })
    const why = reasonOf((error as NodeJS.ErrnoException).code ?? String(error))
    throw new Refusal(trouble.keyNotWritten(file, why, settings))
  }
}

function linesOf(
  app: RegisteredApp,
  { secret, api }: { readonly secret: string; readonly api: string },
): EnvLines {
  return Object.assign(
    {
      APP_ID: String(app.id),
      // On one line and without quotes, as Docker, systemd and a shell all read it.
      PRIVATE_KEY: Buffer.from(app.privateKey).toString('base64'),
      WEBHOOK_SECRET: secret,
    },
    optional(api !== 'https://api.github.com', () => ({ GITHUB_API_URL: api })),
  )
}
