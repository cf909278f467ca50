import type { BranchPerRelease } from '../../branches/branch-pattern.ts'
import type { Automation } from '../../automation/automation.ts'
import type { SpeakingHost } from '../../inventory/as-run/speaking-hosts.ts'
import type { Remark } from '../../judge/judge-step.ts'
import type { Layout } from '../../layout/layout.ts'
import { short, type Oid } from '../../model/oid.ts'
import type { Problem } from '../../model/problem.ts'
import type { Route, Step } from '../../plan/step.ts'
import type { Base, Series } from '../../series/series.ts'
import { heading, list, paragraph, type Block, type Item } from '../blocks/block.ts'
import { code, joined, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { automationBlocks } from '../automation/automation-blocks.ts'
import { askAboutHosts, NOTHING_TOLD } from '../ask-about-hosts.ts'
import { layoutSentence } from '../layout-sentence.ts'
import { perReleaseNote } from '../branches/render-landing.ts'
import { plural } from '../plural.ts'
import type { InsteadOf } from '../pull-request-facts.ts'
import { remarkList } from '../sections/remark-list.ts'
import { youngRelease, type YoungRelease } from '../found/young-release.ts'
import { seriesNotes } from '../sections/series-notes.ts'
import { aboveReleaseSentence, stepHead } from '../step-head.ts'
import { titledRoute } from './route-blocks.ts'

/** Where a fork stands, what it carries, and the way up. */
export interface PlanFacts {
  readonly branch: BranchFacts
  readonly base: Base
  readonly layout: Layout
  /** Absent where the repository holds no files of Kubespray's. */
  readonly series?: Series
  readonly leftOut: Series['leftOut']
  readonly clusters: readonly ClusterFacts[]
  /** The inventory from which the way is planned, where clusters differ. */
  readonly leading?: string
  /** The release's own Kubernetes, from which the way is planned where no inventory says what runs. */
  readonly assumed?: string
  /** Inventories that could not be read, and what looks like one and does not count. */
  readonly problems: readonly Problem[]
  readonly architectures: {
    readonly architectures: readonly string[]
    readonly from: 'request' | 'config' | 'inventory' | 'patches' | 'assumed'
    readonly evidence: readonly string[]
    readonly speaking: readonly SpeakingHost[]
  }
  readonly route: Route
  /** What else works on the repository. */
  readonly automation?: Automation
  readonly above: readonly Parameters<typeof aboveReleaseSentence>[0][]
  /** Releases that are not offered yet. */
  readonly young: readonly YoungRelease[]
  readonly ahead: readonly {
    readonly kubespray: Step['kubespray']
    readonly kubernetes?: Step['kubernetes']
    readonly findings: readonly Remark[]
  }[]
}

export interface BranchFacts {
  readonly name: string
  readonly insteadOf?: InsteadOf
  /** Where the fork has a branch for each release. */
  readonly perRelease?: BranchPerRelease
  /** Other branches with own commits. */
  readonly others: readonly { readonly name: string; readonly commits: number }[]
}

interface ClusterFacts {
  /** Its folder; the empty string at the top. */
  readonly path: string
  readonly isSample: boolean
  readonly kubernetes: string | undefined
  readonly networkPlugin: string | undefined
  readonly containerManager: string | undefined
  readonly problems: readonly Problem[]
}

/** A plan for whoever asked for it. */
export function planBlocks(facts: PlanFacts): readonly Block[] {
  const { branch, base, route, ahead, above, young, automation } = facts
  return [
    paragraph(standsSentence(branch.name, base)),
    ...layoutBlocks(facts),
    ...notes(facts),
    ...otherBranches(branch),
    ...(branch.perRelease ? [paragraph(perReleaseNote(branch.perRelease))] : []),
    ...patchBlocks(facts.series),
    ...clusterBlocks(facts),
    paragraph(architecturesSentence(facts.architectures)),
    ...(automation ? automationBlocks(automation, { rules: false }) : []),
    ...titledRoute(route, base.release),
    ...young.map((each) => paragraph(sentence(youngRelease(each).message))),
    ...above.map((each) => paragraph(sentence(aboveReleaseSentence(each, base.release)))),
    ...ahead.flatMap(({ kubespray, kubernetes, findings }, index) =>
      findings.length === 0
        ? []
        : [heading(3, [stepHead(kubespray.to, index, kubernetes?.to)]), remarkList(findings)],
    ),
  ]
}

/** What the branch of a fork stands on. */
export function standsSentence(branch: string, base: Base): Text {
  if (base.exact) return say`${code(branch)} stands on ${base.release} (${short(base.commit)})`
  return say`${code(branch)} stands on ${short(base.commit)}, after ${base.release}`
}

function layoutBlocks({ layout, base }: PlanFacts): readonly Block[] {
  const said = layoutSentence(layout, base)
  return said === '' ? [] : [paragraph(sentence(said))]
}

function notes({ branch: { name, insteadOf }, base, series, leftOut }: PlanFacts): readonly Block[] {
  const carried = series ?? { patches: [], ownFiles: new Map(), leftOut }
  const facts = { branch: name, surface: 'terminal', base, series: carried } as const
  return seriesNotes(insteadOf ? { ...facts, insteadOf } : facts)
}

/** Of a clone in which another branch was found than the one that is checked out. */
export function otherBranches({ insteadOf, others }: BranchFacts): readonly Block[] {
  if (!insteadOf || others.length === 0) return []
  const named = others.slice(0, MOST_BRANCHES).map((each) => say`${code(each.name)} (${each.commits})`)
  const more = others.length > MOST_BRANCHES ? ', …' : ''
  return [
    paragraph(
      say`Other branches with own commits: ${joined(named, ', ')}${more}. Choose with ${code('--branch')}.`,
    ),
  ]
}

const MOST_BRANCHES = 8

function patchBlocks(series: Series | undefined): readonly Block[] {
  if (!series) return []
  const rows = series.patches.map(({ commits, title, changes, pickedFrom }, index): readonly Text[] => {
    const picked = pickedFrom[0] ? `, picked from ${short(pickedFrom[0])}` : ''
    return [
      say`${index + 1}`,
      [quoted(title)],
      say`${plural(changes.length, 'file')}${picked}`,
      [short(commits.at(-1) as Oid)],
    ]
  })
  const own = series.ownFiles.size
  return [
    heading(2, [plural(series.patches.length, 'patch', 'patches')]),
    ...(rows.length > 0
      ? [{ kind: 'table', head: ['', 'patch', 'changes', 'commit'].map((name) => [name]), rows } as const]
      : []),
    ...(own > 0 ? [paragraph(say`Own files, carried as they are: ${own}`)] : []),
  ]
}

function clusterBlocks({ clusters, problems, leading, assumed, base }: PlanFacts): readonly Block[] {
  const items: readonly Item[] = [
    ...clusters.map((cluster) => ({
      text: clusterText(cluster),
      items: cluster.problems.map((problem) => ({ text: problemText(problem) })),
    })),
    ...problems.map(({ message }) => ({ text: sentence(message) })),
  ]
  return [
    ...(items.length > 0 ? [heading(2, say`Inventories`), list(items)] : []),
    ...(assumed === undefined
      ? []
      : [
          paragraph(
            say`No inventory says which Kubernetes runs, so the way is planned from that of ${base.release} itself, ${assumed}; ${code('--kubernetes')} tells another.`,
          ),
        ]),
    ...(leading === undefined
      ? []
      : [paragraph(say`${code(leading)} runs the oldest Kubernetes, so the way is planned from there.`)]),
  ]
}

function clusterText({ path, isSample, kubernetes, networkPlugin, containerManager }: ClusterFacts): Text {
  const parts = [`Kubernetes ${kubernetes ?? 'unknown'}`, networkPlugin, containerManager]
  const named = path === '' ? say`Inventory (at the top)` : say`Inventory ${quoted(path)}`
  const name = isSample ? say`No inventory of its own; the sample` : named
  const told = parts.flatMap((part) => (part === undefined ? [] : [quoted(part)]))
  return say`${name}: ${joined(told, ', ')}`
}

function problemText({ message, at }: Problem): Text {
  const place = at ? say`${code(`${at.file}:${at.line}:${at.column}`)}: ` : ''
  return say`${place}${sentence(message)}`
}

function architecturesSentence({
  architectures,
  from,
  evidence,
  speaking,
}: PlanFacts['architectures']): Text {
  const some = joined(evidence.slice(0, MOST_EVIDENCE).map(quoted), '; ')
  const more = evidence.length > MOST_EVIDENCE ? `; and ${evidence.length - MOST_EVIDENCE} more` : ''
  const because = {
    request: ['as you say'],
    config: ['by the settings'],
    inventory: say`by the inventory: ${some}${more}`,
    patches: say`by the patches: ${some}${more}`,
    assumed: sentence(NOTHING_TOLD),
  } as const
  const question = askAboutHosts(speaking)
  const asked = question.length === 0 ? '' : say`. ${question}`
  return say`Architectures: ${architectures.join(', ')} (${because[from]})${asked}`
}

const MOST_EVIDENCE = 3
