import { gitText } from '../github/git.ts'
import type { ShapeName } from '../github/shapes.ts'
import { answersTo, deathsAt, type Death } from './deaths.ts'
import { until } from './until.ts'
import { serverAndWorkers } from './worker-processes.ts'

const STEP = 'multiarch/kubespray-2.9.0'
/** Seconds. On a machine with other things to do a worker that lives may not say so every second, and is taken for dead. */
const LEASE = 6
const DECISIONS = 'refs/multiarch/decisions'

/**
 * The same with a server and workers on Redis, each a process of its own: one is killed at each request in turn, another takes the job
 * over; or GitHub answers it so, and whoever the queue gives the job to tries again, minutes later where it has to wait. Hold and resume take turns, so that each changes something; `equal` is that it was decided once and stands on the dashboard.
 */
export async function deathsOfWorkers(cli: string, fault: ShapeName | 'killed'): Promise<readonly Death[]> {
  const { github, fork, people, start, opened, dashboardSays, close } = await serverAndWorkers(cli, {
    lease: LEASE,
  })
  const note = github.requests.push.bind(github.requests)
  try {
    await people.grant('ada', 'admin')
    let worker = start('worker')
    github.install([fork])
    const [onboarding] = await opened('multiarch/onboarding')
    await people.merge(onboarding?.number ?? 0)
    const number = (await opened(STEP))[0]?.number ?? 0
    await dashboardSays(`#${number}`)

    const decided = () =>
      gitText(fork.gitDir, ['for-each-ref', DECISIONS]) === ''
        ? 0
        : Number(gitText(fork.gitDir, ['rev-list', '--count', DECISIONS]))
    let isHeld = false
    /** Says the other of the two, and waits for its answer. */
    const command = async () => {
      isHeld = !isHeld
      const before = decided()
      const id = await people.comment('ada', number, isHeld ? '/multiarch hold' : '/multiarch resume')
      await until(() => answersTo(id, fork) > 0)
      // Whatever is left of the job, or of its twin, has ended by then.
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      const board = [...fork.threads.values()].find(({ pull }) => !pull)?.body ?? ''
      return {
        equal: decided() === before + 1 && board.includes('**On hold**') === isHeld,
        answers: answersTo(id, fork),
      }
    }
    const fresh = () => {
      worker.kill('SIGKILL')
      worker = start('worker')
    }

    // Each begins with a worker that knows nothing, as the one that is killed does.
    fresh()
    const from = github.requests.length
    await command()
    const kinds = github.requests.slice(from).map(({ kind }) => kind)
    const deaths: Death[] = []
    for (const at of deathsAt(kinds)) {
      fresh()
      let asked = 0
      const shape = fault === 'killed' ? 'cut-connection' : fault
      github.fail({ shape, skip: at.call - 1, when: at.when })
      github.requests.push = (...requests) => {
        asked += requests.length
        if (asked === at.call && fault === 'killed') fresh()
        return note(...requests)
      }
      deaths.push({ ...at, ...(await command()) })
      github.requests.push = note
      github.clearFaults()
    }
    if (github.violations.length > 0) throw new Error(github.violations.join('\n'))
    return deaths
  } finally {
    github.requests.push = note
    await close()
  }
}
