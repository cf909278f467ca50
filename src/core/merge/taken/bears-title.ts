import { subjectOf } from '../../model/commit.ts'
import { withoutEnd } from '../../text/split-spans.ts'

/** A title of fewer words (`Fix typo`, `Bump version`) is anybody's. */
const WORDS = 4

/**
 * Whether an upstream commit goes by a patch's title: as its own subject, or among the titles that GitHub lists in the
 * message of a squashed pull request, one `* title` for each of its commits.
 */
export function bearsTitle(message: string, title: string): boolean {
  const wanted = bareTitle(title)
  if (wanted.split(' ').length < WORDS) return false
  const listed = message.split('\n').flatMap((line) => /^\s*[*-] (.*)$/.exec(line)?.[1] ?? [])
  return [subjectOf(message), ...listed].some((each) => bareTitle(each) === wanted)
}

/** Without the number of a pull request, the branch a backport names, and how it is spelt. */
function bareTitle(title: string): string {
  const words = title
    .replace(/^\s*(?:\[[^\]]*\]\s*)+/, '')
    .split(/\s+/)
    .filter((word) => word !== '')
  const end = words.findLastIndex((word) => !/^(?:\(#\d+\))+$/.test(word))
  return withoutEnd(words.slice(0, end + 1).join(' '), ' .').toLowerCase()
}
