import { createHash } from 'node:crypto'
import { defined } from '../../../core/model/defined.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { Annotation, Check, CheckReport, Checks, CheckState } from '../../../ports/forge.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

export function githubChecks(api: RepositoryApi): Checks {
  return {
    find: async (at, name) => {
      const found = await findRun(api, at, name)
      return found && readCheck(found)
    },
    report: async (report) => {
      const found = await findRun(api, report.at, report.name)
      // What a run was made from stands in `external_id`: GitHub does not give back annotations and buttons in one answer.
      const id = fingerprint(report)
      if (found?.external_id === id) return false
      await write(api, report, { id, open: found && found.status !== 'completed' ? found.id : undefined })
      return true
    },
    repeat: async (at, name) => {
      const found = await findRun(api, at, name)
      // GitHub has set the suite back to waiting. Without `output` the annotations stay as they are.
      const { status, conclusion } = found ?? {}
      if (found && status && conclusion)
        await api.request('PATCH /check-runs/{check}', { check: found.id, status, conclusion })
    },
  }
}

/** So many annotations GitHub takes with one request; further ones are added by updates. */
const ANNOTATIONS_AT_ONCE = 50

interface GivenRun {
  readonly id: number
  readonly name: string
  readonly head_sha: Oid
  readonly external_id: string | null
  readonly status: string
  readonly conclusion: string | null
  readonly output: { readonly title: string | null; readonly summary: string | null }
}

async function findRun(api: RepositoryApi, at: Oid, name: string): Promise<GivenRun | undefined> {
  // Another App may have a check of the same name; ours is the one that has our kind of id.
  const { data } = await api.request<{ check_runs: GivenRun[] }>('GET /commits/{at}/check-runs', {
    at,
    check_name: name,
    filter: 'all',
    per_page: 100,
  })
  const ours = data.check_runs.filter(({ external_id }) => external_id?.startsWith(MARK))
  return ours.sort((a, b) => b.id - a.id)[0]
}

const MARK = 'multiarch:'

function fingerprint(report: CheckReport): string {
  return MARK + createHash('sha256').update(JSON.stringify(report)).digest('hex')
}

/**
 * Brings an unfinished run up to date, or makes a new one: annotations can only be added to a run, never taken away, so a
 * finished one that says something else by now is followed by another, and GitHub shows the newest.
 */
async function write(
  api: RepositoryApi,
  report: CheckReport,
  run: { id: string; open: number | undefined },
): Promise<void> {
  const { name, at, title, summary, text, annotations, actions } = report
  const output = { title, summary, ...defined({ text }) }
  const batches = inBatches(annotations.map(writtenAnnotation))
  const [first = [], ...others] = batches
  const body = {
    ...writtenState(report.state),
    external_id: run.id,
    output: { ...output, annotations: first },
    actions: actions.map(({ id, label, description }) => ({ identifier: id, label, description })),
  }
  const route = run.open === undefined ? 'POST /check-runs' : 'PATCH /check-runs/{check}'
  const target = run.open === undefined ? { name, head_sha: at } : { check: run.open }
  const { data } = await api.request<GivenRun>(route, { ...target, ...body })
  for (const batch of others)
    await api.request('PATCH /check-runs/{check}', {
      check: data.id,
      output: { ...output, annotations: batch },
    })
}

const STATES: Readonly<Record<CheckState, { readonly status: string; readonly conclusion?: string }>> = {
  queued: { status: 'queued' },
  running: { status: 'in_progress' },
  success: { status: 'completed', conclusion: 'success' },
  failure: { status: 'completed', conclusion: 'failure' },
  neutral: { status: 'completed', conclusion: 'neutral' },
  'action-required': { status: 'completed', conclusion: 'action_required' },
}

function writtenState(state: CheckState): { status: string; conclusion?: string } {
  return STATES[state]
}

function readCheck({ id, name, head_sha, status, conclusion, output }: GivenRun): Check {
  const states = Object.entries(STATES) as [CheckState, (typeof STATES)[CheckState]][]
  const found = states.find(
    ([, written]) => written.status === status && (written.conclusion ?? null) === conclusion,
  )
  // A conclusion of GitHub's own making (stale, cancelled) settles nothing.
  const state = found?.[0] ?? 'neutral'
  return { id, name, at: head_sha, state, title: output.title ?? '', summary: output.summary ?? '' }
}

function writtenAnnotation({ path, line, severity, title, message }: Annotation): object {
  return { path, start_line: line, end_line: line, annotation_level: severity, title, message }
}

function inBatches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / ANNOTATIONS_AT_ONCE)
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * ANNOTATIONS_AT_ONCE, (index + 1) * ANNOTATIONS_AT_ONCE),
  )
}
