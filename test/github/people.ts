import type { People } from '../../src/adapters/memory/people.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { Stage } from './refs.ts'
import { addComment, changeThread, mergePull, newPull, openThread } from './threads.ts'
import { addRepo, addUser, branchTip, findRepo, type Repo, type Thread } from './world.ts'
import { gitText } from './git.ts'

/** What people do in a repository of the stand-in; the App hears of it as of everything else. */
export function peopleOf(stage: Stage, repo: Repo): People {
  const { world } = stage
  const threadOf = (number: number): Thread => {
    const thread = repo.threads.get(number)
    if (!thread) throw new Error(`there is no pull request or issue ${number}`)
    return thread
  }
  const known = (login: string) => addUser(world, login, login.endsWith('[bot]') ? 'Bot' : 'User').login
  return {
    comment: async (login, number, body) =>
      addComment(stage, repo, { thread: threadOf(number), author: known(login), body }).id,
    openIssue: async (login, { title, body, label }) =>
      openThread(stage, repo, { author: known(login), title, body, labels: label ? [label] : [] }).number,
    openPullRequest: async (login, { title, body, branch, onto, elsewhere }) => {
      const from = elsewhere ? forkWithBranch(stage, repo, { login, branch }) : repo
      const pull = newPull(repo, { head: { repo: from, branch }, base: onto, draft: false })
      return openThread(stage, repo, { author: known(login), title, body, pull }).number
    },
    edit: async (number, change) =>
      changeThread(stage, repo, { thread: threadOf(number), sender: repo.owner, ...change }),
    close: async (number) =>
      changeThread(stage, repo, { thread: threadOf(number), sender: repo.owner, state: 'closed' }),
    reopen: async (number) =>
      changeThread(stage, repo, { thread: threadOf(number), sender: repo.owner, state: 'open' }),
    merge: async (number, how = 'merge') => {
      const actor = { kind: 'person', login: repo.owner } as const
      return mergePull(stage, repo, { thread: threadOf(number), how, actor, sender: repo.owner }) as Oid
    },
    grant: async (login, access) => void repo.access.set(known(login), access),
  }
}

/** A fork of the person's own with a commit of theirs on the branch. */
function forkWithBranch(
  { world }: Stage,
  repo: Repo,
  { login, branch }: { login: string; branch: string },
): Repo {
  const fork =
    findRepo(world, login, repo.name) ?? addRepo(world, { owner: login, name: repo.name, forkOf: repo })
  const base = branchTip(repo, repo.defaultBranch) as string
  const person = ['-c', `user.name=${login}`, '-c', `user.email=${login}@example.com`]
  const oid = gitText(fork.gitDir, [
    ...person,
    'commit-tree',
    `${base}^{tree}`,
    '-p',
    base,
    '-m',
    `By ${login}`,
  ])
  gitText(fork.gitDir, ['update-ref', `refs/heads/${branch}`, oid])
  return fork
}
