import { expect, test } from 'vitest'
import { botOfBranch, updateBots } from '../../../src/core/automation/update-bots.ts'
import { versionLines } from '../../../src/core/automation/version-lines.ts'

function leaves(file: string, text: string): string {
  const [bot] = updateBots(new Map([[file, text]]), ['kubernetes/kubernetes'])
  if (!bot?.leaves) return 'unread'
  const { kubespray, kubernetes } = bot.leaves
  return [...(kubespray ? ['kubespray'] : []), ...(kubernetes ? ['kubernetes'] : [])].join(' ')
}

const rule = (text: string): string => `{ "packageRules": [{ ${text} }] }`

test.each([
  ['{}', ''],
  ['{ "enabled": false }', 'kubespray kubernetes'],
  ['{ "ignoreDeps": ["kubernetes-sigs/kubespray"] }', 'kubespray'],
  [rule('"matchPackageNames": ["/kubespray/"], "enabled": false'), 'kubespray'],
  [rule('"matchPackageNames": ["**/kubespray"], "enabled": false'), 'kubespray'],
  [rule('"matchPackageNames": ["Kubernetes-sigs/*"], "enabled": false'), 'kubespray'],
  [rule('"matchDepNames": ["kubernetes/kubernetes"], "enabled": false'), 'kubernetes'],
  [rule('"matchPackagePatterns": ["kube"], "enabled": false'), 'kubespray kubernetes'],
  [
    rule('"matchPackagePrefixes": ["kubernetes/"], "matchFileNames": ["inventory/**"], "enabled": false'),
    'kubernetes',
  ],
  [rule('"matchPackageNames": ["/kube/", "!/kubespray/"], "enabled": false'), 'kubernetes'],
  [rule('"matchPackageNames": ["/kubespray/"], "matchUpdateTypes": ["major"], "enabled": false'), ''],
  [rule('"matchPackageNames": ["/kubespray/"], "enabled": true'), ''],
  [rule('"matchPackageNames": ["/kubespray/"], "automerge": true'), ''],
  [rule('"matchManagers": ["helm-values"], "enabled": false'), ''],
  ['{ // ours, "enabled": false\n  extends: [\'config:recommended\'], /* { */\n}', ''],
  ["{ packageRules: [{ matchPackageNames: ['/kubespray/'], enabled: false, },], }", 'kubespray'],
  ['{ "extends": [', 'unread'],
])('Renovate with %s leaves to us: %s', (text, expected) => {
  expect(leaves('renovate.json', text)).toBe(expected)
})

const update = (ignore: string): string => `version: 2\nupdates:\n  - package-ecosystem: docker\n${ignore}`

test.each([
  [update(''), 'kubernetes'],
  [update('    ignore:\n      - dependency-name: "*kubespray*"\n'), 'kubespray kubernetes'],
  [update('    ignore:\n      - dependency-name: kubespray/kubespray\n'), 'kubespray kubernetes'],
  [
    update('    ignore:\n      - dependency-name: kubespray/kubespray\n        versions: [">2.30"]\n'),
    'kubernetes',
  ],
  [update('    ignore:\n      - dependency-name: left-pad\n'), 'kubernetes'],
])('Dependabot with %j leaves to us: %s', (text, expected) => {
  expect(leaves('.github/dependabot.yml', text)).toBe(expected)
})

test('whose a branch is, by its name', () => {
  expect(['renovate/x', 'dependabot/docker/x', 'renovate', 'my/renovate/x', 'main'].map(botOfBranch)).toEqual(
    ['renovate', 'dependabot', undefined, undefined, undefined],
  )
})

test.each([
  ['kube_version: v1.32.8\n', ['1 1.32.8']],
  [
    'kube_version: "1.32.8" # renovate: datasource=x depName=kubernetes/kubernetes\n',
    ['1 1.32.8 kubernetes/kubernetes'],
  ],
  ['# renovate: depName=k8s/k8s\nkube_version: 1.32.8\n', ['2 1.32.8 k8s/k8s']],
  ['[all:vars]\nkube_version=v1.32.8\n', ['2 1.32.8']],
  ['\tansible-playbook -e kube_version=1.32.8 cluster.yml\n', ['1 1.32.8']],
  [
    '# kube_version: v1.32.8\nmy_kube_version: v1.32.8\nkube_version_min: 1.30.0\nkube_version: "{{ x }}"\n',
    [],
  ],
])('where Kubernetes is set: %j', (text, expected) => {
  const found = versionLines(text).map(({ line, version, dependency }) =>
    [line, version, ...(dependency === undefined ? [] : [dependency])].join(' '),
  )
  expect(found).toEqual(expected)
})
