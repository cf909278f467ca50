import { expect, test } from 'vitest'
import { howApplied } from '../../../src/core/automation/how-applied.ts'
import { byHand, job, onMerge, RUN, TARGETS } from '../../support/applied.ts'

test.each<readonly [string, readonly string[]]>([
  ['make up', ['cluster']],
  ['make deploy', ['cluster']],
  ['make again', ['cluster']],
  ['make lint', []],
  ['make', []],
  ['make upgrade-prod', ['upgrade-cluster']],
  ['make upgrade-', []],
  ['sudo -E make -j 2 V=1 up', ['cluster']],
  ['make -C k', ['upgrade-cluster']],
  ['make -C k go', ['upgrade-cluster']],
  ['cd k && make go', ['upgrade-cluster']],
  ['make -C elsewhere go', []],
  ['make -f k/Makefile go', ['upgrade-cluster']],
  ['make go', []],
  ['./bin/upgrade.sh prod', ['upgrade-cluster']],
  ['bash -e bin/upgrade.sh', ['upgrade-cluster']],
  ['cd bin && ./upgrade.sh', ['upgrade-cluster']],
  ['cat bin/upgrade.sh', []],
  ['shellcheck bin/upgrade.sh', []],
  ['chmod +x ./bin/upgrade.sh', []],
  ['upgrade.sh.bak', []],
  ['./bin/either.sh up', ['cluster|upgrade-cluster']],
  ['task', ['cluster']],
  ['task up', ['cluster']],
  ['task vars', []],
  ['just up', ['upgrade-cluster']],
  ['just check', []],
  ['ansible-playbook site.yml', ['cluster']],
  ['ansible-lint site.yml', []],
])('what `%s` in a step comes to', (command, expected) => {
  const found = job(`    steps:\n      - run: ${command}\n`, TARGETS)
  expect(found).toEqual(expected.map((each) => `:5 ${each}`))
})

test('the folder of a step and of the jobs is where its commands run', () => {
  expect(job('    steps:\n      - working-directory: k\n        run: make go\n', TARGETS)).toEqual([
    ':6 upgrade-cluster',
  ])
  expect(
    job(
      '    defaults:\n      run:\n        working-directory: k\n    steps:\n      - run: make go\n',
      TARGETS,
    ),
  ).toEqual([':8 upgrade-cluster'])
})

test('a workflow or an action of the same repository is followed, one of another is not known', () => {
  const more = {
    '.github/workflows/deploy.yml': `on: workflow_call\n${RUN.replace('    steps', '    environment: prod\n    steps')}`,
    '.github/actions/play/action.yml':
      'runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: ansible-playbook cluster.yml\n',
  }
  expect(job('    uses: ./.github/workflows/deploy.yml\n', more)).toEqual([':4 upgrade-cluster, in prod'])
  expect(job('    uses: someone/else/.github/workflows/deploy.yml@main\n', more)).toEqual([])
  expect(job('    steps:\n      - uses: ./.github/actions/play\n', more)).toEqual([':5 cluster'])
  expect(job('    uses: ./.github/workflows/apply.yml\n', more)).toEqual([])
})

const SCRIPT = 'script:\n    - ansible-playbook cluster.yml\n'

test.each<readonly [string, string, readonly string[]]>([
  ['bare', `apply:\n  ${SCRIPT}`, [':3 cluster']],
  ['only the branch', `apply:\n  only: [main]\n  ${SCRIPT}`, [':4 cluster']],
  [
    'only branches',
    `apply:\n  only:\n    refs: [branches]\n    changes: [inventory/**]\n  ${SCRIPT}`,
    [':6 cluster, only inventory/**'],
  ],
  ['only another', `apply:\n  only: [release]\n  ${SCRIPT}`, []],
  ['only tags', `apply:\n  only: [tags]\n  ${SCRIPT}`, []],
  ['only a pattern', `apply:\n  only: ["/^ma/"]\n  ${SCRIPT}`, [':4 cluster']],
  ['except', `apply:\n  except: [main]\n  ${SCRIPT}`, []],
  ['by hand', `apply:\n  when: manual\n  ${SCRIPT}`, []],
  ['hidden', `.apply:\n  ${SCRIPT}`, []],
  [
    'rules',
    `apply:\n  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n  ${SCRIPT}`,
    [':5 cluster'],
  ],
  [
    'rules by hand',
    `apply:\n  rules:\n    - if: $CI_COMMIT_BRANCH == "main"\n      when: manual\n  ${SCRIPT}`,
    [],
  ],
  [
    'rules of merge requests',
    `apply:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n  ${SCRIPT}`,
    [],
  ],
  [
    'rules with a variable',
    `apply:\n  rules:\n    - if: $APPLY == "yes"\n  ${SCRIPT}`,
    [':5 cluster, if $APPLY == "yes"'],
  ],
  [
    'rules that may stop it',
    `apply:\n  rules:\n    - if: $HOLD\n      when: never\n    - when: always\n  ${SCRIPT}`,
    [':7 cluster, if !($HOLD)'],
  ],
  [
    'a whole pipeline that is off',
    `workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n      when: always\n    - if: $CI_COMMIT_BRANCH\n      when: never\napply:\n  ${SCRIPT}`,
    [],
  ],
  ['extended', `.base:\n  ${SCRIPT}apply:\n  extends: .base\n`, [':3 cluster']],
  ['extended and by hand', `.base:\n  ${SCRIPT}  when: manual\napply:\n  extends: .base\n`, []],
  ['an anchor', `.base: &base\n  ${SCRIPT}apply:\n  <<: *base\n`, [':3 cluster']],
  ['included', 'include:\n  - local: /ci/apply.yml\n', ['ci/apply.yml:3 cluster']],
  ['a target', 'apply:\n  script: make up\n', [':2 cluster']],
])('a pipeline of GitLab: %s', (_, text, expected) => {
  const files = { '.gitlab-ci.yml': text, 'ci/apply.yml': `apply:\n  ${SCRIPT}`, ...TARGETS }
  expect(onMerge(files).map((each) => each.replace('.gitlab-ci.yml', ''))).toEqual(expected)
})

