import { optional } from '../model/defined.ts'
import type { YamlNode } from '../yaml/node/yaml-node.ts'
import type { CallOnMerge } from './call-on-merge.ts'
import type { KnownValues } from './holds.ts'
import { takesName } from './takes-name.ts'
import { entriesOf, itemsOf, valueAt, wordOf, wordsOf } from './value-at.ts'
import type { YamlFile } from './yaml-file.ts'

/** How a merge, or a pull request before it, starts a workflow. */
export interface Start {
  readonly event: 'push' | 'opened' | 'pull_request' | 'pull_request_target' | 'workflow_run' | 'schedule'
  readonly only?: readonly string[]
  readonly except?: readonly string[]
}

interface Branch {
  readonly branch: string
  readonly isDefault: boolean
}

export function startsOf(root: YamlNode, { branch, isDefault }: Branch): readonly Start[] {
  const on = valueAt(root, 'on')
  const events = new Map<string, YamlNode | undefined>([
    ...wordsOf(on).map((event) => [event, undefined] as const),
    ...entriesOf(on),
  ])
  const starts: Start[] = []
  for (const event of ['push', 'pull_request', 'pull_request_target'] as const) {
    if (!events.has(event)) continue
    const filter = events.get(event)
    if (!isForBranch(filter, branch)) continue
    const [only, except] = [valueAt(filter, 'paths'), valueAt(filter, 'paths-ignore')]
    const paths = {
      ...optional(only, (node) => ({ only: wordsOf(node) })),
      ...optional(except, (node) => ({ except: wordsOf(node) })),
    }
    const types = event === 'push' ? [] : wordsOf(valueAt(filter, 'types'))
    if (event === 'push' || types.includes('closed')) starts.push({ event, ...paths })
    // Without types it runs while a pull request is open, on what is not merged yet.
    const isOpen = event !== 'push' && (types.length === 0 || types.some((each) => WHILE_OPEN.test(each)))
    if (isOpen) starts.push({ event: 'opened', ...paths })
  }
  // The clock starts what the default branch has.
  if (isDefault && itemsOf(events.get('schedule')).length > 0) starts.push({ event: 'schedule' })
  return starts
}

const WHILE_OPEN = /^(?:opened|synchronize|reopened|ready_for_review)$/

function isForBranch(filter: YamlNode | undefined, branch: string): boolean {
  const [taken, ignored] = [valueAt(filter, 'branches'), valueAt(filter, 'branches-ignore')]
  if (taken) return takesName(wordsOf(taken), branch)
  if (ignored) return !takesName(wordsOf(ignored), branch)
  return valueAt(filter, 'tags') === undefined && valueAt(filter, 'tags-ignore') === undefined
}

/** A workflow that runs once another one has, by its name. */
export function workflowStartedBy(
  root: YamlNode,
  {
    branch,
    isDefault,
    files,
    started,
  }: Branch & { readonly files: ReadonlyMap<string, YamlFile>; readonly started: ReadonlyMap<string, Start> },
): Start | undefined {
  const after = valueAt(valueAt(root, 'on'), 'workflow_run')
  if (!after || !isDefault || !isForBranch(after, branch)) return undefined
  const names = wordsOf(valueAt(after, 'workflows'))
  const isRun = [...started.keys()].some((key) => {
    const file = key.slice(0, key.lastIndexOf(' '))
    return names.includes(wordOf(valueAt(files.get(file)?.root, 'name')) ?? file)
  })
  return isRun ? { event: 'workflow_run' } : undefined
}

/** What each of them is to whoever merges. */
export const BY: Readonly<Record<Start['event'], CallOnMerge['by']>> = {
  push: 'push',
  pull_request: 'push',
  pull_request_target: 'push',
  workflow_run: 'push',
  schedule: 'schedule',
  opened: 'pull-request',
}

/** What is known of the run that an event starts. */
export function knownAt(event: Start['event'], branch: string): KnownValues {
  if (event === 'opened')
    return new Map<string, string | boolean>([
      ['github.event_name', 'pull_request'],
      ['github.event.pull_request.merged', false],
      ['github.base_ref', branch],
      ['github.event.pull_request.base.ref', branch],
      ['github.ref', 'refs/pull/1/merge'],
    ])
  const isPull = event === 'pull_request' || event === 'pull_request_target'
  const merged: readonly (readonly [string, string | boolean])[] = isPull
    ? [
        ['github.event.pull_request.merged', true],
        ['github.event.action', 'closed'],
        ['github.base_ref', branch],
        ['github.event.pull_request.base.ref', branch],
      ]
    : [
        ['github.ref', `refs/heads/${branch}`],
        ['github.ref_name', branch],
        ['github.ref_type', 'branch'],
      ]
  const after: readonly (readonly [string, string])[] =
    event === 'workflow_run'
      ? [
          ['github.event.workflow_run.conclusion', 'success'],
          ['github.event.workflow_run.head_branch', branch],
        ]
      : []
  return new Map<string, string | boolean>([['github.event_name', event], ...merged, ...after])
}
