import { describe, expect, test } from 'vitest'
import { onboarded, STEP, type AppStory } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const EARLY = { releases: ['v2.8.0', 'v2.9.0'] }

async function withStep(config?: string): Promise<AppStory & { readonly number: number }> {
  const story = await onboarded(config, EARLY)
  return { ...story, number: (await story.pull(BRANCH)).number }
}

test('each command is answered in words, over the wire', async () => {
  const { say, number } = await withStep()
  const answers: Record<string, string> = {}
  const commands = [
    'recheck',
    'rebase',
    'plan',
    'explain 4',
    'explain nothing of the kind',
    'rechek',
    'keep 2',
    'applied',
    'help',
  ]
  for (const command of commands) {
    const said = await say('ada', number, `/multiarch ${command}`)
    answers[command] = said.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://github.test')
  }
  expect(answers).toMatchInlineSnapshot(`
    {
      "applied": "Noted: the cluster runs \`v2.8.0\` with Kubernetes \`1.12.3\`. Nothing waited for it: without \`advance: on-applied\` the next step follows the merge.",
      "explain 4": "<details open>
    <summary><a name="patch-4"></a><b>4. Use flannel images with a manifest for every architecture</b>: clean <a href="#user-content-row-4">↑</a></summary>

    From [\`5cd2cd674\`](https://github.test/ada/kubespray/commit/5cd2cd674c684e98197bd47d493e382b71c3b987) by Fork owner.

    - \`roles/download/defaults/main.yml\`: **clean**. Merged line by line.

    \`roles/download/defaults/main.yml\`, the same lines as before:

    \`\`\`diff
    @@ -61,9 +61,9 @@
     pod_infra_image_repo: "gcr.io/google_containers/pause-{{ image_arch }}"
     pod_infra_image_tag: "{{ pod_infra_version }}"
     
    -flannel_image_repo: "quay.io/coreos/flannel"
    +flannel_image_repo: "registry.example.org/multiarch/flannel"
     flannel_image_tag: "{{ flannel_version }}"
    -flannel_cni_image_repo: "quay.io/coreos/flannel-cni"
    +flannel_cni_image_repo: "registry.example.org/multiarch/flannel-cni"
     flannel_cni_image_tag: "{{ flannel_cni_version }}"
     
     ingress_nginx_controller_image_repo: "quay.io/kubernetes-ingress-controller/nginx-ingress-controller"
    \`\`\`

    </details>",
      "explain nothing of the kind": "I find no patch \`nothing of the kind\` in this pull request. Its number in the table is the surest name.",
      "help": "These are the commands I know here:

    - \`/multiarch recheck\` judges the pull request as it is now and updates its check, text and verdicts
    - \`/multiarch rebase\` builds the pull request again on the branch it goes to, as that is now
    - \`/multiarch recreate\` throws the branch away, a person’s commits on it included, and builds it from nothing
    - \`/multiarch plan\` shows the whole route to the newest release, with the reason for each step
    - \`/multiarch explain <patch>\` shows what became of one patch, file by file, with the evidence
    - \`/multiarch take <patch> [<file>] mine|upstream|both\` settles what a patch has in conflict, all of it or one file, with the side you name
    - \`/multiarch forget <patch>\` takes back how conflicts of a patch were settled, here and at earlier releases
    - \`/multiarch keep <patch>\` carries a patch that I proposed to drop
    - \`/multiarch drop <patch>\` leaves a patch out, for good
    - \`/multiarch skip <release>\` never proposes a release; I go past it where the rules of upgrading allow that
    - \`/multiarch hold\` stops me from proposing or moving anything in this repository
    - \`/multiarch resume\` ends a hold, and forgets which releases were skipped
    - \`/multiarch applied\` says that the cluster runs what was merged, so that the next step may be proposed
    - \`/multiarch help\` lists the commands",
      "keep 2": "“Do not check kubeadm and hyperkube against one checksum” is carried as it is, so there was nothing to take back. The branch is as I would build it now, so I left it alone. The patches: 4 clean, 1 moved along with upstream, 1 already upstream.",
      "plan": "Kubespray goes up one minor at a time, each time to its last patch release. Kubernetes goes up one minor at a time, as kubeadm demands.

    1. Kubespray v2.8.0 → v2.9.0, Kubernetes v1.12.3 → v1.13.5
       - v2.9.0 can install 1.13.5, the newest 1.13, on amd64 and arm64.",
      "rebase": "The branch is as I would build it now, so I left it alone. The patches: 4 clean, 1 moved along with upstream, 1 already upstream.",
      "recheck": "I looked at the branch as it is now: 4 clean, 1 moved along with upstream, 1 already upstream. Nothing is left to settle.",
      "rechek": "Line 1: I do not know the command \`rechek\`. Did you mean \`/multiarch recheck\`?",
    }
  `)
})

