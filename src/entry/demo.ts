import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GitObjectStore } from '../adapters/git/git-object-store.ts'
import { runGit } from '../adapters/git/run-git.ts'
import { planFork } from '../app/plan/plan-fork.ts'
import { upgrade } from '../app/step/upgrade.ts'
import { terminal } from '../core/explain/blocks/terminal.ts'
import { planBlocks } from '../core/explain/texts/plan-blocks.ts'
import { finishedBlocks } from './print/finished-blocks.ts'
import { planFacts } from './print/plan-facts.ts'
import { writeDemoHistory } from './demo/write-demo-history.ts'

const FIXTURE = fileURLToPath(new URL('../../fixtures/demo', import.meta.url))

/** `npm run demo`: the main job on a small made-up fork, in a throw-away repository. `--keep` leaves it behind to look at. */
async function demo(keep: boolean): Promise<void> {
  const gitDir = await mkdtemp(join(tmpdir(), 'multiarch-demo-'))
  await runGit({ gitDir }, ['init', '--quiet', '--bare', '--initial-branch=main'])
  const store = new GitObjectStore({ gitDir })
  try {
    await writeDemoHistory(store, FIXTURE)
    await tell(store)
    if (keep) say(`The repository is in ${gitDir}.`)
  } finally {
    await store.close()
    if (!keep) await rm(gitDir, { recursive: true, force: true })
  }
}

async function tell(store: GitObjectStore): Promise<void> {
  const where = { upstreamRemotes: ['upstream'] }
  say('A small fork of a made-up upstream that is laid out as Kubespray was from v2.8 to v2.11.')
  heading('$ multiarch plan demo')
  say(terminal(planBlocks(planFacts(await planFork(store, where)))))
  heading('$ multiarch upgrade demo')
  const done = await upgrade(store, { ...where, write: 'branch' })
  if (done?.kind !== 'upgraded') throw new Error('the demo has a release to go to')
  say(terminal(finishedBlocks(done)))
  heading('The proposal, as it would stand in a pull request')
  say(`# ${done.text.title}\n\n${done.text.body}`)
  heading('$ multiarch upgrade demo     (once more)')
  const again = await upgrade(store, { ...where, write: 'branch' })
  if (again?.kind !== 'upgraded' || again.written?.change !== 'unchanged')
    throw new Error('a second run should have had nothing to do')
  say(`Nothing to do: \`${again.written.name}\` is what I would write.`)
}

function heading(text: string): void {
  say(`\n${'─'.repeat(100)}\n${text}\n`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

await demo(process.argv.includes('--keep'))
