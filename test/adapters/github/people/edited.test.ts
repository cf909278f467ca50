import { afterEach, beforeEach, expect, test } from 'vitest'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import type { Comment, Repo } from '../../../github/world.ts'
import { placeOf, seed } from '../../../support/github-workplace.ts'

let github: GitHub
let repo: Repo

beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'someone', name: 'kubespray', hasIssues: true })
  seed(repo)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** REST tells only that something happened to a comment; whether its text is another is one judge's to say, wherever it is read. */
test.each<[string, (comment: Comment) => void, boolean]>([
  ['as it was written', () => {}, false],
  [
    'written across the turn of a second',
    (comment) => (comment.touchedAt = comment.createdAt + 1_000),
    false,
  ],
  ['hidden (minimised)', (comment) => (comment.touchedAt = comment.createdAt + 60_000), false],
  ['pinned, a day later', (comment) => (comment.touchedAt = comment.createdAt + 86_400_000), false],
  ['edited', (comment) => (comment.editedAt = comment.createdAt + 60_000), true],
  [
    'edited and hidden after that',
    (comment) =>
      Object.assign(comment, { editedAt: comment.createdAt + 60_000, touchedAt: comment.createdAt + 90_000 }),
    true,
  ],
])('a comment %s', async (_, happens, edited) => {
  const installation = github.install([repo])
  const forge = () => placeOf(github, installation, repo).forge
  const { number } = await forge().issues.open({ title: 'Board', body: 'x', label: 'board' })
  const people = github.people(repo)
  const other = await people.comment('ada', number, 'Before it.')
  const id = await people.comment('ada', number, '/multiarch recreate')
  const comment = repo.comments.get(id)
  if (!comment) throw new Error('no comment')
  happens(comment)
  const found = [
    (await forge().comments.on(number)).find((each) => each.id === id),
    await forge().comments.read(id),
    (await forge().comments.lately({ branchPrefix: 'multiarch/', label: 'board' })).find(
      (each) => each.id === id,
    ),
  ]
  expect(found.map((each) => each?.edited)).toEqual([edited, edited, edited])
  expect((await forge().comments.read(other))?.edited).toBe(false)
})
