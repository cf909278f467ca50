import { expect, test } from 'vitest'
import { job, onMerge, RUN, WORKFLOW } from '../../support/applied.ts'

/** What a workflow with this `on:` runs. */
function started(on: string): readonly string[] {
  return onMerge({ [WORKFLOW]: `${on}\n${RUN}` }).map((each) => each.replace(/^[^ ]+ /, ''))
}

test.each([
  ['on: push'],
  ['on: [push, workflow_dispatch]'],
  ['on:\n  - workflow_dispatch\n  - push'],
  ['on: { push: { branches: [main] } }'],
  ['on:\n  push:\n    branches: [main]'],
  ['on:\n  push:'],
  ['on:\n  push:\n    branches:\n    - "**"\n  workflow_dispatch:'],
  ['on:\n  push:\n    branches: ["m*"]'],
  ['on:\n  push:\n    branches: ["ma[a-i]n"]'],
  ['on:\n  push:\n    branches: ["mai?n"]'],
  ['on:\n  push:\n    branches: ["**", "!main", "ma*"]'],
  ['on:\n  push:\n    branches: [main]\n    tags: ["v*"]'],
  ['"on":\n  push:\n    branches-ignore: [docs]'],
  ['on:\n  push:\n    branches-ignore: [docs, "ma*n?s"]'],
  ['on:\r\n  push:\r\n    branches: [main]\r'],
  ['on:\n  pull_request:\n    types: [closed]\n    branches: [main]'],
])('a merge starts it: %s', (on) => {
  expect(started(on)).toEqual(['upgrade-cluster'])
})

test.each([
  ['on: pull_request', []],
  ['on:\n  pull_request:\n    branches: [main]', []],
  ['on:\n  pull_request_target:\n    types: [opened, synchronize]', []],
  ['on:\n  push: &filter\n    branches: [main]\n  pull_request: *filter', ['upgrade-cluster']],
  ['on:\n  pull_request:\n    types: [opened, closed]', ['upgrade-cluster']],
])('a pull request starts it before any merge: %s', (on, merged) => {
  expect(started(on)).toEqual([...merged, 'upgrade-cluster, while open'])
})

test('while it is open it is on no branch, and not merged', () => {
  const at = (condition: string): readonly string[] =>
    onMerge({
      [WORKFLOW]: `on: pull_request\n${RUN.replace('    steps', `    if: ${condition}\n    steps`)}`,
    })
  expect(at("github.ref == 'refs/heads/main'")).toEqual([])
  expect(at('github.event.pull_request.merged')).toEqual([])
  expect(at("github.event_name == 'pull_request'")).toHaveLength(1)
})

test('a playbook that a variable names, one or another', () => {
  const run =
    '    steps:\n      - run: |\n          ARGS="--check"\n          if x; then\n            ARGS="k/cluster.yml"\n          else\n            ARGS="k/upgrade-cluster.yml --tags apps"\n          fi\n          ansible-playbook -i inventory $ARGS -b\n'
  expect(job(run)).toEqual([':12 cluster|upgrade-cluster'])
})

test.each([
  ['on: workflow_dispatch'],
  ['on:\n  pull_request:\n    types: [labeled]'],
  ['on:\n  pull_request:\n    types: [closed]\n    branches: [docs]'],
  ['on:\n  push:\n    tags: ["v*"]'],
  ['on:\n  push:\n    tags-ignore: ["v*"]'],
  ['on:\n  push:\n    branches: [release]'],
  ['on:\n  push:\n    branches: ["*/main", "main/**", "mai"]'],
  ['on:\n  push:\n    branches: ["**", "!main"]'],
  ['on:\n  push:\n    branches-ignore: [main]'],
  ['on:\n  push:\n    branches-ignore: ["ma*"]'],
  ['# on: push\non:\n  workflow_call:'],
  ['name: on push\non: release'],
  ['on:\n  push:\n    branches: [main\n'],
])('a merge does not start it: %s', (on) => {
  expect(started(on)).toEqual([])
})

test.each([
  ['on:\n  push:\n    paths:\n      - inventory/**', 'upgrade-cluster, only inventory/**'],
  ['on:\n  push:\n    paths-ignore: [docs/**]', 'upgrade-cluster, except docs/**'],
  ['on:\n  schedule:\n    - cron: "0 0 * * *"', 'upgrade-cluster, clock'],
])('what it asks of the files, or of the clock, is told: %s', (on, expected) => {
  expect(started(on)).toEqual([expected])
})

test('the clock and other workflows start what the default branch has, and nothing of another', () => {
  const clock = { [WORKFLOW]: `on:\n  schedule:\n    - cron: "0 0 * * *"\n${RUN}` }
  expect(onMerge(clock, 'mine', false)).toEqual([])
  const chain = {
    '.github/workflows/ci.yml': 'name: CI\non: push\njobs: {}\n',
    '.github/workflows/cd.yml': `name: CD\non:\n  workflow_run:\n    workflows: [CI]\n${RUN}`,
    '.github/workflows/other.yml': `on:\n  workflow_run:\n    workflows: [Nightly]\n${RUN}`,
    '.github/workflows/after.yml': `on:\n  workflow_run:\n    workflows: [CD]\n    branches: [main]\n${RUN}`,
  }
  expect(onMerge(chain)).toEqual([
    '.github/workflows/cd.yml:8 upgrade-cluster',
    '.github/workflows/after.yml:8 upgrade-cluster',
  ])
  expect(onMerge(chain, 'mine', false)).toEqual([])
})

