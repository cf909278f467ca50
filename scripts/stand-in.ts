/**
 * A GitHub to try the App on, without an account: `npm run stand-in`. It serves the demo's upstream and the fork `ada/kubespray`, writes
 * what the App needs to know to `dist/stand-in/env`, waits for the App at its port, and lets Ada install it, merge what it proposes first
 * and ask it something. Ctrl-C ends it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { demoGitHub } from '../test/support/hosted-demo.ts'
import { pause } from '../test/support/until.ts'

const app = `http://127.0.0.1:${process.env['PORT'] || '3000'}`
const { github, fork, people } = await demoGitHub()
const folder = resolve('dist/stand-in')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'key.pem'), github.world.app.privateKey, { mode: 0o600 })
writeFileSync(join(folder, 'env'), settings())
say(`a GitHub of our own is at ${github.url}; the App's settings are in ${join(folder, 'env')}`)
process.on('SIGINT', () => void github.close().then(() => process.exit()))

say(`waiting for the App at ${app}`)
await until(async () => (await fetch(`${app}/readyz`).catch(() => undefined))?.status === 200)
github.webhooks.url = `${app}/api/github/webhooks`
await people.grant('ada', 'admin')
github.install([fork])
say('Ada has installed the App on ada/kubespray')
const onboarding = await pullFrom('multiarch/onboarding')
say(`it opened #${onboarding.number} ${onboarding.title}`)
await people.merge(onboarding.number)
say(`Ada has merged #${onboarding.number}`)
const step = await pullFrom('multiarch/kubespray-')
say(`it opened #${step.number} ${step.title}`)
await people.comment('ada', step.number, '/multiarch plan')
say('Ada has asked for the plan')
const isAnswer = ({ number, author }: { readonly number: number; readonly author: string }) =>
  number === step.number && author.endsWith('[bot]')
await until(() => [...fork.comments.values()].some(isAnswer))
say(
  `it answered:\n${[...fork.comments.values()]
    .find(isAnswer)
    ?.body.replace(/<!--.*?-->/gs, '')
    .trim()}`,
)
say('that was all; Ctrl-C ends it')
// The server goes on by itself.

async function pullFrom(branch: string) {
  const find = () => [...fork.threads.values()].find(({ pull }) => pull?.head.branch.startsWith(branch))
  await until(() => find() !== undefined)
  return find() as NonNullable<ReturnType<typeof find>>
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(200)
}

function settings(): string {
  const { id, webhookSecret } = github.world.app
  const rows = {
    APP_ID: id,
    PRIVATE_KEY_PATH: join(folder, 'key.pem'),
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: github.url,
  }
  return Object.entries(rows)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')
}

function say(what: string): void {
  console.log(what)
}
