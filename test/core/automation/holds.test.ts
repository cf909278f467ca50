import { expect, test } from 'vitest'
import { holds, readPattern, type KnownValues } from '../../../src/core/automation/holds.ts'

const GITHUB: KnownValues = new Map<string, string | boolean>([
  ['github.event_name', 'push'],
  ['github.ref', 'refs/heads/main'],
  ['github.ref_name', 'main'],
  ['github.head_ref', ''],
  ['inputs.dry', true],
])

/** By the rules of GitHub's expressions. */
test.each<[condition: string, truth: boolean | 'unknown']>([
  ["github.event_name == 'push'", true],
  ["${{ github.event_name == 'push' }}", true],
  ["github.event_name == 'PUSH'", true],
  ["github.event_name != 'push'", false],
  ['github.event_name == "push"', true],
  ["github.ref_name == 'it''s'", false],
  ["github.event_name == 'push' && github.ref_name == 'main'", true],
  ["github.event_name == 'push' && vars.DEPLOY == 'yes'", 'unknown'],
  ["github.event_name == 'schedule' && vars.DEPLOY == 'yes'", false],
  ["vars.DEPLOY == 'yes' && github.event_name == 'schedule'", false],
  ["vars.DEPLOY == 'yes' && github.event_name == 'push'", 'unknown'],
  ["github.event_name == 'push' || vars.DEPLOY == 'yes'", true],
  ["vars.DEPLOY == 'yes' || github.event_name == 'push'", true],
  ["vars.DEPLOY == 'yes' || github.event_name == 'schedule'", 'unknown'],
  ["github.event_name == 'schedule' || github.event_name == 'issues'", false],
  ["(github.head_ref || github.ref_name) == 'main'", true],
  ["(github.head_ref || github.ref_name) == 'other'", false],
  ["(github.event_name == 'push' && 'prod' || 'test') == 'prod'", true],
  ["(github.event_name == 'issues' && 'prod' || 'test') == 'prod'", false],
  ["(vars.ENV || 'prod') == 'prod'", 'unknown'],
  ["vars.ENV || 'prod'", true],
  ["(vars.ENV && '') == ''", 'unknown'],
  ["vars.ENV && ''", false],
  ["!(github.event_name == 'push')", false],
  ['!vars.DEPLOY', 'unknown'],
  ['!cancelled()', true],
  ['success()', true],
  ['always()', true],
  ['failure()', false],
  ['cancelled()', false],
  ['github.head_ref', false],
  ['github.ref_name', true],
  ['github.head_ref == null', true],
  ['github.ref_name == null', false],
  ['null', false],
  ['true', true],
  ['false', false],
  ['inputs.dry', true],
  ['inputs.dry == true', true],
  ["inputs.dry == 'true'", false],
  ['inputs.dry == 1', true],
  ["startsWith(github.ref, 'refs/heads/')", true],
  ["startsWith(github.ref, 'refs/tags/')", false],
  ["startsWith(github.ref, 'REFS/heads')", true],
  ["endsWith(github.ref, '/main')", true],
  ["contains(github.ref, 'tags')", false],
  ["contains(github.event.head_commit.message, 'skip')", 'unknown'],
  ['contains(github.ref)', 'unknown'],
  ["hashFiles('x') == 'y'", 'unknown'],
  ["fromJSON('[1]')[0] == 1", 'unknown'],
  ['github.event_name ==', 'unknown'],
  ["(github.event_name == 'push'", 'unknown'],
  ["github.event_name 'push'", 'unknown'],
  ['', 'unknown'],
  [`github.event_name == '${'x'.repeat(2000)}'`, 'unknown'],
])('a workflow’s condition %s: %s', (condition, truth) => {
  expect(holds(condition, GITHUB)).toBe(truth)
})

const GITLAB: KnownValues = new Map([
  ['$CI_PIPELINE_SOURCE', 'push'],
  ['$CI_COMMIT_BRANCH', 'main'],
  ['$EMPTY', ''],
])

/** By the rules of GitLab's `rules: if`. */
test.each<[condition: string, truth: boolean | 'unknown']>([
  ['$CI_COMMIT_BRANCH == "main"', true],
  ["$CI_COMMIT_BRANCH == 'main'", true],
  ['$CI_COMMIT_BRANCH == "Main"', false],
  ['$CI_COMMIT_BRANCH != "Main"', true],
  ['$CI_COMMIT_BRANCH', true],
  ['$EMPTY', false],
  ['$EMPTY == ""', true],
  ['$EMPTY == null', false],
  ['$CI_COMMIT_BRANCH != null', true],
  ['$CI_COMMIT_TAG', 'unknown'],
  ['$CI_COMMIT_BRANCH =~ /^ma/', true],
  ['$CI_COMMIT_BRANCH =~ /^MA/', false],
  ['$CI_COMMIT_BRANCH =~ /^MA/i', true],
  ['$CI_COMMIT_BRANCH !~ /^ma/', false],
  ['$CI_COMMIT_TAG =~ /^v/', 'unknown'],
  ['$CI_COMMIT_BRANCH =~ $PATTERN', 'unknown'],
  ['$CI_COMMIT_BRANCH =~ "main"', 'unknown'],
  ['$CI_COMMIT_BRANCH == /main/', 'unknown'],
  ['/main/', 'unknown'],
  ['$CI_COMMIT_BRANCH =~ /(a+)+/', 'unknown'],
  ['$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH =~ /^release/', false],
  ['($CI_PIPELINE_SOURCE == "push" || $CI_PIPELINE_SOURCE == "web") && $CI_COMMIT_BRANCH == "main"', true],
])('a pipeline’s condition %s: %s', (condition, truth) => {
  expect(holds(condition, GITLAB)).toBe(truth)
})

test.each([
  ['/^v1/', /^v1/],
  ['/^v1/i', /^v1/i],
  ['no slashes', undefined],
  ['/(a+)+$/', undefined],
  ['/a*b*c*d*/', undefined],
  ['/(a)\\1/', undefined],
  ['/[/', undefined],
])('the pattern %s is read as %s: none that could take for ever', (written, pattern) => {
  expect(readPattern(written)).toEqual(pattern)
})
