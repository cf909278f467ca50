import { HOME } from './infrastructure.ts'

/** A repository in which others work as well: a workflow that applies, hooks, and two bots that propose versions. */
export const SHARED: Readonly<Record<string, string>> = {
  ...HOME,
  'inventory/home/group_vars/k8s-cluster/k8s-cluster.yml': [
    '# renovate: datasource=github-releases depName=kubernetes/kubernetes-home',
    'kube_version: v1.12.5  # renovate: keep',
    'kube_network_plugin: flannel',
  ].join('\n'),
  Makefile: [
    '# renovate: datasource=docker depName=quay.io/kubespray/kubespray',
    'VERSION ?= RELEASE # the image',
    'upgrade-%:',
    '\tdocker run quay.io/kubespray/kubespray:$(VERSION) ansible-playbook -i inventory/$* upgrade-cluster.yml',
  ].join('\n'),
  '.github/workflows/apply.yml': [
    'on:',
    '  push:',
    '    branches: [main]',
    'jobs:',
    '  apply:',
    '    environment: home',
    '    steps:',
    '      - run: make upgrade-home',
    '',
  ].join('\n'),
  '.pre-commit-config.yaml': 'repos: []\n',
  'renovate.json5': "{ // ours\n  extends: ['config:recommended'],\n}\n",
  '.github/dependabot.yml': 'version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /\n',
  'k/Dockerfile': 'FROM quay.io/kubespray/kubespray:RELEASE\n',
}

/** What Renovate pushed: both at once, each over several minors. */
export const RENOVATES: Readonly<Record<string, string>> = {
  Makefile: (SHARED['Makefile'] ?? '').replace('RELEASE', 'v2.11.0'),
  'inventory/home/group_vars/k8s-cluster/k8s-cluster.yml': (
    SHARED['inventory/home/group_vars/k8s-cluster/k8s-cluster.yml'] ?? ''
  ).replace('v1.12.5', 'v1.15.3'),
}
