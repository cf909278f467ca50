import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { Failure } from '../github/call.ts'
import { gitText } from '../github/git.ts'
import { changeRefs } from '../github/refs.ts'
import type { Repo, Thread } from '../github/world.ts'
import { historyIn, type Files } from './history.ts'
import type { Random } from './random.ts'
import type { FaultWorld } from './fault-world.ts'
import type { LayoutName } from './soak-layouts.ts'
import type { VirtualQueue } from './virtual-queue.ts'

/** A repository in which people work, and what they added to it. */
export interface SoakPlace {
  readonly repo: Repo
  readonly layout: LayoutName
  /** Where its default branch stood before anybody did anything. */
  readonly begun: string
  readonly lines: OwnLine[]
  /** The pull requests that somebody opened again, once for each time. */
  readonly reopened: number[]
}

/** A line that nobody else would write. */
export interface OwnLine {
  readonly mark: string
  readonly path: string
  readonly commit: string
  /** The branch it was pushed to. */
  readonly branch: string
}

export interface Soaked {
  readonly world: FaultWorld
  readonly places: readonly SoakPlace[]
  readonly queue: VirtualQueue
  readonly counts: Record<string, number>
  /** Why a job was put off last, by its key. */
  readonly putOff: ReadonlyMap<string, string>
  /** Ends the App's process, and with it all that it knows; the next one begins when it is needed. */
  restart(): void
}

const COMMANDS = [
  ...['hold', 'resume', 'resume', 'plan', 'help', 'explain 1', 'rebase', 'recreate', 'recheck'],
  ...['drop 1', 'drop 2', 'keep 1', 'keep 2', 'take 1 mine', 'take 2 upstream', 'take 1 both', 'applied'],
  'drop 1\n/multiarch plan\n/multiarch keep 1',
]

/** Says what was done; `undefined` where nothing can be. */
type Act = (soaked: Soaked, place: SoakPlace, random: Random) => Promise<string | undefined>

/** By how often they happen. */
const ACTS: readonly (readonly [number, Act])[] = [
  [26, pushToMain],
  [12, pushToStep],
  [30, comment],
  [18, merge],
  [3, close],
  [3, reopen],
  [4, tick],
  [3, press],
  [2, release],
]

/** One thing that somebody does somewhere; where it cannot be done, something else is. */
export async function actSomewhere(soaked: Soaked, random: Random): Promise<string> {
  for (;;) {
    const done = await actOnce(soaked, random)
    if (done !== undefined) return done
  }
}

async function actOnce(soaked: Soaked, random: Random): Promise<string | undefined> {
  const all = ACTS.reduce((sum, [weight]) => sum + weight, 0)
  let left = random.below(all)
  const [, act] = ACTS.find(([weight]) => (left -= weight) < 0) ?? [0, pushToMain]
  const place = soaked.places[random.below(soaked.places.length)]
  if (!place) throw new Error('there is no repository')
  try {
    return await act(soaked, place, random)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return 'refused by GitHub'
  }
}

let marks = 0

async function pushToMain(soaked: Soaked, place: SoakPlace, random: Random): Promise<string> {
  const mark = `own-${++marks}-${place.repo.owner}`
  // Now and then where a release writes as well, most often where nobody else does.
  const shared = ['README.md', 'inventory/home/notes.md', 'roles/download/defaults/main.yml']
  const path = random.below(4) === 0 ? (shared[random.below(3)] ?? '') : `notes/${mark}.md`
  const before = textAt(place.repo, 'main', path)
  await push(soaked, place, { branch: 'main', path, mark, text: `${before}# ${mark}\n` })
  return 'push to main'
}

async function pushToStep(soaked: Soaked, place: SoakPlace): Promise<string | undefined> {
  const [pull] = openPulls(place.repo)
  if (!pull?.pull) return undefined
  const mark = `own-${++marks}-${place.repo.owner}`
  const path = `notes/${mark}.md`
  await push(soaked, place, { branch: pull.pull.head.branch, path, mark, text: `# ${mark}\n` })
  return 'push to a step'
}

async function push(
  { world: { github } }: Soaked,
  { repo, lines }: SoakPlace,
  { branch, path, mark, text }: { branch: string; path: string; mark: string; text: string },
): Promise<void> {
  const tip = tipOf(repo, branch) as Oid
  const made = await commitOn(repo, { parent: tip, files: { [path]: text }, message: `Note ${mark}` })
  const actor = { kind: 'person', login: repo.owner } as const
  const ref = { name: `refs/heads/${branch}`, before: tip, after: made, force: false }
  changeRefs({ world: github.world, webhooks: github.webhooks }, repo, { actor, refs: [ref] })
  lines.push({ mark, path, commit: made, branch })
}

async function comment(
  { world: { github } }: Soaked,
  { repo }: SoakPlace,
  random: Random,
): Promise<string | undefined> {
  const board = [...repo.threads.values()].find(({ pull }) => !pull)
  const thread = openPulls(repo)[0] ?? board
  const command = COMMANDS[random.below(COMMANDS.length)]
  if (!thread) return undefined
  await github.people(repo).comment(repo.owner, thread.number, `/multiarch ${command}`)
  return 'comment'
}

