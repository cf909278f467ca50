import { lines, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, link, say } from '../blocks/text.ts'
import { documentation } from '../texts/documentation.ts'

/** How the App is going to run. */
export const SETUP_FORMS = ['env', 'lambda', 'kubernetes'] as const
export type SetupForm = (typeof SETUP_FORMS)[number]

/** What is said while somebody is waited for. */
export function setupWaits(address: string, minutes: number): readonly Block[] {
  return [
    paragraph(
      say`Open this in a browser of this machine, where you are logged in to GitHub, and follow its button:`,
    ),
    lines([address]),
    paragraph(say`I wait ${minutes} minutes. Ctrl-C ends it, and leaves nothing behind.`),
  ]
}

interface DoneFacts {
  readonly slug: string
  /** Where everybody sees the App, and where its owner changes it. */
  readonly page: string
  readonly settings: string
  readonly file: string
  /** What was asked for, where it is another one: that had settings in it by then. */
  readonly instead?: string
  readonly form: SetupForm
  readonly hasWebhook: boolean
  /** Whether the secret is ours, because GitHub gave none. */
  readonly ownSecret: boolean
}

/** What is there now, and what comes next. Of the secrets only the file is named. */
export function setupDone(facts: DoneFacts): readonly Block[] {
  const { slug, page, settings, file, instead, form, hasWebhook, ownSecret } = facts
  return [
    paragraph(
      say`${bold`The App ${code(slug)} is registered.`} Its id, its key and its webhook secret are in ${code(file)}, which only you can read.`,
    ),
    ...(instead === undefined
      ? []
      : [paragraph(say`${code(instead)} got settings of an App meanwhile, and stays as it is.`)]),
    ...(ownSecret && hasWebhook
      ? [
          paragraph(
            say`GitHub gave it no webhook secret. I made one: enter ${code('WEBHOOK_SECRET')} of that file in ${link(settings, ['the App’s settings'])} before you start it.`,
          ),
        ]
      : []),
    paragraph(say`Install it on your fork: ${link(installAddress(page), [installAddress(page)])}`),
    paragraph(say`Then run it:`),
    lines(RUN[form](file, hasWebhook), 'sh'),
    ...afterwards(facts),
  ]
}

export function installAddress(page: string): string {
  return `${page}/installations/new`
}

const RUN: Readonly<Record<SetupForm, (file: string, hasWebhook: boolean) => readonly string[]>> = {
  env: (file, hasWebhook) => [...reading(file), hasWebhook ? 'multiarch serve' : 'multiarch sweep'],
  kubernetes: (file) => [
    'kubectl create namespace multiarch',
    `kubectl --namespace multiarch create secret generic multiarch --from-env-file=${word(file)}`,
    'kubectl apply --filename deploy/kubernetes/multiarch.yaml',
  ],
  lambda: (file) => [
    ...reading(file),
    'aws ssm put-parameter --type SecureString --name /multiarch/webhook-secret --value "$WEBHOOK_SECRET"',
    'aws ssm put-parameter --type SecureString --name /multiarch/private-key --value "$PRIVATE_KEY"',
    '(cd deploy/aws && sam deploy --guided --parameter-overrides AppId="$APP_ID")',
  ],
}

function reading(file: string): readonly string[] {
  // A name without a slash would be looked for in PATH.
  return ['set -a', `. ${word(file.includes('/') ? file : `./${file}`)}`, 'set +a']
}

/** As a shell reads it. */
function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function afterwards({ form, hasWebhook, ownSecret, settings }: DoneFacts): readonly Block[] {
  const more = say`${link(documentation('deployment.md'), ['docs/deployment.md'])} says more.`
  if (hasWebhook) return [paragraph(more)]
  if (form === 'env')
    return [
      paragraph(
        say`It has no address that GitHub could reach, so it hears nothing: let a clock run ${code('multiarch sweep')}. ${link(documentation('deployment.md#by-the-clock'), ['docs/deployment.md'])} has the timer.`,
      ),
    ]
  const secret = ownSecret ? say`, with ${code('WEBHOOK_SECRET')} of that file as its secret` : ''
  const address =
    form === 'lambda'
      ? say`Once it runs, enter ${code('WebhookUrl')}, which that prints,`
      : say`Once it has an address, enter that with ${code('/api/github/webhooks')} behind it`
  return [
    paragraph(
      say`${address} as the webhook’s URL in ${link(settings, ['the App’s settings'])}${secret}, and tick ${code('Active')}. ${more}`,
    ),
  ]
}
