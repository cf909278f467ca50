import type { ReleaseTag } from '../model/release-tag.ts'
import { applyEdits } from '../text/edit.ts'
import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import { lineStartsOf, positionAt } from '../yaml/tree/position-at.ts'
import { setScalar } from '../yaml/tree/set-value.ts'

/**
 * The settings with `base` at another release, their own or that of one of several clusters, and its line, from 1; `undefined` where they
 * have no `base` that can be set.
 */
export function moveBase(
  text: string,
  release: ReleaseTag,
  cluster?: string,
): { readonly text: string; readonly line: number } | undefined {
  const parsed = parseYaml(text)
  const document = parsed.kind === 'parsed' ? parsed.source.documents[0] : undefined
  const edits =
    document && setScalar(document, cluster === undefined ? ['base'] : ['clusters', cluster, 'base'], release)
  const [first] = edits ?? []
  if (!edits || !first) return undefined
  return { text: applyEdits(text, edits), line: positionAt(lineStartsOf(text), first.from).line }
}
