import { expect, test } from 'vitest'
import { gitText } from '../../github/git.ts'
import { appStory } from '../../support/app-story.ts'
import { infrastructure } from '../../support/infrastructure.ts'
import { RENOVATES, SHARED } from '../../support/living-together.ts'

test('others work on the repository as well: said in the onboarding, on the dashboard, and at the top of a step', async () => {
  const { world } = await infrastructure({ files: SHARED })
  const story = await appStory({ fork: 'copied', releases: ['v2.8.0', 'v2.9.0', 'v2.10.0', 'v2.11.0'] })
  const main = '+refs/heads/main:refs/heads/main'
  gitText(story.fork.gitDir, ['fetch', '--quiet', '--no-tags', world.path, main])
  await story.push('renovate/everything', RENOVATES, { onto: story.tipOf('main') as never })
  await story.push(
    'dependabot/npm_and_yarn/left-pad-1.3.0',
    { 'package.json': '{}\n' },
    { onto: story.tipOf('main') as never },
  )
  story.github.install([story.fork])
  await story.settle()
  const { body } = await story.pull('multiarch/onboarding')
  // Merging the settings is a push as well.
  expect(body.indexOf('**Merging this runs `upgrade-cluster.yml` on the cluster')).toBeGreaterThan(0)
  expect(body.indexOf('**Merging this runs')).toBeLessThan(body.indexOf('What I found'))
  expect(body).toContain(
    'a push to `main` runs `upgrade-cluster.yml` on the cluster (`.github/workflows/apply.yml:8`)',
  )
  expect(body).toContain('`home`, which may ask somebody first')
  expect(body).toContain('"matchPackageNames": [\n      "/kubespray/"\n    ]')
  expect(body).toContain('"kubernetes/kubernetes-home"')
  expect(body).toContain('"inventory/home/group_vars/k8s-cluster/k8s-cluster.yml"')
  expect(body).toContain('`package-ecosystem: docker`')
  expect(body).toContain('- dependency-name: "*kubespray*"')
  expect(body).toContain('`.pre-commit-config.yaml`')
  const note =
    'Renovate’s branch `renovate/everything` moves Kubespray from `v2.8.0` to `v2.11.0` over `2.9` and `2.10` (`Makefile:2`), and Kubernetes from `1.12.5` to `1.15.3` over `1.13` and `1.14` (`inventory/home/group_vars/k8s-cluster/k8s-cluster.yml:2`), of which `v2.8.0` has no checksums'
  expect(body).toContain(note)
  expect(body).not.toContain('left-pad')
  await story.merge('multiarch/onboarding')
  expect(await story.dashboard()).toContain(note)
  const [step = ''] = await story.open()
  const pull = await story.pull(step)
  expect(pull.body.indexOf('**Merging this runs `upgrade-cluster.yml`')).toBeLessThan(400)
  expect(pull.body).toContain('`make upgrade-%`')
  expect(pull.body).toContain(`\`pre-commit run --from-ref main --to-ref ${step}\``)
  // The bots' comments stay, and so does the end of each file.
  const to = step.replace('multiarch/kubespray-', 'v')
  expect(gitText(story.fork.gitDir, ['show', `refs/heads/${step}:Makefile`])).toBe(
    (SHARED['Makefile'] ?? '').replace('RELEASE', to),
  )
  const inventory = gitText(story.fork.gitDir, [
    'show',
    `refs/heads/${step}:inventory/home/group_vars/k8s-cluster/k8s-cluster.yml`,
  ])
  expect(inventory).toMatch(
    /^# renovate: .*\nkube_version: v1\.\d+\.\d+ {2}# renovate: keep\nkube_network_plugin: flannel$/,
  )
})

test('once the branch is gone, so is the word about it', async () => {
  const { world } = await infrastructure({ files: SHARED })
  const story = await appStory({ fork: 'copied', releases: ['v2.8.0', 'v2.9.0'] })
  const main = '+refs/heads/main:refs/heads/main'
  gitText(story.fork.gitDir, ['fetch', '--quiet', '--no-tags', world.path, main])
  const text = (SHARED['Makefile'] ?? '').replace('RELEASE', 'v2.9.0')
  await story.push('renovate/kubespray', { Makefile: text }, { onto: story.tipOf('main') as never })
  story.github.install([story.fork])
  await story.settle()
  expect((await story.pull('multiarch/onboarding')).body).toContain('I propose the same as a step')
  gitText(story.fork.gitDir, ['update-ref', '-d', 'refs/heads/renovate/kubespray'])
  await story.look()
  expect((await story.pull('multiarch/onboarding')).body).not.toContain('renovate/kubespray')
})
