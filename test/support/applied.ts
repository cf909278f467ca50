import { howApplied } from '../../src/core/automation/how-applied.ts'
import type { CallOnMerge } from '../../src/core/automation/call-on-merge.ts'

type Files = Readonly<Record<string, string>>

export const RUN = 'jobs:\n  a:\n    steps:\n      - run: ansible-playbook -i inventory upgrade-cluster.yml\n'

function called({ file, line, playbooks, by, only, except, conditions, environment }: CallOnMerge): string {
  const parts = [
    `${file}:${line} ${playbooks.join('|')}`,
    ...(by === 'schedule' ? ['clock'] : []),
    ...(by === 'pull-request' ? ['while open'] : []),
    ...(only ? [`only ${only.join(' ')}`] : []),
    ...(except ? [`except ${except.join(' ')}`] : []),
    ...conditions.map((each) => `if ${each}`),
    ...(environment === undefined ? [] : [`in ${environment}`]),
  ]
  return parts.join(', ')
}

/** What a merge to a branch sets off, in words: `file:line playbook, …`. */
export function onMerge(files: Files, branch = 'main', isDefault = true): readonly string[] {
  return howApplied(new Map(Object.entries(files)), { branch, isDefault }).onMerge.map(called)
}

export const WORKFLOW = '.github/workflows/apply.yml'

/** What one job of a workflow that a push starts comes to. */
export function job(text: string, more: Files = {}): readonly string[] {
  const found = onMerge({ [WORKFLOW]: `on: push\njobs:\n  a:\n${text}`, ...more })
  return found.map((each) => each.replace('.github/workflows/apply.yml', ''))
}

export const TARGETS: Files = {
  Makefile: [
    '.PHONY: up upgrade',
    'PLAYBOOK := upgrade-cluster.yml',
    'lint:',
    '\tyamllint cluster.yml',
    'up: deps',
    '\tansible-playbook cluster.yml',
    'deploy: up',
    'upgrade-%:',
    '\tansible-playbook -i inventory/$* upgrade-cluster.yml',
    '$(NAMES): deps',
    '\tansible-playbook upgrade-cluster.yml',
    'again:; $(MAKE) up',
    '',
  ].join('\n'),
  'k/Makefile': 'all: go\ngo:\n\t../bin/upgrade.sh\n',
  'bin/upgrade.sh': '#!/bin/sh\nexec docker run k ansible-playbook upgrade-cluster.yml\n',
  'bin/either.sh':
    'case $1 in\nup) ansible-playbook cluster.yml ;;\nto) ansible-playbook upgrade-cluster.yml ;;\nesac\n',
  'Taskfile.yml':
    'version: "3"\nvars:\n  up: x\ntasks:\n  default:\n    deps: [up]\n  up:\n    cmds:\n      - task: play\n  play:\n    cmds:\n      - ansible-playbook cluster.yml\n',
  justfile: 'v := "1"\nup *args: check\n  ansible-playbook upgrade_cluster.yml {{args}}\ncheck:\n  true\n',
  'site.yml': '- hosts: all\n- import_playbook: kubespray/cluster.yml\n',
}

/** What a person can call. */
export function byHand(files: Files): readonly string[] {
  const { byHand: found } = howApplied(new Map(Object.entries(files)), { branch: 'main', isDefault: true })
  return found.map(({ file, line, tool, name, playbook }) => `${file}:${line} ${tool} ${name} ${playbook}`)
}
