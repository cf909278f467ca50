import type { ForkPlan } from '../../app/plan/plan-fork.ts'
import type { ArchitecturesFound } from '../../app/repository/find-cluster-architectures.ts'
import { holdsFiles } from '../../app/repository/standing.ts'
import { layoutSentence } from '../../core/explain/layout-sentence.ts'
import { problemsOf, type Cluster } from '../../app/repository/read-clusters.ts'
import { furthestBehind } from '../../app/plan/running-state.ts'
import { flat } from '../../core/explain/blocks/text.ts'
import { askAboutHosts, NOTHING_TOLD } from '../../core/explain/ask-about-hosts.ts'
import { aboveReleaseSentence, stepHead } from '../../core/explain/step-head.ts'
import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { plural } from '../../core/explain/plural.ts'
import { short, type Oid } from '../../core/model/oid.ts'
import type { Route } from '../../core/plan/step.ts'
import type { Series } from '../../core/series/series.ts'
import { branchLines, disagreementLines, leftOutLines, standsLine } from './print-upgrade.ts'
import { findingLines } from './finding-lines.ts'
import { routeLines, routeTitle } from './route-lines.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** A plan for the terminal. */
export function printPlan(plan: ForkPlan): string {
  const { branch, fork, clusters, unread, leftOutInventories, architectures, route, ahead, above } = plan
  const { base, series } = fork
  const own = series.ownFiles.size
  const parts = [
    [...branchLines(branch), standsLine(branch.name, base), ...disagreementLines(base), ...layoutLines(fork)],
    holdsFiles(fork.standing.layout) ? patchLines(series) : [],
    leftOutLines(series.leftOut),
    own > 0 && holdsFiles(fork.standing.layout) ? [`Own files, carried as they are: ${own}`] : [],
    [
      ...clusters.flatMap(clusterLines),
      ...unread.flatMap((each) => wrap(unreadInventory(each).message, '')),
      ...leftOutInventories.flatMap(({ message }) => wrap(message, '')),
      ...leadingLines(clusters),
      ...wrap(architectureLine(architectures), ''),
    ],
    [routeTitle(route, base.release), ...routeLines(route)],
    above.flatMap((each) => wrap(aboveReleaseSentence(each, base.release), '')),
    ...ahead.map(aheadLines),
    nextLine(route),
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

function layoutLines({ standing: { layout }, base }: ForkPlan['fork']): readonly string[] {
  return layout.kind === 'root' ? [] : wrap(layoutSentence(layout, base), '')
}

function patchLines({ patches, net }: Series): readonly string[] {
  const how = { merges: ' (net change: the branch mixes histories)', copied: ' (some as net change)' }
  const lines = [`${plural(patches.length, 'patch', 'patches')}${net ? how[net] : ''}`]
  for (const [index, { commits, title, changes, pickedFrom }] of patches.entries()) {
    const id = short(commits.at(-1) as Oid)
    const picked = pickedFrom[0] ? `, picked from ${short(pickedFrom[0])}` : ''
    const files = plural(changes.length, 'file')
    lines.push(`${String(index + 1).padStart(3)}  ${id}  ${title}  (${files}${picked})`)
  }
  return lines
}

function clusterLines(cluster: Cluster): readonly string[] {
  const { inventory, facts } = cluster
  const parts = [
    `Kubernetes ${facts.kubernetes.value ?? 'unknown'}`,
    facts.networkPlugin.value,
    facts.containerManager.value,
  ].filter((part) => part !== undefined)
  const name = inventory.isSample
    ? 'No inventory of its own; the sample'
    : `Inventory ${inventory.path === '' ? '(at the top)' : inventory.path}`
  return [`${name}: ${parts.join(', ')}`, ...problemsOf(cluster).flatMap(problemLines)]
}

/** Which cluster the way is planned from, where they do not all run the same. */
function leadingLines(clusters: readonly Cluster[]): readonly string[] {
  const versions = new Set(clusters.map(({ facts }) => facts.kubernetes.value))
  const leading = furthestBehind(clusters)
  if (versions.size < 2 || !leading) return []
  return wrap(`${leading.inventory.path} runs the oldest Kubernetes, so the way is planned from there.`, '')
}

function problemLines({ message, at }: ReturnType<typeof problemsOf>[number]): readonly string[] {
  return wrap(`${at ? `${at.file}:${at.line}:${at.column}: ` : ''}${message}`, '    ')
}

function architectureLine({ architectures, from, evidence, speaking }: ArchitecturesFound): string {
  const list = architectures.join(', ')
  const some = evidence.slice(0, 3).join('; ')
  const more = evidence.length > 3 ? `; and ${evidence.length - 3} more` : ''
  const because = {
    request: 'as you say',
    config: 'by the config',
    inventory: `by the inventory: ${some}${more}`,
    patches: `by the patches: ${some}${more}`,
    assumed: NOTHING_TOLD,
  }
  const question = flat(askAboutHosts(speaking))
  return `Architectures: ${list} (${because[from]})${question === '' ? '' : `. ${question}`}`
}

function aheadLines(step: ForkPlan['ahead'][number], index: number): readonly string[] {
  const { kubespray, kubernetes, findings } = step
  if (findings.length === 0) return []
  return [stepHead(kubespray.to, index, kubernetes?.to), ...findingLines(findings)]
}

function nextLine({ steps: [next] }: Route): readonly string[] {
  if (!next) return []
  return [`Next, in the clone: multiarch ${next.kind === 'kubernetes' ? 'bump' : 'upgrade'} .`]
}
