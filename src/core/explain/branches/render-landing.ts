import type { BranchPerRelease } from '../../branches/branch-pattern.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, listed, say, type Text } from '../blocks/text.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** Where a step goes to a branch of its own: how that begins, and what else has to be moved there. */
export function renderLanding({
  landing,
  branch,
  release,
}: Pick<PullRequestFacts, 'landing' | 'branch' | 'release'>): readonly Block[] {
  if (!landing) return []
  const { name, isDefault, mentions } = landing
  const rest = [
    ...(isDefault
      ? [
          say`Make ${code(name)} the default branch once this is merged: ${code(branch)} is it now, and people, workflows and I start from there.`,
        ]
      : []),
    ...(mentions.length > 0
      ? [
          say`Change what names ${code(branch)} here: ${listed(mentions.slice(0, MOST_NAMED).map(({ file, line }) => code(`${file}:${line}`)))}${mentions.length > MOST_NAMED ? ' and more' : ''}.`,
        ]
      : []),
    say`Whatever takes ${code(branch)} elsewhere (a submodule, a pin, a checkout) goes on with it until you change it there; I see this repository alone.`,
  ]
  return [
    paragraph(
      say`${bold`This goes to a branch of its own, ${code(name)}, which starts at ${code(release)}.`} ${code(branch)} stays as it is. The next step starts from ${code(name)} once this is merged.`,
    ),
    list(rest),
  ]
}

const MOST_NAMED = 8

/** Branches that are named for releases, where the settings say what becomes of that. */
export function perReleaseSetting({ pattern }: BranchPerRelease, newest: string): Text {
  return say`Each release has a branch of its own here, the newest is ${code(newest)}: a step to another release starts its branch at the release and proposes your patches there (${code(`branch: "${pattern.text}"`)} in the file). If steps are to go to ${code(newest)} instead, write that name.`
}

/** The same in a terminal, where nothing may have been said yet. */
export function perReleaseNote({ pattern, from, branches }: BranchPerRelease): Text {
  if (from === 'settings')
    return say`Each release has a branch of its own here (${code(pattern.text)}): a step to another one starts its branch at the release, and goes there.`
  const named = branches.slice(0, MOST_SHOWN).toReversed()
  return say`${listed(named.map((each) => code(each)))} look like a branch for each release. With ${code(`branch: "${pattern.text}"`)} in the settings, or ${code(`--branch '${pattern.text}'`)} here, a step starts the next one at its release; without, it goes to ${code(branches[0] ?? '')}.`
}

const MOST_SHOWN = 4
