import type { EventName, Payload } from '../../app/jobs/jobs-for.ts'

/** A payload of the form that we read, or what is wrong with it, in one sentence. */
type PayloadReading =
  | { readonly kind: 'payload'; readonly payload: Payload }
  | { readonly kind: 'unreadable'; readonly why: string }

/**
 * Reads what came as the payload of an event, whoever brought it: the server, Lambda, a workflow's run. What it holds beside the
 * fields we use is passed over; a field of another type than GitHub documents is not guessed at. By hand and not by a schema's
 * package, which would be most of what a cold start of Lambda loads.
 */
export function readPayload(event: EventName, given: unknown): PayloadReading {
  try {
    return { kind: 'payload', payload: read(given, PAYLOAD, []) ?? {} }
  } catch (error) {
    if (!(error instanceof OtherForm)) throw error
    return { kind: 'unreadable', why: `I cannot read this \`${event}\`${error.message}.` }
  }
}

/** A number is a whole one above 0, as all that GitHub counts and names by. */
type Form = 'text' | 'number' | readonly [Form] | { readonly [field: string]: Form }

const ACCOUNT: Form = { login: 'text', type: 'text' }
const REPOSITORY: Form = { full_name: 'text', default_branch: 'text' }

const PAYLOAD: Form = {
  action: 'text',
  installation: { id: 'number', account: { login: 'text' } },
  sender: ACCOUNT,
  repository: REPOSITORY,
  repositories: [REPOSITORY],
  repositories_added: [REPOSITORY],
  ref: 'text',
  pull_request: { head: { ref: 'text', repo: { full_name: 'text' } } },
  issue: { number: 'number', body: 'text', user: ACCOUNT },
  comment: { body: 'text', user: ACCOUNT },
  check_run: { check_suite: { head_branch: 'text' }, pull_requests: [{ head: { ref: 'text' } }] },
  check_suite: { head_branch: 'text' },
  requested_action: { identifier: 'text' },
}

class OtherForm extends Error {
  constructor(path: readonly (string | number)[], expected: string, given: unknown) {
    const at = path.length > 0 ? ` at \`${path.join('.')}\`` : ''
    const received = Array.isArray(given) ? 'array' : typeof given
    super(`${at}: expected ${expected}, received ${received}`)
  }
}

/** What of a value the form names. GitHub writes `null` for what is not there, so that is left out. */
function read(given: unknown, form: Form, path: readonly (string | number)[]): unknown {
  if (given === null || given === undefined) return undefined
  if (form === 'text') {
    if (typeof given !== 'string') throw new OtherForm(path, 'string', given)
    return given
  }
  if (form === 'number') {
    if (!Number.isSafeInteger(given) || (given as number) <= 0) throw new OtherForm(path, 'number', given)
    return given
  }
  if (isList(form)) {
    if (!Array.isArray(given)) throw new OtherForm(path, 'array', given)
    const rows = given.map((each, at) => read(each, form[0], [...path, at]))
    return rows.filter((each) => each !== undefined)
  }
  // Some who write JSON cannot tell an empty object from an empty list.
  const fields = Array.isArray(given) && given.length === 0 ? {} : given
  if (typeof fields !== 'object' || Array.isArray(fields)) throw new OtherForm(path, 'object', given)
  const kept = Object.entries(form).map(([name, inner]): [string, unknown] => {
    const value = Object.hasOwn(fields, name) ? (fields as Record<string, unknown>)[name] : undefined
    return [name, read(value, inner, [...path, name])]
  })
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined))
}

function isList(form: Form): form is readonly [Form] {
  return Array.isArray(form)
}