test('a patch is dropped, said to be, and taken back by its title; a number is always one of the table', async () => {
  const { say, number, pull, log, dashboard } = await withStep()
  const title = 'Keep the dashboard on amd64 nodes'
  const own = () => log(`main..${BRANCH}`, '--first-parent').map((line) => line.replace(/^\w+ /, ''))
  expect(await say('ada', number, '/multiarch drop 5')).toContain('I built the branch again')
  expect(own().join()).not.toContain(title)
  expect((await pull(BRANCH)).body).toContain(`“${title}” is left out because you said so`)
  expect(await dashboard()).not.toContain(title)
  expect(await say('ada', number, '/multiarch explain 5')).toContain('Show an ARM node')
  expect(await say('ada', number, `/multiarch keep ${title}`)).toContain('I built the branch again')
  expect(own().join()).toContain(title)
  expect((await pull(BRANCH)).body).not.toContain('left out because you said so')
})

test('keep carries what was proposed to be dropped, or says that nothing of it is left', async () => {
  const { say, number, pull } = await withStep()
  expect((await pull(BRANCH)).body).toContain(
    '| Download hyperkube and etcd for ARM too | **already upstream**',
  )
  const answer = await say('ada', number, '/multiarch keep 1')
  expect(answer).toContain('I carry “Download hyperkube and etcd for ARM too” from now on')
  expect(answer).toContain('nothing is left of it to carry')
})

test('the config says under whose name patches are committed, and that none is dropped for being upstream', async () => {
  const config = 'patches: { author: app, drop-upstreamed: keep }\n'
  const { log, pull } = await withStep(config)
  const authors = log(`main..${BRANCH}`, '--first-parent').map((line) => line.split(' ')[1])
  expect(new Set(authors)).toEqual(new Set(['kubespray-multiarch']))
  expect((await pull(BRANCH)).body).not.toContain('Upstream has this as')
})

test('hold stops everything, commands still answer, resume goes on', async () => {
  const { say, number, release, merge, open, dashboard, dashboardNumber } = await withStep()
  expect(await say('ada', number, '/multiarch hold')).toContain('I hold')
  expect(await dashboard()).toContain('**On hold**')
  await merge(BRANCH)
  await release('v2.10.0')
  expect(await open()).toEqual([])
  expect(await say('ada', await dashboardNumber(), '/multiarch plan')).toContain(
    '1. Kubespray v2.9.0 → v2.10.0',
  )
  expect(await say('ada', await dashboardNumber(), '/multiarch resume')).toContain('I go on')
  expect(await open()).toEqual(['multiarch/kubespray-2.10.0'])
})

