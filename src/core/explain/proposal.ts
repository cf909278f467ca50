import { short, type Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/version.ts'
import type { Verdict } from '../model/verdict.ts'
import type { CarriedPatch, CarriedSeries } from '../series/carried.ts'
import type { PatchDiff } from '../series/patch-diff.ts'
import type { Base, Series } from '../series/series.ts'
import { code, plain, plural, table } from './markdown.ts'
import { renderPatch } from './patch-detail.ts'
import { seriesNotes, type InsteadOf } from './series-notes.ts'

export interface ProposalFacts {
  /** The fork's branch the step is built on. */
  readonly branch: string
  /** The default branch, where `branch` was found instead. */
  readonly insteadOf?: InsteadOf
  readonly base: Base
  readonly to: ReleaseTag
  readonly series: Series
  readonly carried: CarriedSeries
  /** By patch id. */
  readonly diffs: ReadonlyMap<string, readonly PatchDiff[]>
  /** Titles of upstream commits that are evidence. */
  readonly upstream: ReadonlyMap<Oid, string>
  /** The branch written, with the commit of each patch by its id; absent in a dry run. */
  readonly written?: { readonly name: string; readonly commits: ReadonlyMap<string, Oid> }
}

export interface ProposalText {
  readonly title: string
  readonly body: string
}

/** The title and text of one step to a release, as Markdown. */
export function renderProposal(facts: ProposalFacts): ProposalText {
  const { patches } = facts.carried
  const parts = [
    summary(facts),
    seriesNotes(facts),
    patches.length > 0 ? `## Patches\n\n${patchTable(facts)}` : '',
    eyes(patches),
    patches.length > 0 ? `## Each patch, before and after\n\n${details(facts)}` : '',
    goingBack(facts),
  ]
  const body = parts.filter((part) => part !== '').join('\n\n') + '\n'
  return { title: titleOf(facts), body }
}

function titleOf({ to, carried: { patches } }: ProposalFacts): string {
  const open = patches.filter(({ verdict }) => verdict === 'conflict').length
  const tail = open > 0 ? `: ${plural(open, 'patch', 'patches')} to settle` : ''
  return `Kubespray ${to}${tail}`
}

function summary({ branch, base, to, series, carried: { patches } }: ProposalFacts): string {
  const start = base.exact
    ? `\`${base.release}\``
    : `commit ${short(base.commit)} (after \`${base.release}\`)`
  const own = series.ownFiles.size
  const files =
    own > 0 ? ` ${plural(own, 'file')} of your own ${own === 1 ? 'comes' : 'come'} along unchanged.` : ''
  if (patches.length === 0) {
    return `This moves \`${branch}\` from ${start} to Kubespray \`${to}\`. It carries no patch.${files}`
  }
  return `This moves \`${branch}\` from ${start} to Kubespray \`${to}\` and carries its ${plural(patches.length, 'patch', 'patches')}: ${tally(patches)}.${files}`
}

/** `6 clean, 1 conflict`, in the order in which they ask for attention least. */
export function tally(patches: readonly { readonly verdict: Verdict }[]): string {
  const order: readonly Verdict[] = ['clean', 'moved', 'adapted', 'upstreamed', 'obsolete', 'conflict']
  const counts = order.map((verdict) => ({
    verdict,
    count: patches.filter((each) => each.verdict === verdict).length,
  }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict]}`)
    .join(', ')
}

const WORDS: Readonly<Record<Verdict, string>> = {
  clean: 'clean',
  moved: 'moved along with upstream',
  adapted: 'adapted',
  upstreamed: 'already upstream',
  obsolete: 'obsolete',
  conflict: 'to settle',
}

function patchTable({ carried: { patches }, written }: ProposalFacts): string {
  const rows = patches.map(({ patch, verdict, files, upstream }, index) => {
    const commit = written?.commits.get(patch.id)
    const by = upstream[0] ? ` by ${short(upstream[0])}` : ''
    return [
      `${index + 1}`,
      plain(patch.title),
      `**${verdict}**${by}`,
      `${files.length}`,
      commit ? short(commit) : '–',
    ]
  })
  return table(['', 'patch', 'verdict', 'files', 'commit'], rows)
}

/** What a person has to look at before merging. */
function eyes(patches: readonly CarriedPatch[]): string {
  const open = patches.filter(({ verdict }) => verdict === 'conflict')
  const roots = open.filter(({ cause }) => cause === undefined)
  const left = patches.filter(({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete')
  const lines: string[] = []
  for (const { patch, files } of roots) {
    const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
    lines.push(
      `- **${plain(patch.title)}** collides with the release in ${paths.join(', ')}. The file stands as the release has it; its three sides are below.`,
    )
    for (const each of open.filter(({ cause }) => cause?.id === patch.id)) {
      lines.push(`  - ${plain(each.patch.title)} touches the same file and waits for this one.`)
    }
  }
  if (left.length > 0) {
    const titles = left.map(({ patch }) => plain(patch.title)).join('; ')
    lines.push(
      `- I left out ${plural(left.length, 'patch', 'patches')} with nothing left to carry: ${titles}. The evidence is below; say so if you want one kept.`,
    )
  }
  return lines.length > 0 ? `## What needs your eyes\n\n${lines.join('\n')}` : ''
}

function details({ carried: { patches }, diffs, upstream }: ProposalFacts): string {
  return patches
    .map((carried, index) =>
      renderPatch({ carried, number: index + 1, diffs: diffs.get(carried.patch.id) ?? [], upstream }),
    )
    .join('\n\n')
}

function goingBack({ branch, base, to, written }: ProposalFacts): string {
  const name = written?.name ?? 'the branch'
  const start = `\`${branch}\` itself is not touched: it stands on \`${base.release}\` until you merge.`
  if (!written) return `## How to go back\n\nThis was a dry run: nothing was written. ${start}`
  return [
    '## How to apply it, and how to go back',
    `${start} Look at it with \`git log --first-parent ${branch}..${name}\`, take it with \`git merge ${name}\` on \`${branch}\`, and throw it away with \`git branch -D ${name}\`.`,
    `After merging, \`git revert -m 1 <the merge commit>\` brings back the files from before (to try again later, revert that revert first). Going back to \`${base.release}\` on a cluster that ran \`${to}\` is another matter: Kubernetes does not downgrade.`,
  ].join('\n\n')
}
