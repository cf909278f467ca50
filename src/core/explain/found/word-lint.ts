import type { FoundLint, LintFacts, ReleasePlace } from '../../plan/lint-facts.ts'
import type { LintFinding } from '../../plan/lint-finding.ts'
import { plural } from '../plural.ts'
import { enumerated } from '../../text/enumerated.ts'

/** Puts what a step was found to change for an inventory into words. */
export function wordLint(found: readonly FoundLint[]): readonly LintFinding[] {
  return found.map(({ facts, ...finding }) => ({ ...finding, message: say(finding.key, facts) }))
}

function say(name: string, facts: LintFacts): string {
  switch (facts.kind) {
    case 'default-kept':
      return `\`${name}\` is left to its default, and the cluster was built with \`${facts.before}\`. ${facts.tag} has \`${facts.after}\`, and an upgrade does not change ${facts.decides}: the step writes down \`${name}: ${facts.before}\`.`
    case 'default-refused':
      return `\`${name}\` is left to its default, and the cluster was built with \`${facts.before}\`. ${facts.tag} has \`${facts.after}\`, and takes only ${enumerated(facts.allowed.map((each) => `\`${each}\``))} (${placeOf(facts.by)}): ${facts.decides} has to be changed before this step, which an upgrade does not do.`
    case 'value-shape':
      return sayShape(name, facts)
    case 'variable-folded': {
      const { tag, into, as, with: other, by, shown } = facts
      const how = as === undefined ? `, together with \`${other ?? ''}\`` : `, as \`${as}\` of each entry`
      const sample = shown ? `; the sample inventory shows how (${placeOf(shown)})` : ''
      return `\`${name}\` is read by nothing in ${tag}. What it said has its place in \`${into}\` now${how} (${placeOf(by)})${sample}. Move it there before you apply this step: without it there is none.`
    }
    case 'reader-gone':
      return `Only \`${facts.reader}\` reads \`${name}\` in ${facts.tag}, and what is set here chooses \`${facts.chosen}\` instead (\`${facts.choice}\` in \`${facts.by}\`): what it does on ${facts.from} ends with this step. Look what takes its place there.`
  }
}

function sayShape(name: string, facts: Extract<LintFacts, { kind: 'value-shape' }>): string {
  const { tag, shape, shown, how, by, others, wanted, keys = [], missing, off } = facts
  const also = others > 0 ? `, and at ${plural(others, 'place')} more` : ''
  const where = `${tag} stops the play at it (\`${how}\` in ${placeOf(by)}${also})`
  if (missing !== undefined)
    return `\`${name}\` has no \`${missing}\`, and ${where}. Add it wherever it is missing.`
  const is = `\`${name}\` is ${shown === undefined ? inWords(shape) : `${inWords(shape)}, \`${shown}\``}`
  if (wanted === undefined)
    return `${is}, and ${where}. Its readers contradict each other, so that neither a list nor a mapping works there: leave it out, or go to a later patch release.`
  const form = formOf(name, wanted, keys)
  return `${is}, and ${where}. It has to be ${inWords(wanted)}${keys.length > 0 ? ` with ${enumerated(keys.map((key) => `\`${key}\``))}` : ''} now${form}.${off ? ` It is off, so the step writes \`${name}: []\`.` : ''}`
}

const NAMED: Readonly<Record<string, string>> = { nothing: 'set to nothing', text: 'text' }

function inWords(shape: string): string {
  return NAMED[shape] ?? `a ${shape}`
}

/** How it is written from now on. */
function formOf(name: string, wanted: string, keys: readonly string[]): string {
  const inner = `{ ${keys.map((key) => `${key}: …`).join(', ')} }`
  if (wanted === 'mapping') return `: \`${name}: ${keys.length > 0 ? inner : '{ name: value }'}\``
  if (wanted === 'list of mappings') return `: \`${name}: [${inner}]\``
  return wanted === 'list' ? `: \`${name}: [value]\`` : ''
}

function placeOf({ path, line }: ReleasePlace): string {
  return line === undefined ? `\`${path}\`` : `\`${path}:${line}\``
}
