import type { PullRequestFacts } from './pull-request-facts.ts'

/** What shows all of one patch, where the reader is: in a comment, or in the clone. */
export function explainCommand(
  { surface, release, branch }: Pick<PullRequestFacts, 'surface' | 'release' | 'branch'>,
  number: number,
): string {
  if (surface === 'pull-request') return `/multiarch explain ${number}`
  return `multiarch explain . ${number} --onto ${release} --branch ${shellWord(branch)}`
}

/** A word as a shell reads it back: git lets branches have names with quotes, dollars and semicolons. */
export function shellWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
