import type { RepositoryName } from '../../../ports/forge.ts'
import { AskLess, unread } from './failure-of.ts'
import { missingField } from './missing-field.ts'
import { failureOfGraphql, translated, type OctokitError } from './octokit-error.ts'
import type { Sizes } from './sizes.ts'

interface Asked {
  readonly repository: RepositoryName
  readonly selections: string
  done(this: void, data: unknown): void
  fail(this: void, error: Error): void
}

/** A query this long is asked alone: many small questions may share one, long ones would only keep each other waiting. */
const LONG = 20_000

type Query = (query: string) => Promise<unknown>

/** Asks for fields of repositories. What is asked for in one turn of the event loop is one query, whoever asks. */
export function selectTogether(
  ask: Query,
  { now, sizes }: { readonly now: () => number; readonly sizes: Sizes },
): <T>(repository: RepositoryName, selections: string) => Promise<T> {
  let waiting: Asked[] = []
  const send = () => {
    const asked = waiting
    waiting = []
    for (const group of grouped(asked, sizes.of('together'))) void askGroup(group, { ask, now, sizes })
  }
  return <T>(repository: RepositoryName, selections: string) =>
    new Promise<T>((resolve, fail) => {
      waiting.push({ repository, selections, done: (data) => resolve(data as T), fail })
      if (waiting.length === 1) setImmediate(send)
    })
}

function grouped(asked: readonly Asked[], most: number): Asked[][] {
  const groups: Asked[][] = []
  let length = Infinity
  for (const each of asked) {
    length += each.selections.length
    if (length > LONG || (groups.at(-1)?.length ?? 0) >= most) {
      groups.push([])
      length = each.selections.length
    }
    groups.at(-1)?.push(each)
  }
  return groups
}

interface Asking {
  readonly ask: Query
  readonly now: () => number
  readonly sizes: Sizes
}

async function askGroup(group: readonly Asked[], asking: Asking): Promise<void> {
  const failures = await tryGroup(group, asking)
  const tooMuch = failures.filter(({ error }) => error instanceof AskLess)
  for (const { asked, error } of failures)
    if (group.length === 1 || !(error instanceof AskLess)) asked.fail(error)
  if (group.length === 1 || tooMuch.length === 0) return
  // Each may be little enough for a query of its own; who asked can ask for less then.
  const open = tooMuch.map(({ asked }) => asked)
  const middle = open.length === group.length ? Math.ceil(open.length / 2) : open.length
  await askGroup(open.slice(0, middle), asking)
  if (middle < open.length) await askGroup(open.slice(middle), asking)
  asking.sizes.keep('together', Math.ceil(group.length / 2))
}

/** Asks in one query, gives each its answer, and returns who has none and why. */
async function tryGroup(
  group: readonly Asked[],
  { ask, now }: Asking,
): Promise<readonly { readonly asked: Asked; readonly error: Error }[]> {
  const parts = group.map(({ repository: { owner, name }, selections }, index) => {
    const which = `owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(name)}`
    return `r${index}: repository(${which}) { ${selections} }`
  })
  const context = { api: 'graphql' as const, asked: 'a GraphQL query', now: now() }
  const given = await ask(`query { ${parts.join(' ')} }`).then(
    (data): Given => ({ data: data as Given['data'], errors: [] }),
    (error: unknown): Given => {
      const { errors, data, headers = {} } = error as OctokitError
      return errors && data ? { data, errors, headers } : { failed: translated(error, context), errors: [] }
    },
  )
  const isOurs = (name: unknown) =>
    typeof name === 'string' && /^r\d+$/.test(name) && Number(name.slice(1)) < group.length
  return group.flatMap((asked, index) => {
    const name = `r${index}`
    // Beside errors there is data; whoever has no error of their own has it all. What names none of us may concern each.
    const own = given.errors.filter(({ path }) => path?.[0] === name || !isOurs(path?.[0]))
    const data = given.data?.[name]
    if (given.failed) return [{ asked, error: given.failed }]
    if (own.length > 0)
      return [{ asked, error: failureOfGraphql(own, { ...context, headers: given.headers ?? {} }) }]
    // GitHub says of a repository that is not there that it is not; a null without a word says nothing.
    const missing = data === null || data === undefined ? name : missingField(asked.selections, data)
    if (missing !== undefined)
      return [{ asked, error: unread(`a GraphQL query for ${missing}`, context.now) }]
    asked.done(data)
    return []
  })
}

interface Given {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined
  readonly errors: NonNullable<OctokitError['errors']>
  readonly headers?: OctokitError['headers']
  readonly failed?: Error
}