test('targets and scripts that a person calls', () => {
  expect(
    byHand({
      'k/Makefile':
        'V := 1\ninstall: deps\n\tdocker run x \\\n\t\tansible-playbook cluster.yml\nupgrade:\n\tansible-playbook upgrade-cluster.yml\n',
      'Taskfile.yml':
        'version: 3\ntasks:\n  up:\n    cmds:\n      - ansible-playbook kubernetes_sigs.kubespray.upgrade_cluster\n',
      Justfile: 'v := "1"\nup *args:\n  ansible-playbook upgrade_cluster.yml {{args}}\n',
      'upgrade-cluster':
        '#!/usr/bin/env bash\n[ -f cluster.yml ] || exit 1\ndocker run k ansible-playbook \\\n  upgrade-cluster.yml\n',
      'notes.txt': 'ansible-playbook upgrade-cluster.yml\n',
      'scale.sh': '# cluster.yml is for later\nansible-playbook scale.yml my-cluster.yml\n',
    }),
  ).toEqual([
    'k/Makefile:4 make install cluster',
    'k/Makefile:6 make upgrade upgrade-cluster',
    'Taskfile.yml:5 task up upgrade-cluster',
    'Justfile:3 just up upgrade-cluster',
    'upgrade-cluster:4 script upgrade-cluster upgrade-cluster',
  ])
})

test.each<readonly [string, string, readonly string[]]>([
  [
    'a variable names the playbook',
    'PLAYBOOK = upgrade-cluster.yml\nlint:\n\ttrue\nup:\n\tansible-playbook $(PLAYBOOK)\n',
    ['Makefile:5 make up upgrade-cluster'],
  ],
  [
    'two targets of one rule',
    'a b: c\n\tansible-playbook cluster.yml\n',
    ['Makefile:2 make a cluster', 'Makefile:2 make b cluster'],
  ],
  [
    'a pattern',
    'up-%: FORCE\n\tansible-playbook -i inventory/$*/hosts.yml cluster.yml\n',
    ['Makefile:2 make up-% cluster'],
  ],
  ['a target that a variable names', 'lint:\n\ttrue\n$(X):\n\tansible-playbook cluster.yml\n', []],
  ['a variable after a target', 'lint:\n\ttrue\nPLAY = ansible-playbook cluster.yml\n', []],
  [
    'a recipe in the line of the target',
    'up: deps ; ansible-playbook cluster.yml\n',
    ['Makefile:1 make up cluster'],
  ],
  [
    'a circle',
    'a: b\nb: a\n\tansible-playbook cluster.yml\n',
    ['Makefile:1 make a cluster', 'Makefile:3 make b cluster'],
  ],
  [
    'conditional lines',
    'up:\nifdef X\n\tansible-playbook cluster.yml\nendif\n',
    ['Makefile:3 make up cluster'],
  ],
  ['DOS line ends', 'up:\r\n\tansible-playbook cluster.yml\r\n', ['Makefile:2 make up cluster']],
])('a Makefile: %s', (_, text, expected) => {
  expect(byHand({ Makefile: text })).toEqual(expected)
})

test('a playbook of the repository’s own is known with each that it imports, and whether it hands variables over', () => {
  const text =
    '- hosts: all\n\n- name: Install\n  import_playbook: kubernetes_sigs.kubespray.cluster\n\n- name: Update\n  when: old\n  ansible.builtin.import_playbook: kubernetes_sigs.kubespray.upgrade_cluster\n  vars:\n    ip: "{{ own_ip }}"\n'
  const { own } = howApplied(new Map([['k8s.yaml', text]]), { branch: 'main', isDefault: true })
  expect(own).toEqual([
    { file: 'k8s.yaml', line: 4, playbook: 'cluster', handsVariables: false },
    { file: 'k8s.yaml', line: 8, playbook: 'upgrade-cluster', handsVariables: true },
  ])
})
