import { releaseByHand } from '../../app/plan/route-by-hand.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { EXIT } from './exit.ts'
import { printRelease } from '../print/print-release.ts'
import { withUpstream } from './with-upstream.ts'
import { writeReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

export interface ReleaseOptions {
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

export async function runRelease(tag: string, options: ReleaseOptions): Promise<number> {
  const found = await withUpstream(options.upstream, (store) =>
    releaseByHand(store, { tag, cache: catalogueCache() }),
  )
  const text = printRelease(found)
  if (options.json) sayJson(found)
  else say(text)
  if (options.report) await writeReport(options.report, { title: `Kubespray ${found.tag}`, terminal: text })
  return EXIT.done
}
