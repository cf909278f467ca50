import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AskLess, GitHubFailure } from '../../../../src/adapters/github/api/failure-of.ts'
import { meaningOf, type FailedAnswer } from '../../../../src/adapters/github/api/meaning-of.ts'
import { connectAsInstallation } from '../../../../src/adapters/github/api/connection.ts'
import { repositoryApi, type RepositoryApi } from '../../../../src/adapters/github/api/repository-api.ts'
import { Refusal } from '../../../../src/core/model/problem.ts'
import { TryLater } from '../../../../src/ports/try-later.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import { SHAPES, type ShapeName } from '../../../github/shapes.ts'
import type { Repo } from '../../../github/world.ts'
import { MEANINGS } from '../../../support/meanings.ts'
import { impatient, seed } from '../../../support/github-workplace.ts'

let github: GitHub
let repo: Repo
let api: RepositoryApi
const clock = Date.parse('2026-01-01T00:00:00Z')

beforeEach(async () => {
  github = await startGitHub({ now: () => clock })
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
  const { id: appId, privateKey } = github.world.app
  const connection = { baseUrl: github.url, pace: impatient(github), longest: 1_000 }
  const { id, permissions } = github.install([repo])
  const connected = connectAsInstallation(connection, { appId, privateKey }, id, () => ({
    needs: permissions,
  }))
  api = repositoryApi(connected.api, { owner: 'someone', name: 'kubespray' })
  await connected.grant()
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** What came of a question, in one word and what goes with it. */
async function outcome(asked: Promise<unknown>): Promise<string> {
  try {
    await asked
    return 'answered'
  } catch (error) {
    if (error instanceof Refusal) return `refused ${error.problems.map(({ code }) => code).join()}`
    if (error instanceof AskLess) return `less${error.certain ? ', certainly' : ''}`
    if (error instanceof GitHubFailure)
      return error.status === 404 || error.status === 410 ? 'gone' : 'slower'
    if (error instanceof TryLater) return `wait ${(error.notBefore - clock) / 1000}`
    return `defect ${String(error)}`
  }
}

describe.each(Object.entries(MEANINGS) as [ShapeName, { rest?: string; graphql?: string }][])(
  '%s',
  (shape, on) => {
    test.skipIf(on.rest === undefined)('over REST', async () => {
      github.fail({ kind: 'repos/get', shape })
      expect(await outcome(api.request('GET '))).toBe(on.rest)
      expect(await outcome(api.request('GET '))).toBe('answered')
    })

    test.skipIf(on.graphql === undefined)('over GraphQL', async () => {
      await api.id()
      github.fail({ kind: 'graphql query', shape })
      const fields = 'a: object(expression: "HEAD") { oid } b: object(expression: "HEAD:") { oid }'
      expect(await outcome(api.select(fields))).toBe(on.graphql)
      expect(await outcome(api.select(fields))).toBe('answered')
    })

    test('says where it was seen, and is tried where it comes', () => {
      expect(SHAPES[shape].source).not.toBe('')
      expect({ rest: on.rest !== undefined, graphql: on.graphql !== undefined }).toEqual({
        rest: SHAPES[shape].over !== 'graphql',
        graphql: SHAPES[shape].over !== 'rest',
      })
    })
  },
)

describe('a word in a name of somebody’s is not GitHub’s word', () => {
  const answer = (message: string, more: Partial<FailedAnswer> = {}): FailedAnswer => ({
    ...{ api: 'rest', status: 422, message, headers: {}, asked: 'POST /git/trees' },
    ...more,
  })
  test.each([
    'tree.path contains a malformed path component: contrib/archived/x.yml',
    'No ref found for: archived',
    'path docs/rate-limit/secondary rate limit.md is not in the tree',
    'Branch issues are disabled is not there',
    'The branch protected branch was not found',
    'Label installation has been suspended is not valid',
  ])('%s', (message) => {
    expect(meaningOf(answer(message), clock)).toEqual({ kind: 'slower' })
  })

  test.each([
    ['Repository was archived so is read-only.', 403],
    ['You have exceeded a secondary rate limit. Please wait.', 200],
  ])('%s is', (message, status) => {
    expect(meaningOf(answer(message, { status }), clock).kind).not.toBe('slower')
  })
})

describe('what GitHub names the time of is waited for, by words or by headers', () => {
  const at = (seconds: number) => String(clock / 1000 + seconds)
  test.each([
    [{ status: 403, message: 'x', headers: { 'retry-after': '17' } }, 17],
    [{ status: 429, message: 'x', headers: { 'retry-after': '90' } }, 90],
    [{ status: 503, message: 'x', headers: { 'retry-after': '120' } }, 120],
    [
      { status: 403, message: 'x', headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(600) } },
      600,
    ],
    [
      { status: 429, message: 'x', headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(600) } },
      600,
    ],
    [{ status: 422, message: 'x', type: 'RATE_LIMIT', headers: { 'x-ratelimit-reset': at(3000) } }, 3000],
    [
      { status: 200, message: 'You have exceeded a secondary rate limit.', headers: { 'retry-after': '45' } },
      45,
    ],
    [{ status: 403, message: 'API rate limit exceeded for user ID 5.', headers: {} }, 60],
  ])('%j', (given, seconds) => {
    expect(meaningOf({ api: 'graphql', asked: 'x', ...given }, clock)).toEqual({ kind: 'wait', seconds })
  })
})

test('every request names the version of the API that was tested', async () => {
  const sent: (string | null)[] = []
  const real = globalThis.fetch
  globalThis.fetch = (url, init) => {
    sent.push(new Headers(init?.headers).get('x-github-api-version'))
    return real(url, init)
  }
  await api.request('GET ')
  await api.select('name')
  globalThis.fetch = real
  expect(sent).toEqual(['2022-11-28', '2022-11-28'])
})

test('what writes and meets a cut connection is not sent again by itself', async () => {
  github.fail({ kind: 'issues/create', shape: 'cut-connection', when: 'after' })
  expect(await outcome(api.request('POST /issues', { title: 'once' }))).toBe('wait 60')
  expect(repo.threads.size).toBe(1)
})
