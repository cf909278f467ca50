import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { isQuestion, type Remark } from '../../judge/judge-step.ts'
import { defined } from '../../model/defined.ts'
import { isPrivatePath } from '../../model/parent-of.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import { enumerated } from '../../text/enumerated.ts'
import { fold, list, paragraph, WORTH, type Item, type Part } from '../blocks/block.ts'
import { bold, code, joined, link, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { clusterWords, explainCommand, shellWord } from '../explain-command.ts'
import { judgeFacts } from '../judge-facts.ts'
import { linkedCommit, titledCommit } from '../linked-reference.ts'
import { plural } from '../plural.ts'
import type { CarryFacts, PersonsFacts, PullRequestFacts } from '../pull-request-facts.ts'
import type { Surface } from '../surface.ts'
import { addonPlace } from './render-addons.ts'
import { leftOutLines, LEFT_OUT_PLACE } from './render-account.ts'
import { keepCommand, patchLink, patchNamed, patchNumbers } from './patch-link.ts'
import { placeLink, withPlace } from './place-link.ts'

/** What a person has to decide before this can be applied, heaviest first; each has a box to tick. What is many of a kind is folded. */
export function renderDecisions(facts: PullRequestFacts): readonly Part[] {
  const { shown, more } = decisions(facts)
  if (shown.length === 0) return []
  const parts: readonly Part[] = [{ full: [list(shown)] }]
  if (more.length === 0) return parts
  const rest = `${plural(more.length, 'more thing')} to fix or to settle`
  return [
    ...parts,
    {
      full: [fold([rest], [list(more)])],
      brief: [paragraph([`${rest}, for which there is no room here; the check has the lines.`])],
      worth: WORTH.table,
    },
  ]
}

/**
 * In the order in which they hold things up: what speaks against the step, what would fail, conflicts, upstream's forms that do without a
 * part, questions, values kept against newer ones, what was adapted, and what is left out.
 */
function decisions(facts: PullRequestFacts): {
  readonly shown: readonly Item[]
  readonly more: readonly Item[]
} {
  const { errors } = judgeFacts(facts)
  const against = errors.filter(({ about }) => about === 'step')
  const rest = errors.filter(({ about }) => about !== 'step')
  const ofErrors = rest.map((each) => task(errorText(each, facts)))
  const [ofConflicts, ofLooks] = [conflicts(facts), looks(facts)]
  const many = [ofErrors, ofConflicts, ofLooks]
  const shown = [
    // The first stands in the verdict.
    ...against.slice(1).map((each) => task(say`${bold`Before you apply it`}: ${withPlace(each, facts.at)}`)),
    ...ofErrors.slice(0, MOST_OF_A_KIND),
    ...mendable(facts),
    ...ofConflicts.slice(0, MOST_OF_A_KIND),
    ...ofLooks.slice(0, MOST_OF_A_KIND),
    ...(facts.inventories ?? []).flatMap(({ addons }) => addons.filter(isQuestion).map(questionItem)),
    ...keptValues(facts),
    ...adapted(facts),
    ...leftOut(facts),
    ...forgetting(facts),
    ...(facts.fixes ?? []).flatMap(({ notes }) =>
      notes.map((note) => task(say`${bold`Know`}: ${sentence(note)}`)),
    ),
    ...(facts.persons ? [{ text: personsText(facts.persons, facts.surface) }] : []),
    ...(facts.workflows ? [{ text: workflowsText(facts.workflows) }] : []),
  ]
  return { shown, more: many.flatMap((items) => items.slice(MOST_OF_A_KIND)) }
}

/** So many errors, conflicts or comparisons stand on the first screens; more are folded. */
const MOST_OF_A_KIND = 8

function task(text: Text, items?: readonly Item[]): Item {
  return { text, isTask: true, ...defined({ items }) }
}

function errorText(remark: Remark, { at }: PullRequestFacts): Text {
  const verb = remark.code === 'unaccounted' ? bold`Look for` : bold`Fix`
  return say`${verb}: ${withPlace(remark, at)}`
}

/** Titles or values that are named; of more, the number is said. */
const MOST_NAMED = 6

interface Numbered {
  readonly number: number
  readonly carried: CarriedPatch
}

function numbered({ carry }: PullRequestFacts): readonly Numbered[] {
  return (carry?.carried.patches ?? []).map((carried, index) => ({ number: index + 1, carried }))
}

function conflicts(facts: PullRequestFacts): readonly Item[] {
  const open = numbered(facts).filter(({ carried }) => carried.verdict === 'conflict')
  const roots = open.filter(({ carried }) => carried.cause === undefined)
  return roots.map((root) =>
    task(
      conflictText(root, facts),
      open
        .filter(({ carried }) => carried.cause?.id === root.carried.patch.id)
        .map(({ number, carried: { patch } }) => ({
          text: say`${patchNamed(number, patch.title)}, touches the same file and waits for this one.`,
        })),
    ),
  )
}

function conflictText({ number, carried }: Numbered, facts: PullRequestFacts): Text {
  const { at, surface, carry } = facts
  const { patch, files, upstream } = carried
  const places = files
    .filter(({ verdict }) => verdict === 'conflict')
    .map(({ to, regions = [] }) =>
      placeLink(at, 'head', {
        file: to,
        ...defined({ line: regions.find(({ asOf }) => asOf === undefined)?.line }),
      }),
    )
  const [by] = upstream
  const title = by && carry?.upstream.get(by)
  const rival = by
    ? say`: ${title === undefined ? linkedCommit(by) : titledCommit(by, title)} changed the same`
    : ': the release changed the same'
  const stands = `${places.length === 1 ? 'The file stands' : 'The files stand'} as the release has ${places.length === 1 ? 'it' : 'them'}.`
  const sides =
    surface === 'pull-request' ? patchLink(number, 'All sides') : code(explainCommand(facts, number))
  const how =
    surface === 'pull-request'
      ? say` · ${code(`/multiarch take ${number} mine`)} or ${code('upstream')}`
      : ' shows all sides.'
  return say`${bold`Settle`} ${patchNamed(number, patch.title)}, in ${listed(places)}${rival}. ${stands} ${sides}${how}`
}

function looks(facts: PullRequestFacts): readonly Item[] {
  return numbered(facts)
    .filter(({ carried: { look, verdict } }) => look === true && verdict !== 'conflict')
    .map(({ number, carried: { patch, confidence = 0 } }) => {
      const keep =
        facts.surface === 'pull-request' ? say` If you need that part: ${keepCommand(number)}.` : ''
      return task(
        say`${bold`Compare`} ${patchNamed(number, patch.title)}: upstream’s reviewed form has ${Math.round(confidence * 100)} % of it, and ${patchLink(number, 'leaves the rest out')}.${keep}`,
      )
    })
}

function questionItem({ addon }: AddonAdvice): Item {
  const setting = `addons: { ${addon.flag.replace(/_enabled$/, '')}: disable }`
  return task(
    say`${bold`Decide`} whether ${link(`#${addonPlace(addon)}`, quoted(addon.title))} stays: ${code(setting)} in the settings, or ${code('keep')} there, answers for good.`,
  )
}

/** Values of the user's that stand where the release has a newer one. */
function keptValues(facts: PullRequestFacts): readonly Item[] {
  const kept = numbered(facts).flatMap(({ number, carried }) =>
    carried.files.flatMap((file) =>
      file.reasons.flatMap((reason) =>
        reason.code === 'value-kept' && reason.isNewer
          ? [{ number, title: carried.patch.title, reason, isPrivate: isPrivatePath(file.path) }]
          : [],
      ),
    ),
  )
  const shown = kept.slice(0, MOST_NAMED).map(({ number, title, reason, isPrivate }) => {
    const what = isPrivate
      ? say`your value is kept, and the release’s is newer.`
      : say`your value of ${code(reason.key)} is kept; the release has ${code(reason.there)}, which is newer.`
    return task(say`${bold`Check`} ${patchNamed(number, title)}: ${what}`)
  })
  const rest = kept.slice(MOST_NAMED)
  if (rest.length === 0) return shown
  const numbers = [...new Set(rest.map(({ number }) => number))]
  return [
    ...shown,
    task(
      say`${bold`Check`} ${plural(rest.length, 'more value')} of yours kept against newer ones, in ${numbers.length === 1 ? 'patch' : 'patches'} ${patchNumbers(numbers)}.`,
    ),
  ]
}

function adapted(facts: PullRequestFacts): readonly Item[] {
  const those = numbered(facts).filter(({ carried }) => carried.verdict === 'adapted')
  if (those.length === 0) return []
  const one = those.length === 1 ? those[0] : undefined
  const how = one
    ? say`${patchNamed(one.number, one.carried.patch.title)}, was`
    : say`patches ${patchNumbers(those.map(({ number }) => number))} were`
  return [task(say`${bold`Look at`} how ${how} adapted.`)]
}

/** What drops out, and what is known of it: which of them the release has line by line, and which not. */
function leftOut(facts: PullRequestFacts): readonly Item[] {
  const those = numbered(facts).filter(
    ({ carried: { verdict } }) => verdict === 'upstreamed' || verdict === 'obsolete',
  )
  if (those.length === 0) return []
  const numbersOf = (wanted: (each: Numbered) => boolean): readonly number[] =>
    those.filter(wanted).map(({ number }) => number)
  const isUpstream = ({ carried }: Numbered): boolean => carried.verdict === 'upstreamed'
  const whole = numbersOf((each) => isUpstream(each) && leftOutLines(each.carried) === 0)
  const part = numbersOf((each) => isUpstream(each) && leftOutLines(each.carried) > 0)
  const gone = numbersOf((each) => !isUpstream(each))
  const release = code(facts.release)
  const lines = those.reduce((sum, { carried }) => sum + leftOutLines(carried), 0)
  const listedBelow =
    lines > 0 ? say` ${link(`#${LEFT_OUT_PLACE}`, `The ${plural(lines, 'line')} left out`)}.` : ''
  const parts = [
    ...(whole.length > 0 ? [say`${release} has all of ${patchesNamed(whole)}`] : []),
    ...(part.length > 0
      ? [say`${release} has ${patchesNamed(part)} in a form without some of your lines`]
      : []),
    ...(gone.length > 0 ? [say`there is nothing left for ${patchesNamed(gone)} to change`] : []),
  ]
  const keep =
    facts.surface === 'pull-request' ? say` ${keepCommand('<patch>')} carries what is left of one.` : ''
  return [
    task(
      say`${bold`Agree to drop`} ${plural(those.length, 'patch', 'patches')}: ${joined(parts, '; ')}.${listedBelow}${keep}`,
    ),
  ]
}

function patchesNamed(numbers: readonly number[]): Text {
  return say`${numbers.length === 1 ? 'patch' : 'patches'} ${patchNumbers(numbers)}`
}

/** A patch that is left out no longer tells for whom it was made. */
function forgetting({ carry, toldByPatches }: PullRequestFacts): readonly Item[] {
  if (!toldByPatches || !dropsSomething(carry)) return []
  const names = `architectures: [${toldByPatches.join(', ')}]`
  return [
    task(
      say`${bold`Write`} ${code(names)} into ${code('.github/multiarch.yml')}: only your patches tell that the cluster has ${enumerated(toldByPatches)}, and some of them are left out from here on.`,
    ),
  ]
}

function dropsSomething(carry: CarryFacts | undefined): boolean {
  return (
    carry?.carried.patches.some(({ verdict }) => verdict === 'upstreamed' || verdict === 'obsolete') ?? false
  )
}

/** What a recipe could do about the findings; in a pull request nobody can run it. */
function mendable({ findings = [], surface, written, place, cluster }: PullRequestFacts): readonly Item[] {
  // What is not in the repository cannot be mended in it.
  if (place && place.layout.kind !== 'folder') return []
  const mechanical = findings.filter(({ fix }) => fix !== undefined)
  if (mechanical.length === 0 || surface !== 'terminal') return []
  const architectures = [...new Set(['amd64', ...mechanical.flatMap((each) => each.architectures)])]
  const some = mechanical.length === 1 ? 'One of these can' : `${mechanical.length} of the findings can`
  // What is not written cannot be mended; the fork's own branch has other files.
  if (!written)
    return [
      {
        text: say`${some} be fixed by a recipe: written without ${code('--dry-run')}, I name the command for it.`,
      },
    ]
  const command = `multiarch audit . --fix --rev ${shellWord(written.name)} --architectures ${architectures.join()}${clusterWords(cluster)}`
  return [{ text: say`${some} be fixed by a recipe: ${code(command)}, in the clone, writes the patches.` }]
}

function personsText({ commits, behind }: PersonsFacts, surface: Surface): Text {
  const on =
    commits > 0
      ? `${plural(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} on the branch`
      : 'You changed the branch'
  const stale =
    behind && surface === 'pull-request'
      ? say` The branch it goes to has moved on since; ${code('/multiarch rebase')} builds this again on it, with your commits on top.`
      : ''
  return say`${on}, so I do not move it by myself any more.${stale}`
}

function workflowsText(files: readonly string[]): Text {
  const some = joined(files.slice(0, 5).map(code), ', ')
  const more = files.length > 5 ? ` and ${files.length - 5} more` : ''
  const [stay, it] = files.length === 1 ? ['stays', 'it'] : ['stay', 'them']
  return say`${some}${more} ${stay} as your fork has ${it}: the release has other ${files.length === 1 ? 'contents' : 'versions'}, and GitHub lets nobody write workflows without the permission “Workflows”, which I was not given. They run on GitHub alone and touch no cluster.`
}
