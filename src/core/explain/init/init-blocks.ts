import type { Problem } from '../../model/problem.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { markdown } from '../blocks/markdown.ts'
import { code, link, say } from '../blocks/text.ts'
import { withinLimit } from '../within-limit.ts'
import { documentation, SETTINGS_PATH } from '../texts/documentation.ts'
import { questionBlocks, surveyBlocks, type OnboardingFacts } from '../texts/render-onboarding.ts'
import { OWN_WORKFLOW_PATH } from './render-own-workflow.ts'

/** Settings and a workflow that are proposed from a command line, for a branch. */
interface InitFacts {
  /** The branch that they are for. */
  readonly base: string
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** What was asked for and is there already. */
  readonly kept: readonly string[]
  /** What the settings are made from; absent where they are not among the files, or where something is asked first. */
  readonly survey?: OnboardingFacts
  /** What the settings have to say before anything can be found out. */
  readonly asked: readonly Problem[]
}

/** What was found, and each file as it is proposed, for the terminal. */
export function initBlocks(facts: InitFacts): readonly Block[] {
  return [
    ...reasonsOf(facts),
    ...facts.files.flatMap(({ path, text }): readonly Block[] => [
      heading(2, [code(path)]),
      { kind: 'lines', lines: text.trimEnd().split('\n'), language: 'yaml', isWhole: true },
    ]),
    ...beforeItRuns(facts),
  ]
}

/** The text of the pull request that somebody opens with them. */
export function renderInit(facts: InitFacts): string {
  const adds = list(facts.files.map(({ path }) => say`${code(path)}: ${WHAT[path] ?? 'a file'}`))
  return withinLimit(
    `${markdown([paragraph(say`This adds to ${code(facts.base)}:`), adds, ...reasonsOf(facts), ...beforeItRuns(facts)])}\n`,
  )
}

const WHAT: Readonly<Record<string, string>> = {
  [SETTINGS_PATH]: 'the settings of kubespray-multiarch, with what was found in this repository',
  [OWN_WORKFLOW_PATH]: 'the workflow that looks once a day and answers comments',
}

function reasonsOf({ base, survey, asked, kept }: InitFacts): readonly Block[] {
  return [
    ...(survey ? surveyBlocks(survey) : []),
    ...(asked.length > 0 ? [...questionBlocks(asked), paragraph(ANSWER)] : []),
    ...kept.map((path) => paragraph(say`${code(path)} is on ${code(base)} already and stays as it is.`)),
  ]
}

const ANSWER = say`Answer in ${code(SETTINGS_PATH)} on this branch before you merge it (${link(documentation('configuration.md'), 'what can be set')}).`

/** What has to be true on GitHub before the workflow does anything. */
function beforeItRuns({ base, files }: InitFacts): readonly Block[] {
  if (files.every(({ path }) => path !== OWN_WORKFLOW_PATH)) return []
  return [
    heading(2, say`Before the workflow runs`),
    list([
      say`It runs from the repository’s default branch alone: ${code(base)} has to be that on GitHub.`,
      say`The Action is not published yet. Until it is, put this project with the bundle that ${code('npm run bundle')} makes into a repository of yours, and name that under ${code('uses')}.`,
      say`Tick “Allow GitHub Actions to create and approve pull requests” under Settings → Actions → General. On a fork, switch workflows on under Actions.`,
      say`What its own token cannot do: ${link(documentation('actions.md'), 'in your own workflow')}.`,
    ]),
  ]
}
