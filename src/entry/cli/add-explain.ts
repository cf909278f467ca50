import type { Command } from 'commander'
import { defined } from '../../core/model/defined.ts'
import { upgrade } from '../../app/step/upgrade.ts'
import { matchPatch, type PatchMatch } from '../../core/commands/match-patch.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { carriedJson, SCHEMA } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { printPatch } from '../print/print-patch.ts'
import { OPTION, stepRequest, writesOf, type StepOptions } from './step-options.ts'
import { say, sayJson } from '../print/say.ts'

interface Options extends Pick<StepOptions, 'branch' | 'kubernetes' | 'upstream' | 'json'> {
  readonly onto?: string
}

/** `multiarch explain`: all that is known of one patch on the next or a named release; writes nothing. */
export function addExplain(program: Command, setCode: (code: number) => void): void {
  program
    .command('explain')
    .description(
      'say what became of one patch and why: evidence, collisions with their three sides, before and after',
    )
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .argument('<patch>', 'its number in the table, the beginning of its commit, or words of its title')
    .option('--onto <tag>', "the release to go to (default: the plan's next)")
    .option(...OPTION.patches)
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.json)
    .action(async (repo: string, patch: string, options: Options) =>
      setCode(await explain(repo, patch, options)),
    )
}

async function explain(repo: string, said: string, { onto, json, ...options }: Options): Promise<number> {
  const step: StepOptions = { ...options, dryRun: true }
  const done = await withClone(writesOf(repo, step), ({ store, upstreamRemotes }) =>
    upgrade(store, {
      upstreamRemotes,
      ...stepRequest(step),
      ...defined({ onto: onto || undefined }),
      cache: catalogueCache(),
    }),
  )
  if (done?.kind !== 'upgraded') throw new Refusal({ code: 'nothing-carried', message: NOTHING })
  const { patches } = done.carried
  const carried = oneOf(
    matchPatch(
      patches.map((each) => ({ ids: each.patch.commits, title: each.patch.title, each })),
      said,
    ),
    said,
  )
  const number = patches.indexOf(carried) + 1
  const { carry } = done.facts
  if (json) sayJson({ schema: SCHEMA, onto: done.to, number, ...carriedJson(carried) })
  else
    say(
      printPatch({
        carried,
        number,
        to: done.to,
        diffs: carry?.diffs.get(carried.patch.id) ?? [],
        upstream: carry?.upstream ?? new Map(),
      }),
    )
  return carried.verdict === 'conflict' ? EXIT.person : EXIT.done
}

const NOTHING =
  'The next step carries no patch: the fork stands on the newest release I know, or Kubernetes goes up first. Name a release with `--onto TAG`.'

function oneOf(
  match: PatchMatch<{ readonly title: string; readonly each: CarriedPatch }>,
  said: string,
): CarriedPatch {
  if (match.kind === 'one') return match.patch.each
  if (match.kind === 'several') {
    const titles = match.patches.map(({ title }) => `“${title}”`).join(', ')
    throw new Refusal({
      code: 'several-patches',
      message: `\`${said}\` may be any of ${titles}. Give the number or more of the title.`,
    })
  }
  const near = match.nearest ? ` Did you mean “${match.nearest.title}”?` : ''
  throw new Refusal({ code: 'no-such-patch', message: `The series has no patch \`${said}\`.${near}` })
}
