import { hostedDemo } from './support/hosted-demo.ts'
import type { PullRequest } from '../src/ports/forge.ts'

/**
 * `npm run demo -- --app`: the App from its installation to up to date, on the made-up fork of the other demo. A server, a GitHub of
 * our own, HTTP both ways and signed webhooks; nothing leaves this machine.
 */
async function demo(): Promise<void> {
  const world = await hostedDemo()
  const { github, fork, people, quiet } = world
  await people.grant('ada', 'admin')
  say(
    `GitHub stands in at ${github.url}, the App listens at ${world.server.url} and gets its webhooks there.`,
  )

  heading('Ada installs the App on ada/kubespray')
  github.install([fork])
  await quiet()
  let open = await newest('multiarch/onboarding')
  show(open)

  heading('Ada merges it, and the first step follows')
  await people.merge(open.number)
  await quiet()
  const [first] = await steps()
  if (!first) throw new Error('the demo has a release to go to')
  show(first)

  heading(`Ada comments on #${first.number}: /multiarch explain 6`)
  await answered(first.number, '/multiarch explain 6')
  heading(`Eve, who may only read, comments: /multiarch recreate`)
  await answered(first.number, '/multiarch recreate', 'eve')

  heading('Ada merges step after step')
  for ([open] = [first] as [PullRequest]; ;) {
    await people.merge(open.number)
    await quiet()
    const [next] = await steps()
    if (!next) break
    say(`#${next.number} ${next.title}`)
    open = next
  }

  heading('The dashboard')
  say((await (await world.open()).issues.ours('multiarch-dashboard'))?.body ?? '')
  say(`${github.requests.length} requests to GitHub, ${github.webhooks.deliveries.length} webhooks from it.`)
  await world.close()

  async function newest(branch: string): Promise<PullRequest> {
    const [found] = await (await world.open()).pullRequests.from(branch)
    if (!found) throw new Error(`no pull request from ${branch}`)
    return found
  }

  async function steps(): Promise<readonly PullRequest[]> {
    return (await world.open()).pullRequests.openUnder('multiarch/')
  }

  async function answered(number: number, command: string, login = 'ada'): Promise<void> {
    await people.comment(login, number, command)
    await quiet()
    say((await (await world.open()).comments.on(number)).at(-1)?.body ?? '')
  }
}

function show({ number, title, body, draft }: PullRequest): void {
  say(`# ${title} (#${number}${draft ? ', draft' : ''})\n\n${body}`)
}

function heading(text: string): void {
  say(`\n${'─'.repeat(100)}\n${text}\n`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

await demo()
