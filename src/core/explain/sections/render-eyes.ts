import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { isQuestion, type Remark } from '../../judge/judge-step.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import { enumerated } from '../../text/enumerated.ts'
import { judgeFacts } from '../judge-facts.ts'
import { heading, list, paragraph, type Block, type Item, type Part } from '../blocks/block.ts'
import { bold, code, joined, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import { renderPatch } from './render-patch.ts'
import { withPlace } from './render-variables.ts'
import { explainCommand, shellWord } from '../explain-command.ts'
import type { PersonsFacts, PullRequestFacts } from '../pull-request-facts.ts'
import type { Surface } from '../surface.ts'

/** What a person has to look at before merging: one line each, then every patch of them with its before and after. */
export function renderEyes(facts: PullRequestFacts): readonly Part[] {
  const head = renderEyeLines(facts)
  if (head.length === 0) return []
  return [{ full: head }, ...detailsOf(facts, needsEyes)]
}

/** The lines alone. */
export function renderEyeLines(facts: PullRequestFacts): readonly Block[] {
  const { errors } = judgeFacts(facts)
  const lines: readonly (Text | Item)[] = [
    ...errors.filter(isAgainst(facts)).map(withPlace),
    ...(facts.persons ? [personsLine(facts.persons, facts.surface)] : []),
    ...(facts.workflows ? [workflowsLine(facts.workflows)] : []),
    ...patchLines(facts),
    ...forgettingLine(facts),
    ...errors.filter((each) => !isAgainst(facts)(each)).map(withPlace),
    ...mendable(facts),
    ...(facts.inventories ?? []).flatMap(({ addons }) => addons.filter(isQuestion).map(questionLine)),
    ...(facts.fixes ?? []).flatMap(({ notes }) => notes.map(sentence)),
  ]
  return lines.length === 0 ? [] : [heading(2, say`What needs your eyes`), list(lines)]
}

/** A patch that is left out no longer tells for whom it was made. */
function forgettingLine({ carry, toldByPatches }: PullRequestFacts): readonly Text[] {
  const isLeft = carry?.carried.patches.some(
    ({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete',
  )
  if (!toldByPatches || !isLeft) return []
  const names = `architectures: [${toldByPatches.join(', ')}]`
  return [
    say`Only your patches tell that the cluster has ${enumerated(toldByPatches)}, and some of them are left out from here on. Write ${code(names)} into ${code('.github/multiarch.yml')}, so that the next step still knows.`,
  ]
}

/** What a recipe could do about the findings; in a pull request nobody can run it. */
function mendable({ findings = [], surface, written, place }: PullRequestFacts): readonly Text[] {
  // What is not in the repository cannot be mended in it.
  if (place && place.layout.kind !== 'folder') return []
  const mechanical = findings.filter(({ fix }) => fix !== undefined)
  if (mechanical.length === 0 || surface !== 'terminal') return []
  const architectures = [...new Set(['amd64', ...mechanical.flatMap((each) => each.architectures)])]
  const some = mechanical.length === 1 ? 'One of these is' : `${mechanical.length} of what I found are`
  // What is not written cannot be mended; the fork's own branch has other files.
  if (!written)
    return [
      say`${some} mechanical: written without ${code('--dry-run')}, I name the command that mends what I can.`,
    ]
  const command = `multiarch audit . --fix --rev ${shellWord(written.name)} --architectures ${architectures.join()}`
  return [say`${some} mechanical: ${code(command)}, in the clone, writes the patches.`]
}

/** The patches that went as they were meant to, each with its before and after. */
export function renderOtherPatches(facts: PullRequestFacts): readonly Part[] {
  const details = detailsOf(facts, (each) => !needsEyes(each))
  return details.length > 0
    ? [{ full: [heading(2, say`The other patches, before and after`)] }, ...details]
    : []
}

function personsLine({ commits, behind }: PersonsFacts, surface: Surface): Text {
  const on =
    commits > 0
      ? `${plural(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} on the branch`
      : 'You changed the branch'
  const stale =
    behind && surface === 'pull-request'
      ? say` The branch it goes to has moved on since; ${code('/multiarch rebase')} builds this again on it, with your commits on top.`
      : ''
  return say`${on}, so I move it no more by myself.${stale}`
}

function workflowsLine(files: readonly string[]): Text {
  const some = joined(files.slice(0, 5).map(code), ', ')
  const more = files.length > 5 ? ` and ${files.length - 5} more` : ''
  return say`${some}${more} ${files.length === 1 ? 'stays' : 'stay'} as your fork has ${files.length === 1 ? 'it' : 'them'}: the release has ${files.length === 1 ? 'it' : 'them'} otherwise, and GitHub lets nobody write workflows without the permission “Workflows”, which I was not given. They run on GitHub alone and touch no cluster.`
}

function needsEyes({ verdict }: CarriedPatch): boolean {
  return verdict !== 'clean' && verdict !== 'moved'
}

/** Each patch is a part for itself, so that only the longest ones are shortened. */
function detailsOf(facts: PullRequestFacts, wanted: (each: CarriedPatch) => boolean): readonly Part[] {
  if (!facts.carry) return []
  const { carried, diffs, upstream } = facts.carry
  return carried.patches.flatMap((each, index) => {
    if (!wanted(each)) return []
    const detail = { carried: each, number: index + 1, upstream }
    return [
      {
        full: renderPatch({ ...detail, diffs: diffs.get(each.patch.id) ?? [] }),
        brief: [
          paragraph(
            say`${bold`${index + 1}. ${quoted(each.patch.title.slice(0, 200))}`}: ${each.verdict}. It is too long to show here; look at its commit, or ask with ${code(explainCommand(facts, index + 1))}.`,
          ),
        ],
      },
    ]
  })
}

function patchLines({ carry, surface }: PullRequestFacts): readonly (Text | Item)[] {
  if (!carry) return []
  const { patches } = carry.carried
  const open = patches.filter(({ verdict }) => verdict === 'conflict')
  const roots = open.filter(({ cause }) => cause === undefined)
  const left = patches.filter(({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete')
  const adapted = patches.filter(({ verdict }) => verdict === 'adapted')
  return [
    ...roots.map((root) => ({
      text: collides(root),
      items: open
        .filter(({ cause }) => cause?.id === root.patch.id)
        .map(({ patch }) => ({
          text: say`${quoted(patch.title)} touches the same file and waits for this one.`,
        })),
    })),
    ...(adapted.length > 0 ? [adaptedLine(adapted)] : []),
    ...(left.length > 0 ? [leftOut(left, surface)] : []),
  ]
}

function collides({ patch, files }: CarriedPatch): Text {
  const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
  const stands = paths.length === 1 ? 'The file stands' : 'The files stand'
  return say`${bold`${quoted(patch.title)}`} collides with the release in ${joined(paths, ', ')}. ${stands} as the release has it; the three sides are below.`
}

function adaptedLine(adapted: readonly CarriedPatch[]): Text {
  return say`I adapted ${plural(adapted.length, 'patch', 'patches')} to the release: ${titles(adapted)}. Compare before and after below.`
}

function leftOut(left: readonly CarriedPatch[], surface: Surface): Text {
  const keep =
    surface === 'pull-request'
      ? say`. ${code('/multiarch keep <patch>')} with the number of one carries what this release does not have of it, and says so where that is nothing`
      : ''
  return say`I left out ${plural(left.length, 'patch', 'patches')} with nothing left to carry: ${titles(left)}. The evidence is below${keep}.`
}

function titles(patches: readonly CarriedPatch[]): Text {
  return joined(
    patches.map(({ patch }) => quoted(patch.title)),
    '; ',
  )
}

/** What speaks against the step itself comes first. */
function isAgainst({ against = [] }: PullRequestFacts): (remark: Remark) => boolean {
  return ({ code: each, message }) =>
    against.some((problem) => problem.code === each && problem.message === message)
}

/** Whether somebody has to say what becomes of an add-on. */
export function hasQuestion({ inventories = [] }: PullRequestFacts): boolean {
  return inventories.some(({ addons }) => addons.some(isQuestion))
}

function questionLine({ addon }: AddonAdvice): Text {
  const setting = `addons: { ${addon.flag.replace(/_enabled$/, '')}: disable }`
  return say`Shall ${quoted(addon.title)} stay? Its part below says why I ask; ${code(setting)} in the settings, or ${code('keep')} there, answers for good.`
}
