import { subjectOf } from '../../model/commit.ts'
import type { Candidate } from './find-candidates.ts'
import { bearsTitle } from './bears-title.ts'

/** Who wrote a patch, and what was said of it. */
export interface Written {
  readonly message: string
  readonly author?: { readonly name: string; readonly email: string }
}

/**
 * What makes an upstream commit the reviewed form of this very patch: its title, the number of the pull request or the id that
 * it was picked from; the same author; or, of a bare tree that nobody is known to have written, the lines alone.
 */
export type Tie = 'title' | 'number' | 'picked' | 'author' | 'lines'

/**
 * A commit with at least this share of the patch's lines is the reviewed form of the patch, if the same author wrote both.
 * Measured by the replay of first and merged forms of one pull request against patches that upstream did not have yet: of the
 * former nine in ten lie above, of the latter the highest reaches 0.45.
 */
const REVIEWED_FORM = 0.5

/**
 * Of a commit that goes by the patch's very title or number, this share will do: both are kept through review, and what has
 * the title of another change has hardly a line of it. Below, a title proves nothing: people give one title to many things.
 */
const SAME_TITLE = 0.25

/** The commit that is the reviewed form of a patch, from those that do some of it, best first; and what ties the two. */
export function reviewedForm(
  candidates: readonly Candidate[],
  written: Written | undefined,
): { readonly by: Candidate; readonly tie: Tie } | undefined {
  const [best] = candidates
  if (!written) return best && best.cover >= REVIEWED_FORM ? { by: best, tie: 'lines' } : undefined
  for (const by of candidates) {
    const tie = by.cover >= SAME_TITLE ? nameTie(by, written) : undefined
    if (tie) return { by, tie }
  }
  const own = candidates.find(({ commit }) => written.author && isSamePerson(commit.author, written.author))
  return own && own.cover >= REVIEWED_FORM ? { by: own, tie: 'author' } : undefined
}

function nameTie({ commit }: Candidate, { message }: Written): Tie | undefined {
  if (message.includes(commit.oid)) return 'picked'
  if (bearsTitle(commit.message, subjectOf(message))) return 'title'
  const theirs = numberOf(commit.message)
  return theirs !== undefined && theirs === numberOf(message) ? 'number' : undefined
}

/** The number of the pull request that a commit came from, as GitHub writes it at the end of a squash or into a merge's title. */
function numberOf(message: string): string | undefined {
  const subject = subjectOf(message)
  return /\(#(\d+)\)\s*$/.exec(subject)?.[1] ?? /^Merge pull request #(\d+) /.exec(subject)?.[1]
}

interface Person {
  readonly name: string
  readonly email: string
}

/** People have several addresses, and GitHub gives them another; a name of two words or more is theirs alone. */
function isSamePerson(a: Person, b: Person): boolean {
  const [one, other] = [bareEmail(a.email), bareEmail(b.email)]
  if (one !== '' && one === other) return true
  const name = a.name.trim().toLowerCase()
  return name.includes(' ') && name === b.name.trim().toLowerCase()
}

function bareEmail(email: string): string {
  return email
    .trim()
    .toLowerCase()
    .replace(/^\d+\+(?=[^@]*@users\.noreply\.github\.com$)/, '')
}
