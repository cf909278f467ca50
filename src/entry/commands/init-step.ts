import { proposeSettings, type ProposedSettings } from '../../app/engine/propose-settings.ts'
import { flat } from '../../core/explain/blocks/text.ts'
import { askAboutHosts } from '../../core/explain/ask-about-hosts.ts'
import { initBlocks, renderInit } from '../../core/explain/init/init-blocks.ts'
import { defined, optional } from '../../core/model/defined.ts'
import type { Progress } from '../../ports/progress.ts'
import { SCHEMA } from '../print/plan-json.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import type { StepAnswer } from './run-step.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

interface InitOptions extends StepOptions {
  readonly workflow?: true
}

/** Proposes the settings, and the workflow where it is asked for, on a branch of their own. */
export async function initStep(
  { store, upstreamRemotes, forkOf }: OpenClone,
  options: InitOptions,
  progress: Progress | undefined,
): Promise<StepAnswer> {
  const done = await proposeSettings(store, {
    upstreamRemotes,
    ...defined({ forkOf, progress }),
    ...stepRequest(options),
    workflow: options.workflow ?? false,
    cache: catalogueCache(),
  })
  const questions = questionsOf(done)
  const { base, title, written } = done
  return {
    json: () => initJson(done, questions),
    blocks: initBlocks(done),
    waits: questions.length > 0,
    next: written
      ? { kind: 'written', written, base, text: { title, body: renderInit(done) } }
      : { kind: 'dry-run' },
  }
}

function questionsOf({ survey, asked }: ProposedSettings): readonly string[] {
  const aboutHosts = askAboutHosts(survey?.speaking ?? [])
  return [...asked.map(({ message }) => message), ...(aboutHosts.length > 0 ? [flat(aboutHosts)] : [])]
}

function initJson({ base, files, kept, written }: ProposedSettings, questions: readonly string[]): object {
  return {
    schema: SCHEMA,
    base,
    files,
    kept,
    questions,
    ...optional(written, ({ name, tip, change }) => ({ branch: name, tip, change })),
  }
}
