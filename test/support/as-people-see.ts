import { COMMITTER_EMAIL } from '../../src/app/repository/committer-at.ts'
import { readRefs } from '../github/git.ts'
import { hashObject } from '../../src/core/model/oid.ts'
import type { Repo } from '../github/world.ts'

/** What people can see in a repository, without ids, numbers and times: those depend on how often something was tried. */
export function asPeopleSee(repo: Repo) {
  const titles = new Map([...repo.threads.values()].map(({ number, title }) => [number, title]))
  const order = [...repo.comments.keys()].sort((a, b) => a - b)
  const named = (text: string): string =>
    byContent(text, repo)
      .replace(/(#|\/(?:pull|issues)\/)(\d+)\b/g, (all, before, number) =>
        titles.has(Number(number)) ? `${before}‹${titles.get(Number(number))}›` : all,
      )
      .replace(/multiarch:answer (\d+)/g, (_, id) => `multiarch:answer of ${order.indexOf(Number(id))}`)
      .replace(/multiarch:waits \d+/g, 'multiarch:waits')
      .replace(/Last change seen on [\d-]+/, 'Last change seen some day')
  const refs = [...readRefs(repo.gitDir)]
    .filter(([name]) => !name.startsWith('refs/pull/'))
    .map(([name, oid]) => `${name} ${isTimed(name) ? repo.objects.commit(oid)?.tree : named(oid)}`)
  const nameOf = (check: { readonly name: string; readonly headSha: string }) =>
    `${check.name} ${named(check.headSha)}`
  const latest = new Map(repo.checks.map((each) => [nameOf(each), each]))
  return {
    refs,
    threads: [...repo.threads.values()]
      .map(({ title, body, state, labels, pull }) => ({
        ...{ title, body: named(body), state, labels: [...labels].sort() },
        ...(pull && { draft: pull.draft, reviewers: pull.reviewers, merged: pull.mergedAs !== undefined }),
      }))
      .sort((a, b) => (a.title < b.title ? -1 : 1)),
    comments: order.map((id) => {
      const comment = repo.comments.get(id)
      return `${titles.get(comment?.number ?? 0)}: ${comment?.author}: ${named(comment?.body ?? '')}`
    }),
    reactions: order.flatMap((id, index) =>
      (repo.comments.get(id)?.reactions ?? []).map(({ login, content }) => `${index}: ${login} ${content}`),
    ),
    lineComments: repo.lineComments
      .map(({ number, path, body }) => `${titles.get(number)}: ${path}: ${named(body)}`)
      .sort(),
    checks: [...latest.values()]
      .map(({ name, headSha, status, conclusion, output }) => ({
        ...{ name, at: named(headSha), status, conclusion },
        ...{ title: output.title, summary: named(output.summary ?? '') },
      }))
      .sort((a, b) => (a.name + a.at < b.name + b.at ? -1 : 1)),
    /** How many stand beside each other; GitHub shows the newest. */
    checkRuns: [...latest.keys()]
      .map((key) => `${key}: ${repo.checks.filter((each) => nameOf(each) === key).length}`)
      .sort(),
  }
}

/** A commit of ours that was made at its time is another one at another time: what it holds, says and stands on counts. */
function byContent(text: string, repo: Repo): string {
  return text.replace(/\b[0-9a-f]{40}\b/g, (oid) => contentOf(oid, repo))
}

function contentOf(oid: string, repo: Repo): string {
  const commit = repo.objects.commit(oid)
  if (commit?.committer.email !== COMMITTER_EMAIL) return oid
  const parents = commit.parents.map((each) => contentOf(each, repo))
  const said = hashObject('blob', new TextEncoder().encode([commit.message, ...parents].join('\n')))
  return `‹${commit.tree.slice(0, 12)} ${said.slice(0, 12)}›`
}

function isTimed(ref: string): boolean {
  return ref.startsWith('refs/multiarch/') || ref === 'refs/heads/multiarch/onboarding'
}
