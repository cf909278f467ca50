import { expect, test } from 'vitest'
import { gitText } from '../../github/git.ts'
import { appStory, onboarded, type AppStory } from '../../support/app-story.ts'
import { infrastructure } from '../../support/infrastructure.ts'
import { HELD, inventoryAt, OWN, THREE_CLUSTERS } from '../../support/three-clusters.ts'

const RELEASES = ['v2.8.0', 'v2.9.0', 'v2.10.0']

async function threeClusters(more = ''): Promise<AppStory> {
  const { world } = await infrastructure(HELD)
  const before = async (story: AppStory): Promise<void> => {
    takeMain(story, world.path)
    await Promise.resolve()
  }
  return onboarded(THREE_CLUSTERS + more, { fork: 'copied', releases: RELEASES, before })
}

/** The branch of a clone becomes the repository's. */
function takeMain({ fork }: AppStory, path: string): void {
  gitText(fork.gitDir, ['fetch', '--quiet', '--no-tags', path, '+refs/heads/main:refs/heads/main'])
}

/** The files that the step of a cluster changes. */
function changed(story: AppStory, branch: string): readonly string[] {
  return story.git('diff', '--name-only', `refs/heads/main...refs/heads/${branch}`).split('\n')
}

function clusterOf(branch: string): string {
  return branch.split('/')[1] ?? ''
}

test('found by looking: places that disagree, each beside its own inventories, are proposed as clusters and asked about', async () => {
  const { world } = await infrastructure({
    files: {
      ...inventoryAt('prod/inventory'),
      ...inventoryAt('lab/inventory', 'v1.13.5'),
      'prod/Dockerfile': 'FROM quay.io/kubespray/kubespray:v2.8.0\n',
      'lab/Dockerfile': 'FROM quay.io/kubespray/kubespray:v2.9.0\n',
    },
  })
  const story = await appStory({ fork: 'copied', releases: RELEASES })
  takeMain(story, world.path)
  story.github.install([story.fork])
  await story.settle()
  expect(story.file('multiarch/onboarding', '.github/multiarch.yml')).toMatch(
    /^clusters:\n {2}lab: \{ folder: lab \} # v2\.9\.0\n {2}prod: \{ folder: prod \} # v2\.8\.0\n/m,
  )
  const { body } = await story.pull('multiarch/onboarding')
  expect(body).toMatch(/- \[ \] Are these 2 clusters/)
  expect(body).toMatch(/Cluster `lab`[^]*stands on Kubespray [^]*v2\.9\.0[^]*Cluster `prod`[^]*v2\.8\.0/)
  await story.merge('multiarch/onboarding')
  expect((await story.open()).map(clusterOf).sort()).toEqual(['lab', 'prod'])
})

test('three clusters on two releases: a step each, one dashboard, one limit, and nobody’s files are touched', async () => {
  const story = await threeClusters()
  const first = await story.open()
  expect(first.map(clusterOf).sort()).toEqual(['prod', 'staging'])
  for (const branch of first) {
    const own = OWN[clusterOf(branch)] ?? []
    const files = changed(story, branch)
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((path) => !own.some((place) => path.startsWith(place)))).toEqual([])
    const pull = await story.pull(branch)
    expect(pull.title).toMatch(new RegExp(`^${clusterOf(branch)}: Upgrade`))
  }
  const board = await story.dashboard()
  expect(board).toMatch(/`prod`: `main` stands on Kubespray `?v2\.8\.0/)
  expect(board).toMatch(/`staging`: `main` stands on Kubespray `?v2\.8\.0/)
  expect(board).toMatch(/`lab`: `main` stands on Kubespray `?v2\.9\.0/)
  expect(board).toMatch(
    /`lab`: Before the next step I wait for .*`pull-requests\.max-open` in the settings is 2/,
  )

  // What is said in a cluster's pull request is about that one.
  const [prod = '', staging = ''] = [...first].sort()
  const { number } = await story.pull(staging)
  expect(await story.say('ada', number, '/multiarch hold')).toContain('for the cluster `staging`')
  const held = await story.dashboard()
  expect(held).toMatch(/`staging`: .*\*\*On hold\*\*/)
  expect(held.match(/On hold/g)).toHaveLength(1)

  const before = story.git('rev-parse', 'refs/heads/main:inventory/staging', 'refs/heads/main:deps')
  await story.merge(prod, 'squash')
  expect(story.git('rev-parse', 'refs/heads/main:inventory/staging', 'refs/heads/main:deps')).toBe(before)
  const next = await story.open()
  expect(next).toContain(staging)
  expect(next).toHaveLength(2)
  expect(await story.dashboard()).toMatch(/`staging`: `main` stands on Kubespray `?v2\.8\.0/)
  expect(await story.say('ada', number, '/multiarch resume')).toContain('with the cluster `staging`')
  expect(await story.dashboard()).not.toContain('On hold')

  // What is said on the dashboard is about all of them.
  const board2 = await story.dashboardNumber()
  expect(await story.say('ada', board2, '/multiarch applied')).toMatch(
    /several clusters here .*I noted nothing/,
  )
  expect(await story.say('ada', board2, '/multiarch hold')).toContain('in this repository')
  expect(await story.say('ada', number, '/multiarch resume')).toContain('on the dashboard ends that')
  expect(await story.say('ada', board2, '/multiarch resume')).toBe(
    'I go on: nothing is on hold, and no release counts as skipped.',
  )
  expect(await story.dashboard()).not.toContain('On hold')
})
