import { defined } from '../model/defined.ts'
import { readDocument } from '../yaml/values/read-values.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { Guards, Precondition } from './catalogue.ts'
import { printed } from './jinja/value.ts'
import type { ReleaseFiles } from './release-files.ts'
import { replacedIn } from './replaced-in.ts'
import type { Variables } from './variables-of.ts'
import { listed, mapIn } from './task.ts'

/**
 * What stops a play: variables that may not be set any more, and components whose running version is too old.
 */
export function guardsOf(files: ReleaseFiles, variables: Variables): Guards {
  const checks = files.layout.checks.map((path) => ({ path, text: files.text(path) }))
  return {
    removed: checks.flatMap(({ path, text }) => removedIn(text).map((name) => ({ name, path }))),
    replaced: checks.flatMap(({ path, text }) => replacedIn(path, text)),
    preconditions: checks.flatMap(({ path, text }) => [
      ...failsBelow(path, text),
      ...assertsMinimum(path, text, variables),
    ]),
  }
}

/**
 * The list `removed_vars` of the check that v2.31 introduced, and single variables that an assertion wants undefined. A condition with the same
 * words runs a task, or has it stop a play that lacks the variable.
 */
function removedIn(text: string): readonly string[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /\bremoved_vars:$/.test(line.trimEnd()))
  const rest = start < 0 ? [] : lines.slice(start + 1)
  const end = rest.findIndex((line) => !/^\s+-\s|^\s*#|^\s*$/.test(line))
  const names = rest
    .slice(0, end < 0 ? undefined : end)
    .flatMap((line) => /^\s+-\s+["']?(\w+)/.exec(line)?.[1] ?? [])
  const single = / is (?:not |un)defined/.test(text) ? tasksIn(text).flatMap(wantedUndefined) : []
  return [...new Set([...names, ...single])]
}

function wantedUndefined(task: PlainValue): readonly string[] {
  if (!(task instanceof Map)) return []
  const map = task as PlainMap
  const assertion = mapIn(map.get('assert') ?? map.get('ansible.builtin.assert'))
  const own = listed(assertion.get('that')).flatMap((each) => ABSENT.exec(printed(each).trim())?.[1] ?? [])
  return [...own, ...listed(map.get('block')).flatMap(wantedUndefined)]
}

function tasksIn(text: string): readonly PlainValue[] {
  const tasks = readDocument(text)
  return Array.isArray(tasks) ? (tasks as readonly PlainValue[]) : []
}

const ABSENT = /^(\w+) is (?:not |un)defined$/
const LIVE_BELOW = /\b(\w+?)_current_version is version\(\s*'v?([\d.]+)',\s*'<'\s*\)/
const TARGET_FROM = /\b(\w+?)_version is version\(\s*'v?([\d.]+)',\s*'>='\s*\)/

/** Tasks that fail while the running version of a component is below some version. */
function failsBelow(path: string, text: string): readonly Precondition[] {
  if (!LIVE_BELOW.test(text)) return []
  return tasksIn(text).flatMap((task) => failingTasks(path, task, []))
}

function failingTasks(path: string, task: PlainValue, outer: readonly string[]): readonly Precondition[] {
  if (!(task instanceof Map)) return []
  const map = task as PlainMap
  const conditions = [...outer, ...listed(map.get('when')).map(printed)]
  const block = map.get('block')
  const inner = Array.isArray(block)
    ? (block as readonly PlainValue[]).flatMap((each) => failingTasks(path, each, conditions))
    : []
  return map.has('fail') || map.has('ansible.builtin.fail')
    ? [...inner, ...preconditionIn(path, conditions)]
    : inner
}

/** All conditions hold at once, so the nearest one to the task, its own, is the sharpest. */
function preconditionIn(path: string, conditions: readonly string[]): readonly Precondition[] {
  const live = conditions.map((each) => LIVE_BELOW.exec(each)).findLast((match) => match !== null)
  if (!live) return []
  const target = conditions.map((each) => TARGET_FROM.exec(each)).find((match) => match?.[1] === live[1])
  const whenTargetAtLeast = target?.[2]
  return [
    {
      component: live[1] as string,
      atLeast: live[2] as string,
      ...defined({ whenTargetAtLeast: whenTargetAtLeast || undefined }),
      path,
    },
  ]
}

/** Asserts that the version found on the server is not below a constant (`calico_min_version_required`). */
function assertsMinimum(path: string, text: string, variables: Variables): readonly Precondition[] {
  return text.split('\n').flatMap((line) => {
    const found = /\b(\w+?)_version_on_server\b/.exec(line)
    const needs = / is version\(\s*(\w+_min_version_required),\s*'>='\s*\)/.exec(line.slice(found?.index))
    if (!found || !needs) return []
    const minimum = variables.value(needs[1] as string, {})
    return typeof minimum === 'string'
      ? [{ component: found[1] as string, atLeast: minimum.replace(/^v/, ''), path }]
      : []
  })
}
