import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectTo, seed } from '../support/github-workplace.ts'
import { startGitHub, type GitHub } from './github.ts'
import { SHAPES, type ShapeName } from './shapes.ts'
import type { Repo } from './world.ts'

let github: GitHub
let repo: Repo
let token: string

beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
  token = (await connectTo(github, github.install([repo])).grant()).token
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

let patience = 20_000
const ask = (path: string, body?: unknown) =>
  fetch(github.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `token ${token}` },
    signal: AbortSignal.timeout(patience),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const open = () => ask('/repos/someone/kubespray/issues', { title: 'x' })
const query = () =>
  ask('/graphql', { query: 'query { r0: repository(owner: "someone", name: "kubespray") { id name } }' })

/** Whether what was asked for came, whole and without a word of doubt. */
async function isWhole(asked: Promise<Response>): Promise<boolean> {
  try {
    const answer = await asked
    const body = (await answer.json()) as {
      number?: number
      data?: { r0?: { id?: string } }
      errors?: object
    }
    return answer.ok && !body.errors && (body.number ?? body.data?.r0?.id) !== undefined
  } catch {
    return false
  }
}

test.each(Object.keys(SHAPES) as ShapeName[])('%s comes once, before or after the effect', async (shape) => {
  const isQuery = SHAPES[shape].over === 'graphql'
  for (const when of ['before', 'after'] as const) {
    const before = repo.threads.size
    github.fail({ shape, when })
    // Only of silence nothing else comes; there it is long enough for the effect.
    patience = shape === 'silence' ? 500 : 20_000
    expect(await isWhole(isQuery ? query() : open())).toBe(false)
    patience = 20_000
    if (!isQuery) expect(repo.threads.size - before).toBe(when === 'after' ? 1 : 0)
    expect(await isWhole(isQuery ? query() : open())).toBe(true)
  }
})

test('the one that is meant goes wrong: so many that fit go right before', async () => {
  github.fail({ kind: /^issues\//, skip: 2, times: 2, status: 500 })
  const statuses: number[] = []
  for (let count = 0; count < 5; count++) {
    statuses.push((await open()).status)
    expect((await query()).status).toBe(200)
  }
  expect(statuses).toEqual([201, 201, 500, 500, 201])
})

describe('what one query may give', () => {
  test('is cut off where it is too much, with an error for each thing left out', async () => {
    github.limit({ objects: 2 })
    const field = (index: number) => `o${index}: object(expression: "HEAD") { oid }`
    const answer = await ask('/graphql', {
      query: `query { r0: repository(owner: "someone", name: "kubespray") { ${[0, 1, 2, 3].map(field).join(' ')} } }`,
    })
    const { data, errors } = (await answer.json()) as {
      data: { r0: object }
      errors: { type: string; path: string[] }[]
    }
    expect(Object.values(data.r0).map((each) => each !== null)).toEqual([true, true, false, false])
    expect(errors.map(({ type, path }) => `${type} ${path.join('.')}`)).toEqual([
      'RESOURCE_LIMITS_EXCEEDED r0.o2',
      'RESOURCE_LIMITS_EXCEEDED r0.o3',
    ])
  })
})
