import { differingPaths, type Tree } from '../src/core/model/tree.ts'

/** How a result is judged, best first. */
export const JUDGEMENTS = ['right', 'asked', 'wrong-shown', 'wrong-silent', 'failed'] as const
export type Judgement = (typeof JUDGEMENTS)[number]

export interface Trees {
  readonly base: Tree
  readonly patch: Tree
  readonly onto: Tree
  readonly truth: Tree
}

/**
 * Judges a merged tree. Only the paths count that the patch changed or that the merge touched: what people changed besides
 * (a version in another file, say) no merge could know. A conflict is a question, whatever stands in the tree.
 */
export function judge(verdict: string, result: Tree | undefined, trees: Trees): Judgement {
  if (verdict === 'conflict') return 'asked'
  if (!result || verdict === 'failed') return 'failed'
  const meant = new Set([...differingPaths(trees.base, trees.patch), ...differingPaths(trees.onto, result)])
  if (differingPaths(result, trees.truth).every((path) => !meant.has(path))) return 'right'
  return verdict === 'clean' ? 'wrong-silent' : 'wrong-shown'
}
