import type { AddonAdvice } from '../audit/addons/addon-advice.ts'
import type { Finding } from '../audit/finding.ts'
import type { CarriedPatch } from '../series/carried.ts'
import { enumerated } from '../text/enumerated.ts'
import { code, plain, plural, prose } from './markdown.ts'
import type { Part } from './fit.ts'
import { renderPatch } from './patch-detail.ts'
import type { CarryFacts, PersonsFacts, PullRequestFacts } from './pull-request-facts.ts'

/** What a person has to look at before merging: one line each, then every patch of them with its before and after. */
export function renderEyes(facts: PullRequestFacts): readonly Part[] {
  const head = renderEyeLines(facts)
  if (head === '') return []
  return [{ full: head }, ...(facts.carry ? detailsOf(facts.carry, needsEyes) : [])]
}

/** The lines alone. */
export function renderEyeLines(facts: PullRequestFacts): string {
  const lines = [
    ...(facts.against ?? []).map(({ message }) => `- ${prose(message)}`),
    ...(facts.persons ? [personsLine(facts.persons)] : []),
    ...(facts.workflows ? [workflowsLine(facts.workflows)] : []),
    ...patchLines(facts),
    ...forgettingLine(facts),
    ...(facts.findings ?? []).filter(({ severity }) => severity === 'error').map(findingLine),
    ...mendable(facts),
    ...(facts.lint ?? [])
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => `- ${prose(message)}`),
    ...(facts.inventories ?? []).flatMap(({ addons }) => addons.filter(isQuestion).map(questionLine)),
    ...(facts.fixes ?? []).flatMap(({ notes }) => notes.map((note) => `- ${prose(note)}`)),
  ]
  return lines.length === 0 ? '' : `## What needs your eyes\n\n${lines.join('\n')}`
}

