import { expect, test } from 'vitest'
import { onMerge } from '../../support/applied.ts'

const SCRIPT = 'script: ansible-playbook cluster.yml\n'

/** What a merge to the branch sets off in a repository with this pipeline. */
function started(text: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  return onMerge({ '.gitlab-ci.yml': text, ...more }).map((each) => each.replace('.gitlab-ci.yml', ''))
}

test.each<readonly [string, string, readonly string[]]>([
  ['only with a variable', `only:\n    variables: [$A]\n  ${SCRIPT}`, [':4 cluster, if $A']],
  ['only with one of two', `only:\n    variables: [$A, $B]\n  ${SCRIPT}`, [':4 cluster, if $A || $B']],
  [
    'only with a variable that is the branch',
    `only:\n    variables: [$A, $CI_COMMIT_BRANCH == "main"]\n  ${SCRIPT}`,
    [':4 cluster'],
  ],
  [
    'only with a variable that is another branch',
    `only:\n    variables: [$CI_COMMIT_BRANCH == "x"]\n  ${SCRIPT}`,
    [],
  ],
  ['only of merge requests', `only: merge_requests\n  ${SCRIPT}`, []],
  ['except with a variable', `except:\n    variables: [$A]\n  ${SCRIPT}`, [':4 cluster, if !($A)']],
  [
    'except with a variable that is the branch',
    `except:\n    variables: [$CI_COMMIT_BRANCH == "main"]\n  ${SCRIPT}`,
    [],
  ],
  [
    'except with a variable that is another branch',
    `except:\n    variables: [$CI_COMMIT_BRANCH == "x"]\n  ${SCRIPT}`,
    [':4 cluster'],
  ],
  [
    'except where documents change',
    `except:\n    changes: ["docs/**"]\n  ${SCRIPT}`,
    [':4 cluster, if !(docs/**)'],
  ],
  ['except on other branches', `except:\n    refs: [x, tags]\n  ${SCRIPT}`, [':4 cluster']],
  ['except by the clock', `except: [schedules]\n  ${SCRIPT}`, [':3 cluster']],
  [
    'by a rule for paths',
    `rules:\n    - changes: [inventory/**]\n  ${SCRIPT}`,
    [':4 cluster, only inventory/**'],
  ],
  [
    'by a rule for paths, in its long form',
    `rules:\n    - changes: { paths: [inventory/**], compare_to: x }\n  ${SCRIPT}`,
    [':4 cluster, only inventory/**'],
  ],
  [
    'by all but one rule for a variable and paths',
    `rules:\n    - if: $A\n      changes: [a, b]\n      when: never\n    - when: always\n  ${SCRIPT}`,
    [':7 cluster, if !($A && a b)'],
  ],
  [
    'by a rule for paths or any other push',
    `rules:\n    - changes: [docs/**]\n      when: never\n    - when: on_success\n  ${SCRIPT}`,
    [':6 cluster, if !(docs/**)'],
  ],
  [
    'by a rule for paths, or another for a variable',
    `rules:\n    - changes: [inventory/**]\n    - if: $A\n  ${SCRIPT}`,
    [':5 cluster, if inventory/** || $A'],
  ],
  [
    'by a variable, or where the branch is this one',
    `rules:\n    - if: $A\n    - if: $CI_COMMIT_BRANCH\n  ${SCRIPT}`,
    [':5 cluster'],
  ],
  [
    'by a variable, or where nothing stops it',
    `rules:\n    - if: $A\n    - if: $B\n      when: never\n    - when: always\n  ${SCRIPT}`,
    [':7 cluster, if $A || !($B)'],
  ],
  [
    'by a variable alone, where the rest waits for a person',
    `rules:\n    - if: $A\n    - when: manual\n  ${SCRIPT}`,
    [':5 cluster, if $A'],
  ],
  ['by no rule that holds', `rules:\n    - if: $CI_COMMIT_TAG\n  ${SCRIPT}`, []],
  ['in an environment', `environment: { name: prod }\n  ${SCRIPT}`, [':3 cluster, in prod']],
  ['in what it extends in a circle', `extends: apply\n  ${SCRIPT}`, [':3 cluster']],
  ['in a job that extends nobody', 'extends: .nobody\n', []],
])('a job of GitLab’s starts %s', (_, job, expected) => {
  expect(started(`apply:\n  ${job}`)).toEqual(expected)
})

test.each<readonly [string, string, readonly string[]]>([
  ['a job of an included file that is not there', 'include: [gone.yml]\n', []],
  ['a job of a file that includes itself', `include: .gitlab-ci.yml\napply:\n  ${SCRIPT}`, [':3 cluster']],
  [
    'a job beside a file of somebody else’s',
    `include:\n  - remote: https://example.org/x.yml\napply:\n  ${SCRIPT}`,
    [':4 cluster'],
  ],
  ['no job of a file that is no YAML', 'include: [broken.yml]\n', []],
  [
    'what stands before the script of each job',
    'before_script:\n  - ansible-playbook cluster.yml\napply:\n  script: "true"\n',
    [':2 cluster'],
  ],
  [
    'the same among what is by default',
    'default:\n  before_script:\n    - ansible-playbook cluster.yml\napply:\n  script: "true"\n',
    [':3 cluster'],
  ],
  [
    'but not where a job has its own',
    'before_script:\n  - ansible-playbook cluster.yml\napply:\n  before_script: []\n  script: "true"\n',
    [],
  ],
])('a merge runs %s', (_, text, expected) => {
  expect(started(text, { 'broken.yml': `apply:\n  script: [\n` })).toEqual(expected)
})
