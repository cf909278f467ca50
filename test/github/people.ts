import type { People } from '../support/memory/people.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { Stage } from './refs.ts'
import { checkJson } from './render.ts'
import { addComment, changeComment, changeThread, mergePull, newPull, openThread } from './threads.ts'
import { addRepo, addUser, branchTip, findRepo, refsUnder, type Repo, type Thread } from './world.ts'
import { writeRefs } from './write-refs.ts'
import { gitText } from './git.ts'

/** What people can do on GitHub and not on every forge. */
export interface GitHubPeople extends People {
  /** Presses a button of our newest check of this name at a commit, or "Re-run" where none is named. */
  press(
    login: string,
    check: { readonly at: string; readonly name: string; readonly button?: string },
  ): Promise<void>
  /** Ticks or changes a body as this person, the dashboard's checkboxes for one. */
  editAs(login: string, number: number, body: string): Promise<void>
  /** Changes what a comment says, as this person. */
  editComment(login: string, id: number, body: string): Promise<void>
}

/** What people do in a repository of the stand-in; the App hears of it as of everything else. */
export function peopleOf(stage: Stage, repo: Repo): GitHubPeople {
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
    editAs: async (login, number, body) =>
      changeThread(stage, repo, { thread: threadOf(number), sender: known(login), body }),
    editComment: async (login, id, body) => {
      const comment = repo.comments.get(id)
      if (!comment) throw new Error(`there is no comment ${id}`)
      changeComment(stage, repo, { comment, body, sender: known(login) })
    },
    press: async (login, { at, name, button }) => {
      const check = repo.checks.findLast((each) => each.headSha === at && each.name === name)
      if (!check) throw new Error(`there is no check ${name} at ${at}`)
      if (button !== undefined && !check.actions.some(({ identifier }) => identifier === button))
        throw new Error(`the check ${name} has no button ${button}`)
      const pressed =
        button === undefined
          ? { action: 'rerequested' }
          : { action: 'requested_action', requested_action: { identifier: button } }
      stage.webhooks.emit('check_run', repo, {
        ...pressed,
        check_run: {
          ...checkJson(world, repo, check),
          check_suite: { id: 1, head_branch: branchAt(repo, at) },
        },
        sender: known(login),
      })
    },
    grant: async (login, access) => void repo.access.set(known(login), access),
  }
}

/** The branch whose head a commit is, as a check's suite names it. */
function branchAt(repo: Repo, oid: string): string | null {
  const found = [...refsUnder(repo, 'refs/heads/')].find(([, tip]) => tip === oid)
  return found ? found[0].slice('refs/heads/'.length) : null
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
  writeRefs(fork.gitDir, new Map([[`refs/heads/${branch}`, oid]]))
  return fork
}
