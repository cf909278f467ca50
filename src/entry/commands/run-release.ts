import { releaseBlocks } from '../../core/explain/texts/release-blocks.ts'
import { releaseByHand } from '../../app/plan/route-by-hand.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { EXIT } from './exit.ts'
import { withUpstream } from './with-upstream.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'

export interface ReleaseOptions {
  readonly upstream?: string
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

export async function runRelease(tag: string, options: ReleaseOptions): Promise<number> {
  const progress = progressLine(options)
  const found = await withUpstream({ upstream: options.upstream, progress }, (store) =>
    releaseByHand(store, { tag, cache: catalogueCache() }),
  )
  const blocks = releaseBlocks(found)
  if (options.json) sayJson(found)
  else sayBlocks(blocks)
  if (options.report) await writeReport(options.report, { title: `Kubespray ${found.tag}`, blocks })
  return EXIT.done
}
