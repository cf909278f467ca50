import { expect, test } from 'vitest'
import { appStory, CONFIG, STEP } from '../support/app-story.ts'

test('from the installation to up to date: onboarding, a release with the series, Kubernetes, add-ons', async () => {
  const story = await appStory({ releases: ['v2.8.0', 'v2.9.0'] })
  const { github, fork } = story

  github.install([fork])
  await story.settle()
  expect(await story.open()).toEqual(['multiarch/onboarding'])
  expect((await story.pull('multiarch/onboarding')).body).toMatchInlineSnapshot(`
    "This adds the settings of kubespray-multiarch, with what I found in this repository. **Nothing else happens until you merge it.** Change the file on this branch if something is wrong ([what can be set](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/configuration.md)): I look again, and the preview below follows.

    ## What I found

    - \`main\` stands on Kubespray [\`v2.8.0\`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.8.0).
    - Architectures: \`amd64\`, \`arm64\`.
    - Inventories: \`inventory/homelab\`.
    - ingress-nginx is on: I would switch it off, and say why in the step that does.
    - Kubernetes Dashboard is on: I would ask you about it.

    6 patches of your own:

    1. Download hyperkube and etcd for ARM too
    2. Do not check kubeadm and hyperkube against one checksum
    3. Call armv7l arm, as images do
    4. Use flannel images with a manifest for every architecture
    5. Keep the dashboard on amd64 nodes
    6. Show an ARM node in the sample inventory

    ## What I would do

    1. **Kubespray \`v2.9.0\`**, Kubernetes \`1.13.5\` · [release notes](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.9.0) · [what upstream changed](https://redirect.github.com/kubernetes-sigs/kubespray/compare/v2.8.0...v2.9.0)

    Kubespray goes up one minor at a time, each time to its last patch release. Kubernetes goes up one minor at a time, as kubeadm demands. Where it moves, it goes to the newest version of that minor that the release can install on every architecture of the cluster.

    ## If you do not want this

    Close this pull request. I will not open it again, and I do nothing in this repository without the file.
    "
  `)

  await story.push('multiarch/onboarding', {
    [CONFIG]: 'kubernetes: { max: "1.13" }\naddons: { ingress_nginx: keep }\n',
  })
  await story.settle()
  await story.merge('multiarch/onboarding')
  expect(await story.open()).toEqual(['multiarch/kubespray-2.9.0'])
  const first = await story.pull('multiarch/kubespray-2.9.0')
  expect(first).toMatchObject({
    title: 'Upgrade Kubespray from v2.8.0 to v2.9.0',
    draft: false,
    labels: ['multiarch'],
  })
  expect(await story.check(first.head.branch)).toMatchObject({ state: 'success' })
  expect(story.log('main..multiarch/kubespray-2.9.0', '--first-parent').map((line) => line.slice(8)))
    .toMatchInlineSnapshot(`
    [
      "kubespray-multiarch kubespray-multiarch inventory/homelab: kube_version v1.12.3 → v1.13.5",
      "Fork owner kubespray-multiarch Show an ARM node in the sample inventory",
      "Fork owner kubespray-multiarch Keep the dashboard on amd64 nodes",
      "Fork owner kubespray-multiarch Use flannel images with a manifest for every architecture",
      "Fork owner kubespray-multiarch Call armv7l arm, as images do",
      "Fork owner kubespray-multiarch Do not check kubeadm and hyperkube against one checksum",
      "kubespray-multiarch kubespray-multiarch Move to Kubespray v2.9.0",
    ]
  `)

  await story.merge(first.head.branch)
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toContain('up to date')

  await story.release('v2.10.0')
  const second = await story.pull('multiarch/kubespray-2.10.0')
  expect(second.state).toBe('open')
  expect(
    story.file(second.head.branch, 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'),
  ).toContain('v1.13.5')
  await story.merge(second.head.branch)
  expect(await story.open()).toEqual([])

  await story.push('main', { [CONFIG]: 'addons: { ingress_nginx: keep }\n' })
  await story.settle()
  expect(await story.open()).toEqual(['multiarch/kubernetes-1.14.1'])
  const third = await story.pull('multiarch/kubernetes-1.14.1')
  expect(third.title).toBe('Upgrade Kubernetes from 1.13.5 to 1.14.1 on Kubespray v2.10.0')
  await story.merge(third.head.branch)
  expect(await story.open()).toEqual([])

  await story.push('main', { [CONFIG]: 'follow: latest\n' })
  await story.settle()
  expect(await story.open()).toEqual(['multiarch/addons-2.10.0'])
  const fourth = await story.pull('multiarch/addons-2.10.0')
  expect(fourth.title).toBe('Switch off ingress-nginx')
  expect(await story.check(fourth.head.branch, STEP)).toMatchObject({ state: 'success' })
  await story.merge(fourth.head.branch)
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toMatchInlineSnapshot(`
    "\`main\` stands on Kubespray \`v2.10.0\` with Kubernetes \`1.14.1\`.

    ## What waits for you

    <!-- multiarch:top 1:0 -->
    - **Decide** whether Kubernetes Dashboard stays: \`addons: { dashboard: keep }\` or \`disable\` in the [settings](../blob/HEAD/.github/multiarch.yml).

    ## The way ahead

    This is up to date: there is no step to take from \`v2.10.0\`.

    ## Your patches

    1. Do not check kubeadm and hyperkube against one checksum
    2. Call armv7l arm, as images do
    3. Use flannel images with a manifest for every architecture
    4. Keep the dashboard on amd64 nodes
    5. Show an ARM node in the sample inventory

    - [ ] Look again now <!-- multiarch:box look -->
    - [ ] Hold: propose and move nothing <!-- multiarch:box hold -->

    <!-- multiarch:day some day -->
    [Settings](../blob/HEAD/.github/multiarch.yml) · [what can be set](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/configuration.md) · [how I behave](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/app.md) · [commands](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/commands.md) (\`/multiarch help\` lists them)

    Last change seen on some day by version x. I write here only when something changed.
    "
  `)
})
