import { expect, test } from 'vitest'
import { appStory, CONFIG, STEP } from '../support/app-story.ts'

test('from the installation to up to date: onboarding, a release with the series, Kubernetes, add-ons', async () => {
  const story = await appStory({ releases: ['v2.8.0', 'v2.9.0'] })
  const { github, fork } = story

  github.install([fork])
  await story.settle()
  expect(await story.open()).toEqual(['multiarch/onboarding'])
  expect((await story.pull('multiarch/onboarding')).body).toMatchInlineSnapshot(`
    "This adds the settings of kubespray-multiarch, with what I found in this repository. **Nothing else happens until you merge it.** Change the file on this branch if something is wrong: I look again, and the preview below follows.

    ## What I found

    - \`main\` stands on Kubespray \`v2.8.0\`.
    - Architectures: \`amd64\`, \`arm64\`.
    - Inventories: \`inventory/homelab\`.
    - ingress-nginx is on: I would switch it off, and say why in the step that does.
    - Kubernetes Dashboard is on: I would ask you about it.
    - 6 patches of your own:
      - Download hyperkube and etcd for ARM too
      - Do not check kubeadm and hyperkube against one checksum
      - Call armv7l arm, as images do
      - Use flannel images with a manifest for every architecture
      - Keep the dashboard on amd64 nodes
      - Show an ARM node in the sample inventory

    ## What I would do

    1. Kubespray \`v2.9.0\`, Kubernetes \`1.13.5\`
       - v2.9.0 is the last patch release of the next minor; patch releases may be skipped, minors may not.
       - Kubernetes goes from 1.12 to 1.13: one minor at a time, as kubeadm demands.
       - v2.9.0 can install 1.13.5, the newest 1.13, on amd64 and arm64.

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
  expect(first).toMatchObject({ title: 'Kubespray v2.9.0', draft: false, labels: ['multiarch'] })
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
  expect(third.title).toBe('Kubernetes 1.14.1 on Kubespray v2.10.0')
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

    Last change seen on some day. I write here only when something changed. \`/multiarch help\` lists the commands.
    "
  `)
})
