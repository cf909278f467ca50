import { Failure, listReply, notFound, paged, repoOf, type Call, type Handlers } from '../call.ts'
import type { Json } from '../description.ts'
import { checkJson } from '../render.ts'
import type { CheckRun, Repo } from '../world.ts'
import { resolveRevision } from '../resolve-revision.ts'

/** GitHub takes so many annotations with one request, and more with further ones. */
const MOST_ANNOTATIONS = 50
const MOST_TEXT = 65_535

export const checks: Handlers = {
  'checks/create': (call) => {
    onlyApps(call)
    const repo = repoOf(call)
    const written = call.body as unknown as WrittenCheck & { name: string; head_sha: string }
    if (repo.objects.get(written.head_sha)?.type !== 'commit')
      throw new Failure(422, `No commit found for SHA: ${written.head_sha}`)
    const check: CheckRun = {
      ...{ id: call.world.nextId(), name: written.name, headSha: written.head_sha, externalId: '' },
      ...{ status: 'queued', conclusion: null, annotations: [], actions: [] },
      output: { title: null, summary: null, text: null },
    }
    change(check, written)
    repo.checks.push(check)
    return { status: 201, body: checkJson(call.world, repo, check) }
  },

  'checks/update': (call) => {
    onlyApps(call)
    const { repo, check } = checkOf(call)
    change(check, call.body)
    return { status: 200, body: checkJson(call.world, repo, check) }
  },

  'checks/get': (call) => {
    const { repo, check } = checkOf(call)
    return { status: 200, body: checkJson(call.world, repo, check) }
  },

  'checks/list-for-ref': (call) => {
    const repo = repoOf(call)
    const oid = resolveRevision(repo, `${call.params.ref}^{commit}`)
    if (!oid) throw new Failure(422, `No commit found for SHA: ${call.params.ref}`)
    const name = call.query.get('check_name')
    const all = repo.checks.filter((each) => each.headSha === oid && (!name || each.name === name)).reverse()
    const isLatest = (check: CheckRun) => all.find((each) => each.name === check.name) === check
    const found = call.query.get('filter') === 'all' ? all : all.filter(isLatest)
    const { items, headers } = paged(call, found)
    const check_runs = items.map((check) => checkJson(call.world, repo, check))
    return { status: 200, headers, body: { total_count: found.length, check_runs } }
  },

  'checks/list-annotations': (call) => listReply(call, checkOf(call).check.annotations),
}

interface WrittenCheck {
  readonly status?: string
  readonly conclusion?: string
  readonly external_id?: string
  readonly output?: { title?: string; summary: string; text?: string; annotations?: Json[] }
  readonly actions?: { identifier: string; label: string; description: string }[]
}

function change(check: CheckRun, { status, conclusion, external_id, output, actions }: WrittenCheck): void {
  const annotations = output?.annotations ?? []
  if (annotations.length > MOST_ANNOTATIONS)
    throw new Failure(422, 'Invalid request.\n\nNo more than 50 items are allowed.')
  if ((output?.summary.length ?? 0) > MOST_TEXT || (output?.text?.length ?? 0) > MOST_TEXT)
    throw new Failure(422, 'Invalid request.\n\nOnly 65535 characters are allowed.')
  if ((actions?.length ?? 0) > 3)
    throw new Failure(422, 'Invalid request.\n\nNo more than 3 items are allowed; 4 were supplied.')
  for (const { identifier, label, description } of actions ?? [])
    if (identifier.length > 20 || label.length > 20 || description.length > 40)
      throw new Failure(422, 'Invalid request.\n\nAn action says too much.')
  if (external_id !== undefined) check.externalId = external_id
  if (output)
    check.output = { title: output.title ?? null, summary: output.summary, text: output.text ?? null }
  check.annotations.push(
    ...annotations.map((each) => ({
      blob_href: '',
      start_column: null,
      end_column: null,
      raw_details: null,
      ...each,
    })),
  )
  check.actions = actions ?? check.actions
  check.status = conclusion ? 'completed' : (status ?? check.status)
  if (status && status !== 'completed') check.conclusion = null
  if (conclusion) check.conclusion = conclusion
}

/** Check runs are written by Apps alone. */
function onlyApps({ actor }: Call): void {
  if (actor.kind !== 'installation') throw new Failure(403, 'You must authenticate via a GitHub App.')
}

function checkOf(call: Call): { repo: Repo; check: CheckRun } {
  const repo = repoOf(call)
  const check = repo.checks.find((each) => each.id === Number(call.params.check_run_id))
  if (!check) throw notFound()
  return { repo, check }
}
