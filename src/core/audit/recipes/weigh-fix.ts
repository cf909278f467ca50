import { optional } from '../../model/defined.ts'
import type { Tree } from '../../model/tree.ts'
import { auditTree } from '../whole/audit-tree.ts'
import { audited, type ClusterToAudit, type TreeToAudit } from '../audited.ts'
import { auditDownloads } from '../rules/audit-downloads.ts'
import type { Found } from '../finding.ts'
import { withTexts } from './apply-recipe.ts'
import type { Recipe } from './recipe.ts'

interface Scales {
  readonly tree: TreeToAudit
  readonly clusters: readonly ClusterToAudit[]
  /** The release's own tree, whose blobs are among the tree's; absent where it is not known. */
  readonly release?: Tree | undefined
  /** Whether a new fix is weighed by the whole audit, or the patch of a recipe by whether all downloads can be rendered still. */
  readonly whole: boolean
}

interface Weighed {
  /** How much the audit finds: each finding counts once for each architecture that suffers. */
  readonly before: number
  readonly after: number
  /** Whether it finds strictly less afterwards, nothing more that would fail, and no download that can no longer be worked out. */
  readonly isBetter: boolean
}

/** Asks the audit that found something what it finds once a recipe has done its work. */
export function weighFix(recipe: Recipe, texts: ReadonlyMap<string, string>, scales: Scales): Weighed {
  const [before, after] = [scales.tree, withTexts(scales.tree, texts)].map((tree) =>
    findingsOf(tree, recipe, scales),
  ) as [readonly Found[], readonly Found[]]
  const known = new Set(before.filter(isUnrenderable).map(({ subject }) => subject))
  const breaks = after.filter(isUnrenderable).some(({ subject }) => !known.has(subject))
  const isLess = sum(after) < sum(before) && sum(after.filter(isError)) <= sum(before.filter(isError))
  // What is a patch of the fork already is made anew for what it was meant for; a row that says `0` is no new one.
  const isBetter = !breaks && (isLess || !scales.whole)
  return { before: sum(before), after: sum(after), isBetter }
}

function findingsOf(
  tree: TreeToAudit,
  recipe: Recipe,
  { clusters, release, whole }: Scales,
): readonly Found[] {
  if (whole)
    return auditTree({
      tree,
      clusters,
      ...optional(release, (release) => ({ release: { ...tree, tree: release } })),
    })
  return clusters.flatMap((cluster) => {
    const source = audited(tree, cluster)
    const own = recipe.look(source).filter(({ fix }) => fix === recipe.name)
    return [...own, ...auditDownloads(source).filter(({ fix }) => fix !== recipe.name)]
  })
}

function sum(findings: readonly Found[]): number {
  return findings.reduce((total, { architectures }) => total + Math.max(1, architectures.length), 0)
}

/** What can no longer be worked out stops every download, whatever else is better for it. */
function isUnrenderable({ code }: Found): boolean {
  return code === 'undefined-variable' || code === 'missing-version'
}

function isError({ severity }: Found): boolean {
  return severity === 'error'
}
