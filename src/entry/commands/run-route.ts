import { defined } from '../../core/model/defined.ts'
import { routeByHand } from '../../app/plan/route-by-hand.ts'
import { titledRoute } from '../../core/explain/texts/route-blocks.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { routeJson } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { readArchitectures } from './read-architectures.ts'
import { withUpstream } from './with-upstream.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'

export interface RouteOptions {
  readonly from: string
  readonly kubernetes: string
  readonly architectures: string
  readonly containerManager?: string
  readonly to?: string
  readonly upstream?: string
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

export async function runRoute(options: RouteOptions): Promise<number> {
  const { from, kubernetes, containerManager, to } = options
  const architectures = readArchitectures(options.architectures)
  const progress = progressLine(options)
  progress?.({ code: 'reading-releases' })
  const found = await withUpstream({ upstream: options.upstream, progress }, (store) =>
    routeByHand(store, {
      from,
      kubernetes,
      architectures,
      ...defined({ containerManager }),
      ...defined({ to }),
      cache: catalogueCache(),
    }),
  )
  const blocks = titledRoute(found, `${from} with Kubernetes ${kubernetes}`)
  if (options.json) sayJson(routeJson(found))
  else sayBlocks(blocks)
  if (options.report) await writeReport(options.report, { title: 'Route', blocks })
  return found.stopped ? EXIT.person : EXIT.done
}
