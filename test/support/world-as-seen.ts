import { readRefs } from '../github/git.ts'
import type { Repo } from '../github/world.ts'

/** Everything of a repository that anybody could see: refs, pull requests, issues, comments, reactions, labels, checks. */
export function worldAsSeen(repo: Repo) {
  return {
    refs: [...readRefs(repo.gitDir)].map(([name, oid]) => `${oid} ${name}`),
    threads: [...repo.threads.values()].map(({ number, title, body, state, labels, pull }) => ({
      ...{ number, title, body, state, labels },
      ...(pull && { draft: pull.draft, reviewers: pull.reviewers, merged: pull.mergedAs }),
    })),
    comments: [...repo.comments.values()].map(({ id, author, body, reactions }) => ({
      ...{ id, author, body },
      reactions: reactions.map(({ login, content }) => `${login} ${content}`),
    })),
    checks: repo.checks.map(({ id, name, headSha, status, conclusion, output, annotations }) => ({
      ...{ id, name, headSha, status, conclusion, output: { ...output } },
      annotations: annotations.length,
    })),
  }
}
