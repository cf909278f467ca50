import type { MergeBound } from '../model/verdict.ts'

/** What the bound means that the merge of a file kept to, as a whole sentence. */
export function sayBound({ code, most }: MergeBound): string {
  const number = most.toLocaleString('en-US')
  const what =
    code === 'long-line'
      ? `It has a line of more than ${number} characters`
      : `It has more than ${number} characters`
  return `${what}, so I merged it by its lines alone and did not look at its settings and words: please look at the result.`
}
