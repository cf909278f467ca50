import { expect, test } from 'vitest'
import { howApplied } from '../../../src/core/layout/how-applied.ts'

const RUN = 'jobs:\n  a:\n    steps:\n      - run: ansible-playbook -i inventory upgrade-cluster.yml\n'

function onMerge(on: string, more: Readonly<Record<string, string>> = {}, run = RUN): readonly string[] {
  const files = { '.github/workflows/apply.yml': `${on}\n${run}`, ...more }
  return howApplied(new Map(Object.entries(files)), 'main').onMerge.map(
    ({ file, line, playbook }) => `${file}:${line} ${playbook}`,
  )
}

test.each([
  ['on: push'],
  ['on: [push, workflow_dispatch]'],
  ['on:\n  push:\n    branches: [main]'],
  ['on:\n  push:\n    branches:\n      - main\n    paths:\n      - inventory/**'],
  ['on:\n  push:\n    branches:\n    - "**"\n  workflow_dispatch:'],
  ['"on":\n  push:\n    branches-ignore: [docs]'],
])('a workflow that a merge starts: %s', (on) => {
  expect(onMerge(on)).toEqual([`.github/workflows/apply.yml:${on.split('\n').length + 4} upgrade-cluster`])
})

test.each([
  ['on: workflow_dispatch'],
  ['on:\n  pull_request:\n    branches: [main]'],
  ['on:\n  push:\n    tags: ["v*"]'],
  ['on:\n  push:\n    branches: [release]\n  schedule:\n    - cron: "0 0 * * *"'],
  ['on:\n  push:\n    branches-ignore: [main]'],
  ['# on: push\non:\n  workflow_call:'],
])('a workflow that a merge does not start: %s', (on) => {
  expect(onMerge(on)).toEqual([])
})

test('a workflow that calls a target or a script is followed into it; a comment and an echo are none', () => {
  const files = {
    Makefile: 'up:\n\tansible-playbook cluster.yml\n',
    'bin/upgrade.sh': '#!/bin/sh\nexec docker run k ansible-playbook upgrade-cluster.yml\n',
  }
  const steps = ['make up', 'make lint', './bin/upgrade.sh', 'echo upgrade-cluster.yml']
  const run = steps.map((each) => `      - run: ${each}\n`).join('')
  expect(onMerge('on: push', files, run)).toEqual([
    '.github/workflows/apply.yml:2 cluster',
    '.github/workflows/apply.yml:4 upgrade-cluster',
  ])
})

test('targets and scripts that a person calls', () => {
  const { byHand } = howApplied(
    new Map([
      [
        'k/Makefile',
        'V := 1\ninstall: deps\n\tdocker run x \\\n\t\tansible-playbook cluster.yml\nupgrade:\n\tansible-playbook upgrade-cluster.yml\n',
      ],
      [
        'Taskfile.yml',
        'version: 3\ntasks:\n  up:\n    cmds:\n      - ansible-playbook kubernetes_sigs.kubespray.upgrade_cluster\n',
      ],
      ['Justfile', 'v := "1"\nup *args:\n  ansible-playbook upgrade_cluster.yml {{args}}\n'],
      [
        'upgrade-cluster',
        '#!/usr/bin/env bash\n[ -f cluster.yml ] || exit 1\ndocker run k ansible-playbook \\\n  upgrade-cluster.yml\n',
      ],
      ['notes.txt', 'ansible-playbook upgrade-cluster.yml\n'],
      ['scale.sh', '# cluster.yml is for later\nansible-playbook scale.yml my-cluster.yml\n'],
    ]),
    'main',
  )
  expect(
    byHand.map(({ file, line, tool, name, playbook }) => `${file}:${line} ${tool} ${name} ${playbook}`),
  ).toEqual([
    'k/Makefile:4 make install cluster',
    'k/Makefile:6 make upgrade upgrade-cluster',
    'Taskfile.yml:5 task up upgrade-cluster',
    'Justfile:3 just up upgrade-cluster',
    'upgrade-cluster:4 script upgrade-cluster upgrade-cluster',
  ])
})