async function merge(
  { world: { github } }: Soaked,
  { repo }: SoakPlace,
  random: Random,
): Promise<string | undefined> {
  const [pull] = openPulls(repo)
  if (!pull) return undefined
  await github.people(repo).merge(pull.number, random.below(4) === 0 ? 'squash' : 'merge')
  return 'merge'
}

async function close({ world: { github } }: Soaked, { repo }: SoakPlace): Promise<string | undefined> {
  const [pull] = openPulls(repo)
  if (!pull) return undefined
  await github.people(repo).close(pull.number)
  return 'close'
}

async function reopen(
  { world: { github } }: Soaked,
  { repo, reopened }: SoakPlace,
): Promise<string | undefined> {
  const closed = [...repo.threads.values()].findLast(
    ({ pull, state }) =>
      pull &&
      state === 'closed' &&
      pull.mergedAs === undefined &&
      // GitHub opens none again beside another from the same branch.
      !openPulls(repo).some((each) => each.pull?.head.branch === pull.head.branch) &&
      tipOf(repo, pull.head.branch),
  )
  if (!closed) return undefined
  await github.people(repo).reopen(closed.number)
  reopened.push(closed.number)
  return 'reopen'
}

async function tick(
  { world: { github } }: Soaked,
  { repo }: SoakPlace,
  random: Random,
): Promise<string | undefined> {
  const board = [...repo.threads.values()].find(({ pull }) => !pull)
  if (!board) return undefined
  const boxes = board.body.split('- [ ] ')
  const at = 1 + random.below(Math.max(1, boxes.length - 1))
  const marked = boxes.slice(1).map((part, index) => `- [${index + 1 === at ? 'x' : ' '}] ${part}`)
  const body = [boxes[0] ?? '', ...marked].join('')
  await github.people(repo).editAs(repo.owner, board.number, body)
  return 'tick'
}

async function press(
  { world: { github } }: Soaked,
  { repo }: SoakPlace,
  random: Random,
): Promise<string | undefined> {
  const [pull] = openPulls(repo)
  const at = pull?.pull && tipOf(repo, pull.pull.head.branch)
  const check = repo.checks.findLast(({ headSha }) => headSha === at)
  const button = check?.actions[random.below(Math.max(1, check.actions.length))]
  if (at === undefined || !check || !button) return undefined
  await github.people(repo).press(repo.owner, { at, name: check.name, button: String(button.identifier) })
  return 'press'
}

/** Upstream makes the next minor release of the demo's, or a patch release of the newest. */
async function release({ world }: Soaked, _: SoakPlace, random: Random): Promise<string> {
  const { upstream, releases } = world
  const tags = gitText(upstream.gitDir, ['tag', '--list']).split('\n')
  const next = ['v2.10.0', 'v2.11.0'].find((tag) => !tags.includes(tag))
  if (next !== undefined && random.below(2) === 0) {
    gitText(upstream.gitDir, ['update-ref', `refs/tags/${next}`, String(releases[next])])
    return 'release'
  }
  const minor =
    ['v2.11', 'v2.10', 'v2.9'].find((each) => tags.some((tag) => tag.startsWith(`${each}.`))) ?? 'v2.9'
  const patch = tags.filter((tag) => tag.startsWith(`${minor}.`)).length
  const parent = gitText(upstream.gitDir, ['rev-parse', `refs/tags/${minor}.${patch - 1}^{commit}`]) as Oid
  const readme = gitText(upstream.gitDir, ['show', `${parent}:README.md`])
  const files = {
    'README.md': `${readme}\nPatch ${patch} of ${minor}.\n`,
    [`docs/${minor}.${patch}.md`]: 'New.\n',
  }
  const made = await commitOn(upstream, { parent, files, message: `Release ${minor}.${patch}` })
  gitText(upstream.gitDir, ['update-ref', `refs/tags/${minor}.${patch}`, made])
  return 'release'
}

export function openPulls(repo: Repo): readonly Thread[] {
  return [...repo.threads.values()].filter(({ pull, state }) => pull && state === 'open')
}

function textAt(repo: Repo, branch: string, path: string): string {
  const found = gitText(repo.gitDir, ['ls-tree', '--name-only', `refs/heads/${branch}`, path])
  return found === '' ? '' : `${gitText(repo.gitDir, ['show', `refs/heads/${branch}:${path}`])}\n`
}

async function commitOn(
  repo: Repo,
  { parent, files, message }: { readonly parent: Oid; readonly files: Files; readonly message: string },
): Promise<Oid> {
  const store = new GitObjectStore({ gitDir: repo.gitDir })
  try {
    const author = { name: repo.owner, email: `${repo.owner}@example.com`, time: 1_700_000_000 + marks }
    return await historyIn(store).commit(message, files, { parents: [parent], author })
  } finally {
    await store.close()
  }
}

function tipOf({ gitDir }: Repo, branch: string): string | undefined {
  return gitText(gitDir, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]) || undefined
}
