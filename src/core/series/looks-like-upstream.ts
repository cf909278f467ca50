import { subjectOf, type LoggedCommit } from '../model/commit.ts'

/**
 * Whether what seems to be a fork's own work is mostly upstream's: many commits by many people, and most titles end in a pull
 * request's number. That is what a fork looks like whose clone lacks upstream's newer tags.
 */
export function looksLikeUpstream(own: readonly LoggedCommit[]): boolean {
  const commits = own.filter(({ parents }) => parents.length < 2)
  const people = new Set(commits.map(({ author }) => author.email))
  const numbered = commits.filter(({ message }) => /\(#\d+\)$/.test(subjectOf(message)))
  return commits.length >= 50 && people.size >= 10 && 2 * numbered.length >= commits.length
}