/** A patch that is left out no longer tells for whom it was made. */
function forgettingLine({ carry, toldByPatches }: PullRequestFacts): readonly string[] {
  const isLeft = carry?.carried.patches.some(
    ({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete',
  )
  if (!toldByPatches || !isLeft) return []
  const names = `architectures: [${toldByPatches.join(', ')}]`
  return [
    `- Only your patches tell that the cluster has ${enumerated(toldByPatches)}, and some of them are left out from here on. Write ${code(names)} into ${code('.github/multiarch.yml')}, so that the next step still knows.`,
  ]
}

/** What a recipe could do about the findings; in a pull request nobody can run it. */
function mendable({ findings = [], surface, written, branch }: PullRequestFacts): readonly string[] {
  const mechanical = findings.filter(({ fix }) => fix !== undefined)
  if (mechanical.length === 0 || surface !== 'terminal') return []
  const architectures = [...new Set(['amd64', ...mechanical.flatMap((each) => each.architectures)])]
  const command = `multiarch audit --fix --rev ${written?.name ?? branch} --architectures ${architectures.join()}`
  const some = mechanical.length === 1 ? 'One of these is' : `${mechanical.length} of what I found are`
  return [`- ${some} mechanical: ${code(command)} writes the patches.`]
}

/** The patches that went as they were meant to, each with its before and after. */
export function renderOtherPatches({ carry }: PullRequestFacts): readonly Part[] {
  if (!carry) return []
  const details = detailsOf(carry, (each) => !needsEyes(each))
  return details.length > 0 ? [{ full: '## The other patches, before and after' }, ...details] : []
}

function personsLine({ commits, behind }: PersonsFacts): string {
  const on =
    commits > 0
      ? `${plural(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} on the branch`
      : 'You changed the branch'
  const stale = behind
    ? ' The branch it goes to has moved on since; `/multiarch rebase` builds this again on it, with your commits on top.'
    : ''
  return `- ${on}, so I move it no more by myself.${stale}`
}

function workflowsLine(files: readonly string[]): string {
  const list = files.slice(0, 5).map(code).join(', ')
  const more = files.length > 5 ? ` and ${files.length - 5} more` : ''
  return `- ${list}${more} ${files.length === 1 ? 'stays' : 'stay'} as your fork has ${files.length === 1 ? 'it' : 'them'}: the release has ${files.length === 1 ? 'it' : 'them'} otherwise, and GitHub lets nobody write workflows without the permission “Workflows”, which I was not given. They run on GitHub alone and touch no cluster.`
}

function needsEyes({ verdict }: CarriedPatch): boolean {
  return verdict !== 'clean' && verdict !== 'moved'
}

/** Each patch is a part for itself, so that only the longest ones are shortened. */
function detailsOf(carry: CarryFacts, wanted: (each: CarriedPatch) => boolean): readonly Part[] {
  const { carried, diffs, upstream } = carry
  return carried.patches.flatMap((each, index) => {
    if (!wanted(each)) return []
    const detail = { carried: each, number: index + 1, upstream }
    return [
      {
        full: renderPatch({ ...detail, diffs: diffs.get(each.patch.id) ?? [] }),
        brief: `**${index + 1}. ${plain(each.patch.title.slice(0, 200))}**: ${each.verdict}. It is too long to show here; look at its commit, or ask with \`/multiarch explain ${index + 1}\`.`,
      },
    ]
  })
}

function patchLines({ carry, surface }: PullRequestFacts): readonly string[] {
  if (!carry) return []
  const { patches } = carry.carried
  const open = patches.filter(({ verdict }) => verdict === 'conflict')
  const roots = open.filter(({ cause }) => cause === undefined)
  const left = patches.filter(({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete')
  const adapted = patches.filter(({ verdict }) => verdict === 'adapted')
  return [
    ...roots.flatMap((root) => [
      collides(root),
      ...open.filter(({ cause }) => cause?.id === root.patch.id).map(waits),
    ]),
    ...(adapted.length > 0 ? [adaptedLine(adapted)] : []),
    ...(left.length > 0 ? [leftOut(left, surface)] : []),
  ]
}

function collides({ patch, files }: CarriedPatch): string {
  const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
  const stands = paths.length === 1 ? 'The file stands' : 'The files stand'
  return `- **${plain(patch.title)}** collides with the release in ${paths.join(', ')}. ${stands} as the release has it; the three sides are below.`
}

function waits({ patch }: CarriedPatch): string {
  return `  - ${plain(patch.title)} touches the same file and waits for this one.`
}

function adaptedLine(adapted: readonly CarriedPatch[]): string {
  return `- I adapted ${plural(adapted.length, 'patch', 'patches')} to the release: ${titles(adapted)}. Compare before and after below.`
}

function leftOut(left: readonly CarriedPatch[], surface: PullRequestFacts['surface']): string {
  const keep =
    surface === 'pull-request'
      ? '`/multiarch keep` with its number carries one all the same'
      : 'say so if you want one kept'
  return `- I left out ${plural(left.length, 'patch', 'patches')} with nothing left to carry: ${titles(left)}. The evidence is below; ${keep}.`
}

function titles(patches: readonly CarriedPatch[]): string {
  return patches.map(({ patch }) => plain(patch.title)).join('; ')
}

function findingLine({ message, file, line }: Finding): string {
  return `- ${prose(message)} (${code(`${file}:${line}`)})`
}

/** Whether somebody has to say what becomes of an add-on. */
export function hasQuestion({ inventories = [] }: PullRequestFacts): boolean {
  return inventories.some(({ addons }) => addons.some(isQuestion))
}

function isQuestion({ policy, on }: AddonAdvice): boolean {
  return policy === 'ask' && on !== 'gone'
}

function questionLine({ addon }: AddonAdvice): string {
  return `- Shall ${plain(addon.title)} stay? Its part below says why I ask; \`addons: { ${addon.flag.replace(/_enabled$/, '')}: disable }\` or \`keep\` in the settings answers for good.`
}
