import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Oid } from '../../../../src/core/model/oid.ts'
import type { Workplace } from '../../../../src/ports/host.ts'
import { TryLater } from '../../../../src/ports/try-later.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import { removeRepo, type Repo } from '../../../github/world.ts'
import { historyIn } from '../../../support/history.ts'
import { placeOf, seed } from '../../../support/github-workplace.ts'

let github: GitHub
let repo: Repo
let place: Workplace
let clock: number

beforeEach(async () => {
  clock = Date.parse('2026-01-01T00:00:00Z')
  github = await startGitHub({ now: () => clock })
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
  place = placeOf(github, github.install([repo]), repo)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** Something to ask each time anew: there is no such issue, and that is an answer. */
const read = () => place.forge.issues.read(1)
const refused = (code: string) =>
  expect.objectContaining({ problems: [expect.objectContaining({ code })] }) as unknown

describe('what time mends is tried later', () => {
  test.each([
    ['a server error', { status: 502 }, 60],
    ['a secondary limit with its time', { status: 403, headers: { 'retry-after': '17' } }, 17],
    ['too many requests', { status: 429, headers: { 'retry-after': '90' } }, 90],
    [
      'a secondary limit without a time',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      60,
    ],
    [
      'the hour’s requests used up',
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.parse('2026-01-01T00:20:00Z') / 1000),
        },
      },
      1200,
    ],
  ])('%s', async (_, fault, seconds) => {
    github.fail({ kind: 'issues/get', ...fault })
    const error = await read().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TryLater)
    expect((error as TryLater).notBefore - clock).toBe(seconds * 1000)
    expect(await read()).toBeUndefined()
  })

  test('an address where nobody answers', async () => {
    const { url } = github
    await github.close()
    await expect(read(), url).rejects.toBeInstanceOf(TryLater)
    github = await startGitHub()
  })

  test('the stand-in’s own limits', async () => {
    // Each costs three: whether it is really not there is asked twice, and of the repository between.
    github.limit({ primary: github.requests.length + 7 })
    await read()
    await read()
    await expect(Promise.all([read(), read(), read(), read()])).rejects.toBeInstanceOf(TryLater)
  })
})

describe('what a person can mend is refused with what to do', () => {
  let tip: Oid
  beforeEach(async () => {
    tip = await historyIn(place.objects).commit('step', { a: 'a\n' })
  })
  const move = (name = 'refs/heads/multiarch/step', to = tip) =>
    place.objects.moveRef({ name, from: undefined, to })

  test('a workflow that may not be written', async () => {
    const to = await historyIn(place.objects).commit('ci', { '.github/workflows/ci.yml': 'on: push\n' })
    await expect(move(undefined, to)).rejects.toEqual(refused('workflows-permission'))
    await expect(move(undefined, to)).rejects.toThrow(/`\.github\/workflows\/ci\.yml`/)
  })

  test('a workflow that another branch has just so is no matter', async () => {
    const to = await historyIn(place.objects).commit('ci', { '.github/workflows/ci.yml': 'on: push\n' })
    const granted = placeOf(
      github,
      github.install([repo], { ...github.world.app.permissions, workflows: 'write' }),
      repo,
    )
    expect(await granted.objects.moveRef({ name: 'refs/heads/theirs', from: undefined, to })).toBe(true)
    expect(await move(undefined, to)).toBe(true)
  })

  test('a protected branch', async () => {
    repo.protectedBranches.add('multiarch/step')
    await expect(move()).rejects.toEqual(refused('branch-protected'))
  })

  test('a permission that an older installation lacks', async () => {
    const old = placeOf(github, github.install([repo], { metadata: 'read', contents: 'write' }), repo)
    await expect(old.forge.checks.report(reportAt(tip))).rejects.toEqual(refused('permission-missing'))
    await expect(old.forge.checks.report(reportAt(tip))).rejects.toThrow(/checks=write/)
    expect((await old.forge.permissions.ours()).has('checks')).toBe(false)
  })

  test('an archived repository', async () => {
    repo.archived = true
    await expect(place.objects.writeCommit(await commitLike(tip))).rejects.toEqual(
      refused('repository-archived'),
    )
  })

  test('a repository without commits', async () => {
    const empty = github.createRepo({ owner: 'someone', name: 'empty' })
    const there = placeOf(github, github.install([empty]), empty)
    expect(await there.objects.defaultBranch()).toBeUndefined()
    expect((await there.objects.listRefs('refs/heads/')).size).toBe(0)
    await expect(historyIn(there.objects).commit('first', { a: 'a\n' })).rejects.toEqual(
      refused('repository-empty'),
    )
  })

  async function commitLike(oid: Oid) {
    const commit = (await place.objects.readCommits([oid])).get(oid)
    if (!commit) throw new Error('no commit')
    return { ...commit, message: 'another' }
  }
})

test('a repository that was deleted is gone, not an error; what was in it is not known any more', async () => {
  removeRepo(github.world, repo)
  expect(await place.forge.repository.read()).toBeUndefined()
  await expect(place.forge.pullRequests.read(1)).rejects.toBeInstanceOf(TryLater)
})

test('what nobody has heard of is tried later, and is no defect of ours', async () => {
  github.fail({ kind: 'issues/get', status: 418 })
  const error = await read().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TryLater)
  expect(error).toMatchObject({ name: 'GitHubFailure', status: 418 })
})

test('the token is renewed before its hour is over, and only then', async () => {
  const tokens = () =>
    github.requests.filter(({ kind }) => kind === 'apps/create-installation-access-token').length
  await read()
  clock += 40 * 60_000
  await read()
  expect(tokens()).toBe(1)
  clock += 15 * 60_000
  await read()
  expect(tokens()).toBe(2)
})

test('a token that GitHub no longer takes is replaced at once, and what was asked is asked again', async () => {
  await read()
  const before = github.requests.length
  github.fail({ kind: 'issues/get', status: 401 })
  await read()
  expect(github.requests.slice(before).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'issues/get 401',
    'apps/create-installation-access-token 201',
    'issues/get 404',
    // Whether it is really not there is asked once more, of a repository that is seen.
    'repos/get 200',
    'issues/get 404',
  ])
  github.fail({ kind: 'issues/get', status: 401, times: 2 })
  await expect(read()).rejects.toMatchObject({ name: 'GitHubFailure', status: 401 })
})

function reportAt(at: Oid) {
  return {
    name: 'multiarch',
    at,
    state: 'success',
    title: 'Fine',
    summary: 'Fine.',
    annotations: [],
    actions: [],
  } as const
}
