import { defined } from '../../core/model/defined.ts'
import { upgrade } from '../../app/step/upgrade.ts'
import { matchPatch, type PatchMatch } from '../../core/commands/match-patch.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { carriedJson, SCHEMA } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { fromTop } from '../../core/explain/blocks/from-top.ts'
import { patchExplanation } from '../../core/explain/texts/patch-explanation.ts'
import { stepRequest, writesOf, type StepOptions } from './step-request.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'

export interface ExplainOptions extends Pick<
  StepOptions,
  'branch' | 'cluster' | 'kubernetes' | 'upstream' | 'json' | 'quiet'
> {
  readonly onto?: string
}

export async function runExplain(
  repo: string,
  said: string,
  { onto, json, quiet, ...options }: ExplainOptions,
): Promise<number> {
  const step: StepOptions = { ...options, dryRun: true }
  const progress = progressLine({ json, quiet })
  const done = await withClone({ ...writesOf(repo, step), progress }, ({ store, upstreamRemotes, forkOf }) =>
    upgrade(store, {
      upstreamRemotes,
      ...defined({ forkOf }),
      ...stepRequest(step),
      ...defined({ onto: onto || undefined }),
      cache: catalogueCache(),
      ...defined({ progress }),
    }),
  )
  if (done?.kind !== 'upgraded') throw new Refusal({ code: 'nothing-carried', message: NOTHING })
  const { patches } = done.carried
  const carried = patchSaid(patches, said)
  const number = patches.indexOf(carried) + 1
  const { carry } = done.facts
  const pathOf = done.facts.place?.pathOf
  if (json) sayJson(jsonFromTop({ schema: SCHEMA, onto: done.to, number, ...carriedJson(carried) }, pathOf))
  else
    sayBlocks(
      fromTop(
        patchExplanation(
          {
            carried,
            number,
            diffs: carry?.diffs.get(carried.patch.id) ?? [],
            upstream: carry?.upstream ?? new Map(),
          },
          done.to,
        ),
        pathOf,
      ),
    )
  return carried.verdict === 'conflict' ? EXIT.person : EXIT.done
}

const NOTHING =
  'The next step carries no patch: the fork stands on the newest release I know, or Kubernetes goes up first. Name a release with `--onto TAG`.'

/** The patch of a series that somebody named. */
export function patchSaid(patches: readonly CarriedPatch[], said: string): CarriedPatch {
  const named = patches.map((each) => ({
    ids: [each.patch.id, ...each.patch.commits],
    title: each.patch.title,
    each,
  }))
  return oneOf(matchPatch(named, said), said)
}

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
