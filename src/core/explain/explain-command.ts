import type { PullRequestFacts } from './pull-request-facts.ts'

/** What shows all of one patch, where the reader is: in a comment, or in the clone. */
export function explainCommand(
  { surface, release, branch, cluster }: Pick<PullRequestFacts, 'surface' | 'release' | 'branch' | 'cluster'>,
  number: number,
): string {
  if (surface === 'pull-request') return `/multiarch explain ${number}`
  return `multiarch explain . ${number} --onto ${release} --branch ${shellWord(branch)}${clusterWords(cluster)}`
}

/** Which of several clusters a command is about. */
export function clusterWords(cluster: string | undefined): string {
  return cluster === undefined ? '' : ` --cluster ${shellWord(cluster)}`
}

/** A word as a shell reads it back: git lets branches have names with quotes, dollars and semicolons. */
export function shellWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
