import { loadMemory } from '../../app/branch/load-memory.ts'
import { forgetAnswer } from '../../app/settle/forget-answer.ts'
import { seenBranch } from '../../app/settle/seen-branch.ts'
import { openStepBranch } from '../../app/step/open-settling.ts'
import { paragraph } from '../../core/explain/blocks/block.ts'
import { terminal } from '../../core/explain/blocks/terminal.ts'
import { sayForgotten, type ForgetOutcome } from '../../core/explain/memory/say-forgotten.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { findGitDir } from '../commands/clone/find-git-dir.ts'
import { EXIT } from '../commands/exit.ts'
import { withClone } from '../commands/open-clone.ts'
import { patchSaid } from '../commands/run-explain.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { say, sayJson } from '../print/say.ts'
import { signatureIn } from './finish-settling.ts'
import { commonDir } from './settling.ts'

export interface ForgetOptions {
  readonly as?: string
  readonly branch?: string
  readonly upstream?: string
  readonly json?: true
}

/** Takes back how conflicts of a patch were settled, with a commit on the step's branch. */
export async function runForget(repo: string, said: string, options: ForgetOptions): Promise<number> {
  const common = await commonDir(await findGitDir(repo))
  const by = await signatureIn(common)
  const where = {
    path: common,
    for: 'writing' as const,
    ...defined({ upstream: options.upstream || undefined }),
  }
  const { outcome, patch } = await withClone(where, async ({ store, upstreamRemotes }) => {
    const names = { as: options.as || undefined, branch: options.branch || undefined }
    const step = await openStepBranch(store, { upstreamRemotes, ...defined(names), cache: catalogueCache() })
    const { branch: name, tip: head, work, plan, taken } = step
    const { patch } = patchSaid(taken.carried.patches, said)
    const memory = await loadMemory(store, plan, { name, work, persons: 'remember' })
    const { carried: without } = await step.without(patch.id)
    const seen = await seenBranch(store, taken, { tip: head, work })
    const words = plan.config.commits
    const branch = { ...seen, work, name, head, memory, carried: taken.carried, without, words }
    const asked = { patch: patch.id, title: patch.title, by }
    return { outcome: await forgetAnswer(store, branch, asked), patch }
  })
  if (outcome.kind === 'moved' || outcome.kind === 'changed-since')
    throw new Refusal({ code: 'branch-changed', message: sayForgotten(outcome, patch.title) })
  if (options.json)
    sayJson({ schema: SCHEMA, patch: { id: patch.id, title: patch.title }, ...shown(outcome) })
  else say(terminal([paragraph([sayForgotten(outcome, patch.title)])]))
  return outcome.kind === 'forgotten' && outcome.open.length > 0 ? EXIT.person : EXIT.done
}

function shown(outcome: ForgetOutcome): object {
  if (outcome.kind !== 'forgotten') return { forgotten: [] }
  const { commit, releases, open, left } = outcome
  return { forgotten: releases, commit, open, left }
}
