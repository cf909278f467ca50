import type { HowApplied } from '../../automation/how-applied.ts'
import type { CallOnMerge } from '../../automation/call-on-merge.ts'
import { bold, code, joined, listed, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'

/** A workflow or pipeline that runs a playbook when the branch is pushed to, or while a pull request is open. */
export function mergeApplies(applied: HowApplied | undefined): Text {
  return sentences(applied?.onMerge ?? [], (call) => {
    switch (call.by) {
      case 'schedule':
        return [
          bold`What is merged here is applied by the clock: ${whatRuns(call)} on the cluster on a schedule.`,
        ]
      case 'pull-request':
        return [
          bold`While this pull request is open, before anybody merges, ${whatRuns(call)} on each push to it: look which hosts that reaches.`,
        ]
      case 'push':
        return [
          bold`Merging this ${isSure(call) ? 'runs' : 'may run'} ${names(call)} on the cluster (${placeOf(call)}).`,
        ]
    }
  })
}

/** The same before any step is there: what opening or merging one will do. */
export function stepsApply(applied: HowApplied): Text {
  const branch = code(applied.branch)
  return sentences(applied.onMerge, (call) => {
    switch (call.by) {
      case 'schedule':
        return [
          bold`Whatever is merged to ${branch} is applied by the clock: ${whatRuns(call)} on the cluster on a schedule.`,
        ]
      case 'pull-request':
        return [
          bold`While a pull request to ${branch} is open, before anybody merges, ${whatRuns(call)} on each push to it: look which hosts that reaches.`,
        ]
      case 'push':
        return [
          bold`Merging a step applies it: a push to ${branch} ${isSure(call) ? 'runs' : 'may run'} ${names(call)} on the cluster (${placeOf(call)}).`,
        ]
    }
  })
}

/** Beyond these they are counted. */
const MOST_SAID = 2

function sentences(calls: readonly CallOnMerge[], sentenceOf: (call: CallOnMerge) => Text): Text {
  const said = calls.slice(0, MOST_SAID).map((call) =>
    joined(
      [sentenceOf(call), hedge(call)].filter((each) => each.length > 0),
      ' ',
    ),
  )
  const more = calls.length - said.length
  if (more > 0) said.push(say`So ${more === 1 ? 'does' : 'do'} ${plural(more, 'other line')} of such files.`)
  return joined(said, ' ')
}

function placeOf({ file, line }: CallOnMerge): Text {
  return [code(`${file}:${line}`)]
}

function whatRuns(call: CallOnMerge): Text {
  return say`${placeOf(call)} ${isSure(call) ? 'runs' : 'may run'} ${names(call)}`
}

function names({ playbooks }: CallOnMerge): Text {
  return joined(
    playbooks.map((each) => [code(`${each}.yml`)]),
    ' or ',
  )
}

function isSure({ conditions, only, except, playbooks }: CallOnMerge): boolean {
  return conditions.length === 0 && !only && !except && playbooks.length === 1
}

/** What it asks that I do not know, in its own words. */
function hedge({ conditions, only, except, environment }: CallOnMerge): Text {
  const said = [
    ...(only ? [say`It starts only where ${listed(only.map(code))} changes.`] : []),
    ...(except ? [say`It does not start where only ${listed(except.map(code))} changes.`] : []),
    ...(conditions.length > 0
      ? [say`It asks for ${listed(conditions.map(code))}, which I do not know.`]
      : []),
    ...(environment === undefined
      ? []
      : [say`It runs in the environment ${code(environment)}, which may ask somebody first.`]),
  ]
  return joined(said, ' ')
}