test('what the pull request says to write is done, and a release that is none is not skipped', async () => {
  const { say, number, pull } = await withStep()
  const { body } = await pull(BRANCH)
  const named = [...body.matchAll(/`(\/multiarch [^`]+)`/g)].map(([, each = '']) => each)
  const [, list = ''] = /Write `\/multiarch` and one of these in a comment: (.*)\./.exec(body) ?? []
  const listed = list.split(' · ').map((each) => `/multiarch ${/`(\w+)`/.exec(each)?.[1] ?? ''}`)
  const withArgument = (each: string): string =>
    each.replace(/<patch>|(?<=\/(?:multiarch (?:explain|keep|drop)))$/, ' 2').replace(/(?<=skip)$/, ' v9.9.9')
  expect(named.length + listed.length).toBeGreaterThan(8)
  for (const each of [...named, ...listed].filter((line) => !line.includes('hold'))) {
    const answer = await say('ada', number, withArgument(each))
    expect([each, answer]).not.toEqual([each, expect.stringMatching(/I do not know|needs a|takes nothing/)])
  }
  expect(await say('ada', number, '/multiarch skip v9.9.9')).toBe(
    'Upstream has no release `v9.9.9`, so there is nothing to skip. The nearest that it has is [`v2.9.0`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.9.0).',
  )
})

test('skip closes the pull request of a release and goes past it', async () => {
  const { say, number, pull, open, upstreamRelease } = await withStep('addons: { ingress_nginx: keep }\n')
  expect(await say('ada', number, '/multiarch skip v2.9.0')).toContain('I will not propose [`v2.9.0`](')
  expect((await pull(BRANCH)).state).toBe('closed')
  expect(await open()).toEqual([])
  await upstreamRelease('v2.9.1', { files: { 'README.md': 'Patched.\n' } })
  expect(await open()).toEqual(['multiarch/kubespray-2.9.1'])
})

test('with `advance: on-applied` the next step waits for the word', async () => {
  const story = await withStep('advance: on-applied\naddons: { ingress_nginx: keep }\n')
  await story.merge(BRANCH)
  await story.release('v2.10.0')
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toContain('- **Apply** ')
  const answer = await story.say('ada', await story.dashboardNumber(), '/multiarch applied')
  expect(answer).toBe(
    'Noted: the cluster runs `v2.9.0` with Kubernetes `1.13.5`. The next step may be proposed.',
  )
  expect(await story.open()).toEqual(['multiarch/kubespray-2.10.0'])
})

describe('who and what is answered', () => {
  test('code, quotations and edits are no commands; a bot is never answered; a mistake gets the nearest word', async () => {
    const { say, number, people, settle, forge, tipOf } = await withStep()
    const before = tipOf(BRANCH)
    await people.comment(
      'ada',
      number,
      'Do not write\n\n> /multiarch recreate\n\nor `/multiarch recreate`.\n',
    )
    await people.comment('helpful[bot]', number, '/multiarch recreate')
    const id = await people.comment('ada', number, 'Nice.')
    await settle()
    await people.editComment('ada', id, '/multiarch recreate')
    await settle()
    const count = async () => (await (await forge()).comments.on(number)).length
    expect(await count()).toBe(3)
    expect(await say('ada', number, '/multiarch explian 1')).toBe(
      'Line 1: I do not know the command `explian`. Did you mean `/multiarch explain <patch>`?',
    )
    const answers = (await (await forge()).comments.on(number)).filter(({ author }) => author.kind === 'us')
    expect(answers.map(({ body }) => body.replace(/\s*<!--.*/s, ''))).toEqual([
      expect.stringContaining('This comment was changed after it was written'),
      expect.stringContaining('I do not know the command'),
    ])
    expect(tipOf(BRANCH)).toBe(before)
  })

  test('a thousand commands are ten, answered once', async () => {
    const { say, number, forge } = await withStep()
    const answer = await say('ada', number, '/multiarch help\n'.repeat(999) + '/multiarch plan\n')
    expect(answer).toContain('This comment holds 1000 commands and I answer at most 10 at once')
    expect(await (await forge()).comments.on(number)).toHaveLength(2)
  })

  test('a webhook that was lost is made good by the next look, and one sent twice is one job', async () => {
    const { number, people, settle, sweep, forge, github, jobs, quiet } = await withStep()
    github.webhooks.lose = 1
    await people.comment('ada', number, '/multiarch plan')
    await settle()
    expect(await (await forge()).comments.on(number)).toHaveLength(1)
    await sweep()
    expect((await (await forge()).comments.on(number)).map(({ author }) => author.kind)).toEqual([
      'person',
      'us',
    ])
    const delivery = github.webhooks.deliveries.findLast(({ event }) => event === 'issue_comment')
    if (delivery) github.webhooks.redeliver(delivery)
    await quiet()
    expect(jobs).toEqual([])
    expect(delivery?.status).toBe(202)
  })
})

describe('buttons and boxes', () => {
  test('the check’s buttons and GitHub’s Re-run do what the commands do, for the same people', async () => {
    const { fork, people, push, settle, tipOf, file, forge, number } = await withStep()
    await push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
    await settle()
    const at = () => tipOf(BRANCH) as string
    const mine = await push(BRANCH, { 'README.md': 'Mine.\n' })
    await settle()
    await push('main', { 'inventory/homelab/notes.md': 'Three boards.\n' })
    await settle()
    await people.press('eve', { at: at(), name: STEP, button: 'rebase' })
    await settle()
    expect(at()).toBe(mine)
    await people.press('ada', { at: at(), name: STEP, button: 'rebase' })
    await settle()
    expect(at()).not.toBe(mine)
    expect(file(BRANCH, 'inventory/homelab/notes.md')).toBe('Three boards.')
    expect(file(BRANCH, 'README.md')).toBe('Mine.')
    const runs = fork.checks.length
    await people.press('ada', { at: at(), name: STEP })
    await people.press('ada', { at: at(), name: STEP, button: 'recheck' })
    await settle()
    expect(fork.checks).toHaveLength(runs)
    expect(await (await forge()).comments.on(number)).toEqual([])
  })

  test('the dashboard’s boxes hold and resume, for the same people', async () => {
    const { people, settle, dashboard, dashboardNumber } = await withStep()
    const tick = async (login: string, box: string) => {
      const body = (await dashboard()).replace(`- [ ] ${box}`, `- [x] ${box}`)
      await people.editAs(login, await dashboardNumber(), body)
      await settle()
      return dashboard()
    }
    expect(await tick('eve', 'Hold')).toContain('- [ ] Hold')
    expect(await tick('ada', 'Hold')).toContain('**On hold**')
    expect(await tick('ada', 'Go on')).not.toContain('**On hold**')
  })
})