const STEP = '    steps:\n      - run: ansible-playbook cluster.yml\n'

test.each<readonly [string, readonly string[]]>([
  ["    if: github.ref == 'refs/heads/main'\n", [':6 cluster']],
  ["    if: ${{ github.ref_name == 'main' && github.event_name == 'push' }}\n", [':6 cluster']],
  ["    if: (github.event_name == 'push' || inputs.apply) && !cancelled()\n", [':6 cluster']],
  ["    if: startsWith(github.ref, 'refs/heads/')\n", [':6 cluster']],
  ['    if: always()\n', [':6 cluster']],
  ["    if: github.ref != 'refs/heads/main'\n", []],
  ["    if: github.event_name == 'workflow_dispatch'\n", []],
  ["    if: github.event_name == 'pull_request' && inputs.apply\n", []],
  ["    if: startsWith(github.ref, 'refs/tags/')\n", []],
  ['    if: false\n', []],
  ['    if: failure()\n', []],
  ["    if: vars.APPLY == 'yes'\n", [":6 cluster, if vars.APPLY == 'yes'"]],
  [
    "    if: contains(github.event.head_commit.message, '[apply it]')\n",
    [":6 cluster, if contains(github.event.head_commit.message, '[apply it]')"],
  ],
  ['    environment: production\n', [':6 cluster, in production']],
])('a job with %s', (head, expected) => {
  expect(job(`${head}${STEP}`)).toEqual(expected)
})

test.each<readonly [string, string, readonly string[]]>([
  [
    'a list of steps',
    '    steps:\n      - name: x\n        run: |\n          cd kubespray\n          ansible-playbook cluster.yml -b\n',
    [':8 cluster'],
  ],
  [
    'folded',
    '    steps:\n      - run: >-\n          ansible-playbook\n          -i inventory/mine\n          upgrade-cluster.yml\n',
    [':8 upgrade-cluster'],
  ],
  [
    'continued',
    '    steps:\n      - run: |\n          ansible-playbook \\\n            -b upgrade-cluster.yml\n',
    [':7 upgrade-cluster'],
  ],
  [
    'a container',
    '    steps:\n      - run: docker run quay.io/kubespray/kubespray ansible-playbook -i x cluster.yml\n',
    [':5 cluster'],
  ],
  [
    'a collection',
    '    steps:\n      - run: ansible-playbook kubernetes_sigs.kubespray.cluster\n',
    [':5 cluster'],
  ],
  [
    'an action',
    '    steps:\n      - uses: dawidd6/action-ansible-playbook@v2\n        with:\n          playbook: kubespray/upgrade-cluster.yml\n',
    [':7 upgrade-cluster'],
  ],
  [
    'a step that is off',
    "    steps:\n      - if: github.event_name == 'release'\n        run: ansible-playbook cluster.yml\n",
    [],
  ],
  ['a look', '    steps:\n      - run: ansible-playbook --syntax-check cluster.yml\n', []],
  ['a look by its short option', '    steps:\n      - run: ansible-playbook -i x cluster.yml -C\n', []],
  [
    'a look over two lines',
    '    steps:\n      - run: |\n          ansible-playbook cluster.yml \\\n            --list-hosts\n',
    [],
  ],
  ['a comment', '    steps:\n      - run: |\n          # ansible-playbook cluster.yml\n          true\n', []],
  ['printed', '    steps:\n      - run: echo "run ansible-playbook cluster.yml"\n', []],
  ['another playbook', '    steps:\n      - run: ansible-playbook scale.yml my-cluster.yml\n', []],
  [
    'a name alone',
    '    env:\n      PLAYBOOK: cluster.yml\n    steps:\n      - run: yamllint cluster.yml upgrade-cluster.yml\n',
    [],
  ],
  [
    'a job that needs one that is off',
    "    needs: b\n    steps:\n      - run: ansible-playbook cluster.yml\n  b:\n    if: github.event_name == 'release'\n    steps: []\n",
    [],
  ],
])('a step: %s', (_, text, expected) => {
  expect(job(text)).toEqual(expected)
})

test('a pattern that somebody made to take for ever takes no time', () => {
  const branches = `${'*a'.repeat(60)}b`
  expect(started(`on:\n  push:\n    branches: ["${branches}"]`)).toEqual([])
  const only = `apply:\n  only: ["/^(m+)+x$/"]\n  script: ansible-playbook cluster.yml\n`
  expect(onMerge({ '.gitlab-ci.yml': only }, 'm'.repeat(200))).toEqual([])
})
