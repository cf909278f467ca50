import { appendFileSync } from 'node:fs'
import { defined } from '../../core/model/defined.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../../app/jobs/job.ts'
import type { JobWorld } from '../../app/jobs/run-job.ts'
import { renderRun } from '../../core/explain/texts/render-run.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import { TryLater } from '../../ports/try-later.ts'

/** What waits for somebody, on the page of the workflow run. What cannot be read now is not said to be nothing. */
export async function writeSummary(
  {
    summaryFile,
    repository,
  }: { readonly summaryFile: string | undefined; readonly repository: RepositoryName },
  { host, log }: JobWorld,
  isLeft: boolean,
): Promise<void> {
  if (!summaryFile) return
  try {
    const { forge } = await host.open(repository)
    const open = (await forge.pullRequests.openUnder(OUR_BRANCHES)).filter(
      ({ author }) => author.kind === 'us',
    )
    const onboarding = open.find(({ head }) => head.branch === ONBOARDING_BRANCH)
    const steps = open.filter((each) => each !== onboarding)
    appendFileSync(summaryFile, renderRun({ steps, isLeft, ...defined({ onboarding }) }))
  } catch (error) {
    if (!(error instanceof TryLater)) throw error
    log.info('no summary', { why: error.message })
  }
}
