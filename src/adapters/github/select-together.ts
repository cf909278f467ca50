import type { RepositoryName } from '../../ports/forge.ts'
import { failureOfGraphql, translated, type OctokitError } from './octokit-error.ts'

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
  now: () => number,
): <T>(repository: RepositoryName, selections: string) => Promise<T | undefined> {
  let waiting: Asked[] = []
  const send = () => {
    const asked = waiting
    waiting = []
    for (const group of grouped(asked)) void askGroup(group, ask, now)
  }
  return <T>(repository: RepositoryName, selections: string) =>
    new Promise<T | undefined>((resolve, fail) => {
      waiting.push({ repository, selections, done: (data) => resolve((data ?? undefined) as T), fail })
      if (waiting.length === 1) setImmediate(send)
    })
}

function grouped(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = []
  let length = Infinity
  for (const each of asked) {
    length += each.selections.length
    if (length > LONG) {
      groups.push([])
      length = each.selections.length
    }
    groups.at(-1)?.push(each)
  }
  return groups
}

async function askGroup(group: readonly Asked[], ask: Query, now: () => number): Promise<void> {
  const parts = group.map(({ repository: { owner, name }, selections }, index) => {
    const which = `owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(name)}`
    return `r${index}: repository(${which}) { ${selections} }`
  })
  const context = { asked: 'a GraphQL query', now: now() }
  try {
    const data = (await ask(`query { ${parts.join(' ')} }`)) as Readonly<Record<string, unknown>>
    group.forEach(({ done }, index) => done(data[`r${index}`]))
  } catch (error) {
    const { errors, data, headers = {} } = error as OctokitError
    group.forEach(({ done, fail }, index) => {
      // Beside errors there is data; whoever has no error of their own has it all.
      const own = errors?.filter(({ path }) => path === undefined || path[0] === `r${index}`)
      if (!errors || !data || !own) fail(translated(error, context))
      else if (own.length > 0) fail(failureOfGraphql(own, { ...context, headers }))
      else done(data[`r${index}`])
    })
  }
}
