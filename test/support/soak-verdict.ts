import { tryGit } from '../github/git.ts'
import type { Repo } from '../github/world.ts'
import { openPulls, type OwnLine, type Soaked, type SoakPlace } from './soak-acts.ts'

interface SoakVerdict {
  readonly lines: number
  /** The default branch has it, or the branch that somebody pushed it to and that is nobody's open pull request. */
  readonly inBranch: number
  readonly inPull: number
  readonly inReport: number
  /** Lines that stand nowhere. */
  readonly lost: readonly string[]
  /** What stands there more than once. */
  readonly doubled: readonly string[]
  /** Lines that only a text of ours speaks of, with the place where it does. */
  readonly reported: readonly string[]
}

/** Where every line is that people wrote, and what stands twice. */
export function judgeSoak({ places }: Soaked): SoakVerdict {
  const all = places.flatMap((place) =>
    place.lines.map((line) => ({ place, line, where: whereIs(place, line) })),
  )
  const count = (kind: string) => all.filter(({ where }) => where.kind === kind).length
  return {
    lines: all.length,
    ...{ inBranch: count('branch'), inPull: count('pull'), inReport: count('report') },
    lost: all.flatMap(({ place, line, where }) =>
      where.kind === 'nowhere'
        ? [`lost: ${nameOf(place.repo)} ${line.mark} (${line.path}, pushed to ${line.branch})`]
        : [],
    ),
    doubled: places.flatMap((place) => doubledIn(place)),
    reported: all.flatMap(({ place, line, where }) =>
      where.kind === 'report' ? [`${nameOf(place.repo)} ${line.mark}: ${where.says}`] : [],
    ),
  }
}

type Where =
  { readonly kind: 'branch' | 'pull' | 'nowhere' } | { readonly kind: 'report'; readonly says: string }

function whereIs({ repo }: SoakPlace, line: OwnLine): Where {
  if (holds(repo, `refs/heads/${repo.defaultBranch}`, line)) return { kind: 'branch' }
  if (openPulls(repo).some(({ pull }) => pull && holds(repo, `refs/heads/${pull.head.branch}`, line)))
    return { kind: 'pull' }
  if (holds(repo, `refs/heads/${line.branch}`, line)) return { kind: 'branch' }
  const texts = textsOf(repo)
  const says = texts.flatMap((text) => text.split('\n')).find((row) => speaksOf(row, line))
  if (says !== undefined) return { kind: 'report', says: says.slice(0, 200) }
  const gone = texts.flatMap((text) => goneFrom(text)).find((oid) => holds(repo, oid, line))
  if (gone !== undefined) return { kind: 'report', says: `in ${gone}` }
  const stood = texts.flatMap((text) => stoodAt(text)).find((tip) => isBelow(repo, line.commit, tip))
  return stood === undefined ? { kind: 'nowhere' } : { kind: 'report', says: `below ${stood}` }
}

/** Commits that are said to be on the branch no more: a person's own, put onto a branch that was built anew, has another id there. */
function goneFrom(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((row) => row.includes('on the branch no more'))
    .flatMap((row) => row.match(/\b[0-9a-f]{40}\b/g) ?? [])
}

/** Whoever takes up a command whose process ended says where the branch stood, and no more. */
function stoodAt(text: string): readonly string[] {
  return [...text.matchAll(/Before, it stood at [^\n]*?([0-9a-f]{40})/g)].map(([, tip]) => tip ?? '')
}

function isBelow({ gitDir }: Repo, commit: string, tip: string): boolean {
  return tryGit(gitDir, ['merge-base', '--is-ancestor', commit, tip]) !== undefined
}

function holds({ gitDir }: Repo, ref: string, { mark }: OwnLine): boolean {
  return tryGit(gitDir, ['grep', '-q', '-F', '-w', '-e', mark, ref]) !== undefined
}

/**
 * Whether it says of a commit that it is on no branch any more, or of a patch that it was not carried as it is. That a patch was carried,
 * on a branch that may be gone by now, is no such word.
 */
function speaksOf(row: string, { mark, commit }: OwnLine): boolean {
  return (
    (row.includes(commit) || (wordIn(row, mark) && /conflict|settle|left out|drop|upstream/i.test(row))) &&
    !/\*\*(?:clean|adapted|moved)/.test(row)
  )
}

function wordIn(text: string, mark: string): boolean {
  return new RegExp(`${mark}(?![\\w-])`).test(text)
}

function textsOf(repo: Repo): readonly string[] {
  return [
    ...[...repo.threads.values()].map(({ body }) => body),
    ...[...repo.comments.values()].map(({ body }) => body),
    ...repo.checks.flatMap(({ output }) => [output.summary ?? '', output.text ?? '']),
  ]
}

/**
 * One dashboard, one open pull request a branch, one answer a comment, and none without an answer that asks for one. What is said of a
 * pull request is said once, and once more for each time that somebody opened it again.
 */
function doubledIn({ repo, reopened }: SoakPlace): readonly string[] {
  const issues = [...repo.threads.values()].filter(({ pull, author }) => !pull && author.endsWith('[bot]'))
  const branches = openPulls(repo).map(({ pull }) => pull?.head.branch ?? '')
  const comments = [...repo.comments.values()]
  const answered = comments.flatMap(({ author, body }) =>
    author.endsWith('[bot]') ? [...body.matchAll(/<!-- multiarch:(?:answer|begun) (\d+)/g)].slice(-1) : [],
  )
  const answers = answered.map(([, id]) => id ?? '')
  const said = comments.filter(
    ({ author, body }) => author.endsWith('[bot]') && !body.includes('multiarch:answer'),
  )
  const again = said.flatMap(({ body, number }) => {
    const times = said.filter((each) => each.number === number && each.body === body).length
    return times > 1 + reopened.filter((each) => each === number).length ? [`${number}: ${body}`] : []
  })
  const asked = comments.filter(
    ({ author, body }) => !author.endsWith('[bot]') && body.startsWith('/multiarch'),
  )
  return [
    ...(issues.length > 1 ? [`doubled: ${nameOf(repo)} has ${issues.length} dashboards`] : []),
    ...twice(branches).map((each) => `doubled: ${nameOf(repo)} has two pull requests from ${each}`),
    ...twice(answers).map((each) => `doubled: ${nameOf(repo)} answers comment ${each} twice`),
    ...[...new Set(again)].map((each) => `doubled: ${nameOf(repo)} says twice ${each.slice(0, 200)}`),
    ...asked
      .filter(({ id }) => !comments.some(({ body }) => body.includes(`<!-- multiarch:answer ${id} -->`)))
      .map(({ id, body }) => `unanswered: ${nameOf(repo)} comment ${id} ${body}`),
  ]
}

function twice(list: readonly string[]): readonly string[] {
  return [...new Set(list.filter((each, index) => list.indexOf(each) !== index))]
}

function nameOf({ owner, name }: Repo): string {
  return `${owner}/${name}`
}
